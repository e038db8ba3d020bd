// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// Where one is led after a login: to an address of this server, whatever the form says.
enum ReturnPath {
    private static let longest = 4096

    /// The text, if it can mean nothing but a path here, and neither to come in nor to go out; else nil.
    static func checked(_ text: String?) -> String? {
        guard let text, text.utf8.count <= longest, OwnPath.admits(text) else { return nil }
        // However it is written.
        let target = try? RequestTarget(String(text.prefix { $0 != "?" && $0 != "#" }))
        return target.flatMap { Resource($0) }?.isDoor == true ? nil : text
    }
}
