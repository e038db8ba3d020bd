// SPDX-License-Identifier: GPL-2.0-or-later
import Documents

/// Where one is led after a login: to an address of this server, whatever the form says.
enum ReturnPath {
    private static let longest = 4096

    /// The text, if it can mean nothing but a path here, and neither to come in nor to go out; else nil.
    static func checked(_ text: String?) -> String? {
        guard let text, text.utf8.count <= longest, text.utf8.first == UInt8(ascii: "/"), text.utf8.dropFirst().first != UInt8(ascii: "/"),
            // Browsers read a backslash as a slash, and pass over tabs and line feeds.
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        return path == Links.login || path == Links.logout ? nil : text
    }
}
