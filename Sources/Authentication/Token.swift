// SPDX-License-Identifier: GPL-2.0-or-later
public import Foundation

/// A token as its file tells of it, which is not enough to use it.
public struct Token: Hashable, Sendable {
    /// Bytes of a label, at most.
    static let longestLabel = 128

    /// Its file's name.
    public let identifier: String
    public let user: String
    /// The name of the role that bounds it.
    public let role: String
    /// What it is for; empty if nobody said.
    public let label: String
    public let created: Date
    public let expires: Date
    /// When it was used last, to the minute; nil: never.
    public internal(set) var used: Date?
    /// SHA-256 of its secret.
    let digest: [UInt8]

    init(identifier: String, user: String, role: String, label: String, created: Date, expires: Date, used: Date? = nil, digest: [UInt8]) {
        self.identifier = identifier
        self.user = user
        self.role = role
        self.label = label
        self.created = created
        self.expires = expires
        self.used = used
        self.digest = digest
    }

    /// Whether it has expired.
    public func isOver(at now: Date) -> Bool { now >= expires }

    /// Why a text is no label, as a sentence; nil if it is one.
    public static func refusal(ofLabel label: String) -> String? {
        if label.utf8.count > longestLabel { return "The name of the token is longer than \(longestLabel) bytes." }
        return label.unicodeScalars.contains { $0.properties.generalCategory == .control || $0.properties.isWhitespace && !$0.isASCII }
            ? "There is a control character in the name of the token." : nil
    }
}
