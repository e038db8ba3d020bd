// SPDX-License-Identifier: GPL-2.0-or-later

/// Where the audit is written.
public enum AuditTarget: Hashable, Sendable, CustomStringConvertible {
    case stderr
    case journald
    /// The file at this path.
    case file(String)

    /// Reads `stderr`, `journald` or a path.
    public init(_ text: String) {
        switch text {
        case "stderr": self = .stderr
        case "journald": self = .journald
        default: self = .file(text)
        }
    }

    public var description: String {
        switch self {
        case .stderr: "stderr"
        case .journald: "journald"
        case .file(let path): path
        }
    }
}
