// SPDX-License-Identifier: GPL-2.0-or-later

extension PasswordHash {
    /// `$y$` or `$gy$`, parameters, `$`, up to 64 bytes of salt, `$` and 32 bytes of hash.
    static func checkYescrypt(_ text: String, _ kind: Kind) throws(AuthenticationError) {
        let fields = text.dropFirst(kind == .yescrypt ? 3 : 4).split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 3, isYescryptSalt(fields[1]), isYescryptDigest(fields[2]), let cost = ScryptCost(yescrypt: fields[0]) else {
            throw malformed(kind)
        }
        try check(cost, kind)
    }

    /// `$7$`, 11 digits of parameters, the salt as it is, `$` and 32 bytes of hash.
    static func checkScrypt(_ text: String) throws(AuthenticationError) {
        let fields = text.dropFirst(3).split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 2, fields[0].utf8.count <= 97, HashDigits.areAll(fields[0]), isYescryptDigest(fields[1]),
            let cost = ScryptCost(scrypt: fields[0])
        else { throw malformed(.scrypt) }
        try check(cost, .scrypt)
    }

    private static func check(_ cost: ScryptCost, _ kind: Kind) throws(AuthenticationError) {
        guard cost.isBearable else {
            throw error(kind, "would take more than 1 GiB of memory, or several seconds, for each password that is tried.")
        }
    }

    private static func isYescryptDigest(_ text: Substring) -> Bool { HashDigits.isDigest(text, count: 43, last: "./0123456789ABCD") }

    /// Whole bytes: four digits are three of them, two are one and three are two, with zeros for the bits in excess.
    private static func isYescryptSalt(_ text: Substring) -> Bool {
        guard text.utf8.count <= 86, HashDigits.areAll(text), let last = text.utf8.last.flatMap(HashDigits.value) else { return text.isEmpty }
        return switch text.utf8.count % 4 {
        case 0: true
        case 1: false
        case 2: last < 4
        default: last < 16
        }
    }
}
