// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Authentication

/// Who sent a request, and how that was told.
struct Sender: Hashable, Sendable {
    let caller: Caller
    /// Nil for somebody unknown.
    let authentication: Identity.Scheme?

    static let anonymous = Sender(caller: .anonymous, authentication: nil)
}
