// SPDX-License-Identifier: GPL-2.0-or-later

extension PasswordHash {
    /// libcrypt takes no fewer; a million takes a quarter of a second.
    private static let shaRounds = 1000...5_000_000

    /// `$6$`, perhaps `rounds=N$`, up to 16 characters of salt, `$` and the digest.
    static func checkSHA(_ text: String, _ kind: Kind) throws(AuthenticationError) {
        var fields = text.dropFirst(3).split(separator: "$", omittingEmptySubsequences: false)
        var rounds: Substring?
        if fields.count == 3, let first = fields.first, first.utf8.starts(with: "rounds=".utf8) {
            rounds = first.dropFirst(7)
            fields.removeFirst()
        }
        guard fields.count == 2, fields[0].utf8.count <= 16, fields[0].utf8.allSatisfy(isSalt),
            kind == .sha512crypt
                ? HashDigits.isDigest(fields[1], count: 86, last: "./01") : HashDigits.isDigest(fields[1], count: 43, last: "./0123456789ABCD")
        else { throw malformed(kind) }
        guard let rounds else { return }
        guard (1...9).contains(rounds.utf8.count), rounds.utf8.allSatisfy({ (48...57).contains($0) }), rounds.utf8.first != 48,
            let number = Int(rounds)
        else { throw malformed(kind) }
        guard shaRounds.contains(number) else {
            throw error(kind, "has \(number) rounds; from \(shaRounds.lowerBound) to \(shaRounds.upperBound) are taken.")
        }
    }

    /// What libcrypt lets a salt hold; `$` and `:` end one.
    private static func isSalt(_ character: UInt8) -> Bool { (0x21...0x7E).contains(character) && !"!$*:;\\".utf8.contains(character) }
}
