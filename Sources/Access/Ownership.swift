// SPDX-License-Identifier: GPL-2.0-or-later

/// Whose a domain is.
public enum Ownership: Hashable, Sendable {
    case nobody
    case user(String)
    /// It cannot be said; the sentence says why. Whoever it may be has no right from it.
    case disputed(String)

    /// - Parameter name: nil: nobody's.
    public init(_ name: String?) { self = name.map { .user($0) } ?? .nobody }

    /// The name; nil if it is nobody's, or in dispute.
    public var name: String? {
        guard case .user(let name) = self else { return nil }
        return name
    }

    public var isDisputed: Bool { dispute != nil }

    /// Why it cannot be said; nil if it can.
    public var dispute: String? {
        guard case .disputed(let reason) = self else { return nil }
        return reason
    }
}
