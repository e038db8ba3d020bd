// SPDX-License-Identifier: GPL-2.0-or-later

extension PasswordHash {
    /// Two to the power of it are the rounds; 14 takes a second.
    private static let bcryptCosts = 4...14

    /// `$2b$`, two digits of cost, `$`, 22 digits of salt and 31 of hash. The order of bcrypt's own digits decides which may be the last.
    static func checkBcrypt(_ text: String) throws(AuthenticationError) {
        let fields = text.dropFirst(4).split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 2, fields[0].utf8.count == 2, fields[0].utf8.allSatisfy({ (48...57).contains($0) }), let cost = Int(fields[0]),
            HashDigits.isDigest(fields[1].prefix(22), count: 22, last: ".Oeu"),
            HashDigits.isDigest(fields[1].dropFirst(22), count: 31, last: ".CGKOSWaeimquy26")
        else { throw malformed(.bcrypt) }
        guard bcryptCosts.contains(cost) else {
            throw error(.bcrypt, "has the cost \(cost); one from \(bcryptCosts.lowerBound) to \(bcryptCosts.upperBound) is taken.")
        }
    }
}
