// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// What a domain's XML says of it that lists show: title, description, our own `<metadata>`, its size and what it uses.
public struct DomainNotes: Hashable, Sendable {
    public private(set) var title: String?
    public private(set) var description: String?
    public private(set) var owner: String?
    /// Whether the XML could be read; of one that could not nothing is known, also not that it names no owner.
    public private(set) var isReadable = false
    public private(set) var tags: [String] = []
    public private(set) var note: String?
    /// Nil where the XML does not say it as libvirt does.
    public private(set) var size: DomainSize?
    /// What of its host it uses.
    public private(set) var uses: Set<DomainUse> = []

    public static let ownerNamespace = "urn:handlervirt:owner:1"
    private static let namespaces = [(prefix: "o", uri: ownerNamespace), (prefix: "h", uri: "urn:handlervirt:1")]

    /// Reads a `<domain>`. XML that libvirt should not have written, because some driver forgot to escape a field,
    /// tells nothing: the domain is still listed, and it is nobody's.
    public init(xml: String) {
        guard let document = try? Document(parsing: xml) else { return }
        isReadable = true
        func first(_ path: String) -> String? {
            let text = (try? document.strings(at: path, namespaces: Self.namespaces))?.first
            return text.flatMap { $0.isEmpty ? nil : $0 }
        }
        title = first("/domain/title")
        description = first("/domain/description")
        size = DomainSize(in: document)
        uses = DomainUse.all(in: document)
        guard xml.contains("urn:handlervirt:") else { return }
        owner = first("/domain/metadata/o:*")
        tags = (try? document.strings(at: "/domain/metadata/h:*/*[local-name()='tag']", namespaces: Self.namespaces)) ?? []
        note = first("/domain/metadata/h:*/*[local-name()='note']")
    }

    /// The owners that a domain's XML names, or XML which holds a domain's: each element in the owner's namespace, wherever it stands. Nil if it
    /// cannot be read.
    public static func owners(in xml: String) -> [String]? {
        guard let document = try? Document(parsing: xml) else { return nil }
        return try? document.strings(at: "//o:*", namespaces: namespaces)
    }
}
