// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// The instance names that a publisher has in use. To DNS, names that differ only in the case of ASCII letters are the same.
struct LabelSet {
    private struct Label: Hashable {
        let bytes: [UInt8]
        let type: String

        init(_ name: String, _ type: String) {
            bytes = name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
            self.type = type
        }

        /// As it is written.
        init(exactly name: String, _ type: String) {
            bytes = Array(name.utf8)
            self.type = type
        }
    }

    private var used: Set<Label> = []
    /// The alternative that was given last for a name, so that a thousand equal names are not tried a thousand times each.
    private var last: [Label: String] = [:]

    /// Takes the name, or its next alternative that is free.
    mutating func take(_ name: String, type: String) -> String {
        guard !used.insert(Label(name, type)).inserted else { return name }
        let wanted = Label(exactly: name, type)
        var next = last[wanted] ?? name
        repeat { next = Self.alternative(to: next) } while !used.insert(Label(next, type)).inserted
        last[wanted] = next
        return next
    }

    mutating func free(_ name: String, type: String) {
        used.remove(Label(name, type))
        if used.isEmpty { last.removeAll() }
    }

    mutating func removeAll() { self = LabelSet() }

    /// `avahi_alternative_service_name`: `web`, `web #2`, `web #3`.
    static func alternative(to name: String) -> String {
        guard let text = unsafe avahi_alternative_service_name(name) else { return name + "-" }
        defer { unsafe avahi_free(text) }
        return unsafe String(cString: text)
    }
}
