// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Inventory
import Libvirt
import XML

/// The object that an XML document is about, which a function that takes a connection makes or changes.
struct NamedObject: Hashable {
    let kind: ObjectKind
    let name: String
    let uuid: String?

    /// Where each kind's XML has the name.
    private static func path(of kind: ObjectKind) -> String {
        switch kind {
        case .interface, .filter: "/*/@name"
        case .binding: "/*/portdev/@name"
        case .secret: "/*/usage/*[1]"
        default: "/*/name"
        }
    }

    /// The object of a document; nil if it names none.
    init?(_ xml: String, kind: ObjectKind) {
        guard let document = try? Document(parsing: xml) else { return nil }
        let name = (try? document.strings(at: Self.path(of: kind)))?.first
        let text = (try? document.strings(at: "/*/uuid"))?.first
        uuid = text.flatMap { Self.uuid($0) }
        // One that libvirt may be able to read is none that may be passed over.
        guard text == nil || text == "" || uuid != nil else { return nil }
        guard name != nil || uuid != nil else { return nil }
        self.kind = kind
        self.name = name ?? ""
    }

    /// As libvirt reads one: white space around it and hyphens anywhere do not count.
    private static func uuid(_ text: String) -> String? {
        UUID(text.filter { !$0.isWhitespace && $0 != "-" })?.description
    }

    /// Those of the domains that it may be: by its UUID, and by its name.
    func matches(among domains: [DomainRecord]) -> [DomainRecord] {
        domains.filter { $0.uuid.description == uuid || $0.name.utf8.elementsEqual(name.utf8) }
    }
}
