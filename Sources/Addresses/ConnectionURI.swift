// SPDX-License-Identifier: GPL-2.0-or-later

/// A libvirt connection URI, as far as people are shown it. It need not be one: libvirt knows aliases.
public struct ConnectionURI: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// What it says of the host: `qemu+tls://node7/system` is `node7`, `test:///default` is `test`, `qemu:///session` is `qemu-session`.
    public var hostName: String {
        guard let parts else { return text.isEmpty ? "host" : text }
        let host = parts.authority.split(separator: "@").last.map(String.init) ?? ""
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        if !host.isEmpty { return String(host.prefix { $0 != ":" }) }
        let driver = parts.scheme.split(separator: "+").first.map(String.init) ?? "host"
        return parts.rest.prefix { $0 != "?" } == "/session" ? "\(driver)-session" : driver
    }

    /// Without the user and what may be a password: the whole user information, and query items with such a name. Of a text that holds several
    /// URIs, without those of each.
    public var withoutSecrets: String {
        text.split(separator: "://", omittingEmptySubsequences: false).enumerated().map { index, piece in
            let end = piece.firstIndex { "/?#".contains($0) } ?? piece.endIndex
            let at = index == 0 ? nil : piece[..<end].lastIndex(of: "@")
            return Self.withoutSecrets(query: at.map { piece[piece.index(after: $0)...] } ?? piece)
        }.joined(separator: "://")
    }

    /// The scheme, what stands between `//` and the path, and the path with the query; nil without `://`.
    private var parts: (scheme: Substring, authority: Substring, rest: Substring)? {
        guard let colon = text.firstRange(of: "://") else { return nil }
        let authority = text[colon.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return (text[..<colon.lowerBound], authority, text[authority.endIndex...])
    }

    private static func withoutSecrets(query text: Substring) -> String {
        guard let mark = text.firstIndex(of: "?") else { return String(text) }
        let kept = text[text.index(after: mark)...].split(whereSeparator: { $0 == "&" || $0 == ";" }).filter { item in
            let raw = item.prefix { $0 != "=" }
            let name = (PercentEncoding.decode(raw.utf8).map { String(decoding: $0, as: UTF8.self) } ?? String(raw)).lowercased()
            return !["pass", "pwd", "secret", "token", "credential"].contains { name.contains($0) }
        }
        return String(text[..<mark]) + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }
}
