// SPDX-License-Identifier: GPL-2.0-or-later

extension PasswordHash {
    /// Why what begins like no kind that is taken is refused. It may be a password, so the sentence does not hold it.
    static func refusal(of text: String) -> AuthenticationError {
        let advice = "Make a new one with htpasswd -B or mkpasswd -m yescrypt."
        guard !text.isEmpty else { return AuthenticationError("There is no hash behind the name. \(advice)") }
        if let known = weak.first(where: { text.utf8.starts(with: $0.prefix.utf8) }) {
            return AuthenticationError("The hash is \(known.name), which is too easily guessed. \(advice)")
        }
        if text.utf8.starts(with: "$".utf8) { return AuthenticationError("The hash is of a kind that is not known here. \(advice)") }
        if text.utf8.first.map("!*".utf8.contains) == true || text == "x" {
            return AuthenticationError("This stands for a locked account. Leave the line out.")
        }
        if text.utf8.count == 13, HashDigits.areAll(text[...]) {
            return AuthenticationError("The hash is DES, or this is a password as plain text. \(advice)")
        }
        return AuthenticationError("This is not a hash but a password as plain text, or a damaged hash. \(advice)")
    }

    private static let weak: [(prefix: String, name: String)] = [
        ("$apr1$", "Apache's MD5 ($apr1$)"), ("$1$", "MD5 ($1$)"), ("$2$", "an early bcrypt ($2$)"), ("$2x$", "a broken bcrypt ($2x$)"),
        ("$3$", "NT's MD4 ($3$)"), ("$md5", "Sun's MD5 ($md5$)"), ("$sha1", "SHA-1 ($sha1$)"), ("{SHA}", "unsalted SHA-1 ({SHA})"),
        ("{SSHA}", "SHA-1 ({SSHA})"), ("_", "BSD's DES (_)"),
    ]
}
