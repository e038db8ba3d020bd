// SPDX-License-Identifier: GPL-2.0-or-later

/// What a page offers of logging in and out.
public enum Entrance: Sendable {
    /// To somebody unknown who might be known.
    case login
    /// To who has logged in.
    case logout
}
