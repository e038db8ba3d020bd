// SPDX-License-Identifier: GPL-2.0-or-later
import HTTPTypes
import Hummingbird

/// What every response says, whatever it holds.
struct ResponseHeaders: Sendable {
    /// A year.
    private static let strictTransportSecurity = ("Strict-Transport-Security", "max-age=31536000")

    let all: [(HTTPField.Name, String)]

    /// - Parameter isSecure: whether this server itself speaks TLS: a proxy that does says it by itself.
    init(isSecure: Bool) { all = Self.always + (isSecure ? Self.named([Self.strictTransportSecurity]) : []) }

    /// What a browser may not keep, not even to ask before it shows it again.
    static let transient = "no-store"

    /// What the response says already of how it is kept stays.
    func add(to response: inout Response) {
        for (name, value) in all where name != .cacheControl || response.headers[name] == nil { response.headers[name] = value }
    }

    static let always: [(HTTPField.Name, String)] =
        [
            (.cacheControl, "private, no-cache"),
            (.vary, "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie"),
            (.xContentTypeOptions, "nosniff"),
        ]
        + named([
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            // For browsers that do not know frame-ancestors.
            ("X-Frame-Options", "DENY"),
        ])

    private static func named(_ headers: [(String, String)]) -> [(HTTPField.Name, String)] {
        headers.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }
}
