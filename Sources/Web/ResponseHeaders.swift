// SPDX-License-Identifier: GPL-2.0-or-later
import HTTPTypes

/// What every response says, whatever it holds.
enum ResponseHeaders {
    static let always: [(HTTPField.Name, String)] =
        [
            (.cacheControl, "private, no-cache"),
            (.vary, "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie"),
            (
                .contentSecurityPolicy,
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            (.xContentTypeOptions, "nosniff"),
        ] + named([("Referrer-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin")])

    private static func named(_ headers: [(String, String)]) -> [(HTTPField.Name, String)] {
        headers.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }
}
