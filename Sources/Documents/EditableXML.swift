// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
public import Libvirt

/// How the XML of a kind of object is read so that it can be edited, and by which function it is written back: the configured one, with
/// all that is secret in it, because what is left out is lost.
public struct EditableXML {
    /// The function that reads it.
    public let description: String
    /// The function of a host that defines it.
    public let define: String
    /// The flag for the configured XML, where the running one may differ.
    public let configured: String?
    private let secure: String?

    /// Nil for a kind that is not edited as XML.
    public init?(_ kind: ObjectKind) {
        switch kind {
        case .domain: self.init("virDomainGetXMLDesc", "virDomainDefineXML", "VIR_DOMAIN_XML_INACTIVE", "VIR_DOMAIN_XML_SECURE")
        case .network: self.init("virNetworkGetXMLDesc", "virNetworkDefineXML", "VIR_NETWORK_XML_INACTIVE")
        case .pool: self.init("virStoragePoolGetXMLDesc", "virStoragePoolDefineXML", "VIR_STORAGE_XML_INACTIVE")
        case .interface: self.init("virInterfaceGetXMLDesc", "virInterfaceDefineXML", "VIR_INTERFACE_XML_INACTIVE")
        case .filter: self.init("virNWFilterGetXMLDesc", "virNWFilterDefineXML")
        case .secret: self.init("virSecretGetXMLDesc", "virSecretDefineXML")
        default: return nil
        }
    }

    private init(_ description: String, _ define: String, _ configured: String? = nil, _ secure: String? = nil) {
        self.description = description
        self.define = define
        self.configured = configured
        self.secure = secure
    }

    /// The flags that reading it for an edit takes.
    public var flags: [String] { [configured, secure].compactMap { $0 } }

    var query: String { flags.map { "flags=\($0)" }.joined(separator: "&") }

    /// Whether what a call of this command with these parameters gave is fit to be edited.
    public func isReady(_ command: Command, given: [(name: String, text: String)]) -> Bool {
        command.name == description && flags.allSatisfy { flag in given.contains { $0.name == "flags" && $0.text == flag } }
    }
}
