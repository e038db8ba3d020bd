// SPDX-License-Identifier: GPL-2.0-or-later
import TestSupport
import Testing

@testable import Authentication

@Suite struct PasswordHashFormatTests {
    @Test(arguments: HashVectors.all.indices)
    func `a hash that is cut off, longer or damaged is refused`(index: Int) {
        let hash = HashVectors.all[index].hash
        for length in 0..<hash.utf8.count { #expect(throws: AuthenticationError.self) { try PasswordHash(String(hash.prefix(length))) } }
        for end in [".", "$", "$a", " ", "\r", "\0", "=", "ü"] { #expect(throws: AuthenticationError.self) { try PasswordHash(hash + end) } }
        for bad in ["=", " ", "\0", ":", "-", "_", "ü"] {
            #expect(throws: AuthenticationError.self) { try PasswordHash(hash.dropLast(5) + bad + hash.suffix(4)) }
        }
        // Bits that belong to no byte are set, so no password has it.
        #expect(throws: AuthenticationError.self) { try PasswordHash(hash.dropLast() + "z") }
    }

    @Test(arguments: [
        "$2b$5$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a", "$2b$+5$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$2b$05$abcdefghijklmnopqrstuvOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a", "$2b$05$abcdefghijklmnopqrst$uOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$5$rounds=01000$abc$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC", "$5$rounds=$abc$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$5$rounds=99999999999999999999$abc$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC", "$5$a!b$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$5$abcdefghijklmnopq$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC", "$5$rounds=-1000$abc$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$y$i75$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$j75$abcde$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$y$j75$abcdez$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$j75.$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$y$j7....$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$j.5$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$y$.75/.$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$y$j755..$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$7$/6..../....abc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
        "$7$0........../..$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715", "$7$06..../...$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
        "$7$06..../....ab-c$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715", "$7$$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
    ])
    func `what libcrypt would not compute is not well-formed`(text: String) {
        let error = #expect(throws: AuthenticationError.self) { try PasswordHash(text) }
        #expect(error?.message.contains("not well-formed") == true)
    }

    @Test(arguments: UInt64(1)...40)
    func `libcrypt computes whatever parameters of yescrypt and scrypt are taken`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func digits(_ pool: String, _ count: ClosedRange<Int>) -> String {
            String((0..<Int.random(in: count, using: &generator)).map { _ in Array(pool)[Int.random(in: 0..<pool.count, using: &generator)] })
        }
        let digest = String(HashVectors.cheap.suffix(43))
        var taken = 0
        for _ in 0..<200 {
            let salt = digits("./0Aaz", 0...9)
            let yescrypt = "\(digits("./jjjk", 1...1))\(digits("./0123", 1...1))\(digits("./0123", 1...1))\(digits("./0125", 0...3))"
            let scrypt = "\(digits("./0123", 1...1))\(digits("./0123", 1...1))....\(digits("./0", 1...1))...."
            for text in ["$y$\(yescrypt)$\(salt)$\(digest)", "$gy$\(yescrypt)$\(salt)$\(digest)", "$7$\(scrypt)\(salt)$\(digest)"] {
                guard let hash = try? PasswordHash(text) else { continue }
                taken += 1
                #expect(throws: Never.self, "\(text)") { try hash.matches(Array("secret".utf8)) }
            }
        }
        #expect(taken > 20)
    }

    @Test(arguments: UInt64(1)...20)
    func `no hash that is damaged at random crashes the reading`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let vector = HashVectors.all[Int.random(in: HashVectors.all.indices, using: &generator)]
            _ = try? PasswordHash(String(decoding: generator.mutation(of: Array(vector.hash.utf8)), as: UTF8.self))
            _ = try? PasswordHash((vector.kind.prefixes.first ?? "") + generator.text(upTo: 120))
        }
    }
}
