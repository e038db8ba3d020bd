// SPDX-License-Identifier: GPL-2.0-or-later
import Documents

/// Why the host that a request names is not taken.
enum HostRefusal: Error, Equatable {
    /// There is none, or more than one.
    case missing, several
    case malformed(String)
    /// It is none of ours.
    case foreign(String)

    /// What the request named, for the audit.
    var name: String? {
        switch self {
        case .missing, .several: nil
        case .malformed(let text), .foreign(let text): Self.shortened(text)
        }
    }

    var fault: Fault {
        switch self {
        case .missing: Fault(400, "The request names no host.", advice: "HTTP/1.1 needs a Host.")
        case .several: Fault(400, "The request names more than one host.")
        case .malformed(let text): Fault(400, "\u{201C}\(Self.shortened(text))\u{201D} is not how a host is named.")
        case .foreign(let text):
            Fault(
                421, "This server does not answer for the host \u{201C}\(Self.shortened(text))\u{201D}.",
                advice: "Use an address of the server, or name the host with --public-host.")
        }
    }

    /// The first 255 bytes of what stands behind a user and a password.
    private static func shortened(_ text: String) -> String {
        String(decoding: text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last?.prefix(255) ?? [], as: UTF8.self)
    }
}
