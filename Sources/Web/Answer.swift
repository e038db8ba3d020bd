// SPDX-License-Identifier: GPL-2.0-or-later

/// What a resource answers, before it is rendered.
enum Answer: Sendable {
    /// A canonical document with the local name of its root.
    /// - Parameters:
    ///   - retryAfter: seconds after which to ask again.
    ///   - cookie: the value of `Set-Cookie`.
    case document([UInt8], root: String, status: Int = 200, retryAfter: Int? = nil, cookie: String? = nil)
    /// 303 to what a command changed, or 302 to where something lives.
    case redirect(String, status: Int = 303, cookie: String? = nil)
    /// A file as it is.
    case file([UInt8], contentType: String)
}
