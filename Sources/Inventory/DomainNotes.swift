// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// What people wrote into a domain's XML about it: title, description and our own `<metadata>`.
public struct DomainNotes: Hashable, Sendable {
    public private(set) var title: String?
    public private(set) var description: String?
    public private(set) var owner: String?
    public private(set) var tags: [String] = []
    public private(set) var note: String?

    private static let namespaces = [(prefix: "o", uri: "urn:handlervirt:owner:1"), (prefix: "h", uri: "urn:handlervirt:1")]

    /// Reads a `<domain>`. XML that libvirt should not have written, because some driver forgot to escape a field,
    /// tells nothing: the domain is still listed, and it is nobody's.
    public init(xml: String) {
        guard let document = try? Document(parsing: xml) else { return }
        func first(_ path: String) -> String? {
            let text = (try? document.strings(at: path, namespaces: Self.namespaces))?.first
            return text.flatMap { $0.isEmpty ? nil : $0 }
        }
        title = first("/domain/title")
        description = first("/domain/description")
        guard xml.contains("urn:handlervirt:") else { return }
        owner = first("/domain/metadata/o:owner").flatMap { $0 == "nobody" ? nil : $0 }
        tags = (try? document.strings(at: "/domain/metadata/h:*/*[local-name()='tag']", namespaces: Self.namespaces)) ?? []
        note = first("/domain/metadata/h:*/*[local-name()='note']")
    }
}
