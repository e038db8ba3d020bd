// SPDX-License-Identifier: GPL-2.0-or-later

/// The `Content-Security-Policy` of a response: nothing but what it uses.
enum ContentPolicy: String, Sendable {
    /// A page that the server rendered. It has no scripts.
    case page = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    /// A document that the browser transforms. The stylesheet counts as a script, and where it is not applied a script leads on.
    case transformed =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    /// What is no page of ours, whatever it holds: XML with elements that a browser knows is not run, submits nothing and belongs to no site.
    case data = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; sandbox"
}
