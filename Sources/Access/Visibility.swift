// SPDX-License-Identifier: GPL-2.0-or-later

/// Who sees a domain: with `AccessMode` one of the four security modes.
public enum Visibility: String, CaseIterable, Sendable {
    /// Everybody, known or not. Everybody may also do whatever the server does at all.
    case everyone
    /// Its owner, and those to whom it is granted. Nobody is anonymous.
    case owner
}
