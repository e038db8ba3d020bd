// SPDX-License-Identifier: GPL-2.0-or-later

/// Where a redirect may lead: a path of this server's, with a query perhaps, and never another server.
enum OwnPath {
    /// Whether every browser takes a text for such a path: `//host` and `/\host` are none, and neither is what holds a control character,
    /// a space, a backslash or anything beyond ASCII.
    static func admits(_ location: String) -> Bool {
        guard location.utf8.first == UInt8(ascii: "/"), location.utf8.dropFirst().first != UInt8(ascii: "/") else { return false }
        return location.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }
}
