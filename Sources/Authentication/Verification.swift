// SPDX-License-Identifier: GPL-2.0-or-later

/// What became of a name and a password.
public enum Verification: Hashable, Sendable {
    case accepted, refused
    /// Too much was tried in vain, so this was not verified; it may be after these seconds.
    case throttled(Int)
    /// Too many passwords wait to be verified, or there is no memory for it: nothing is known of this one.
    case overloaded
}
