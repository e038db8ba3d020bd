// SPDX-License-Identifier: GPL-2.0-or-later
import TestSupport
import Testing

@testable import Authentication

@Suite struct PasswordHashTests {
    @Test(arguments: HashVectors.all.indices)
    func `a hash of each tool fits its password and no other`(index: Int) throws {
        let vector = HashVectors.all[index]
        let hash = try PasswordHash(vector.hash)
        #expect(hash.kind == vector.kind)
        #expect(try hash.matches(Array(HashVectors.password.utf8)), "\(vector.tool)")
        for wrong in ["", HashVectors.password + " ", "grüße, 42", "Gru\u{308}ße, 42"] {
            #expect(try !hash.matches(Array(wrong.utf8)), "\(vector.tool) \(wrong)")
        }
        #expect("\(hash)" == vector.kind.rawValue)
    }

    @Test func `cheap hashes and the empty password are verified, too`() throws {
        for text in [HashVectors.cheap, HashVectors.cheapSHA, HashVectors.cheapScrypt, HashVectors.cheapBcrypt] {
            #expect(try PasswordHash(text).matches(Array("secret".utf8)))
        }
        let empty = try PasswordHash("$6$$/chiBau24cE26QQVW3IfIe68Xu5.JQ4E8Ie7lcRLwqxO5cxGuBhqF2HmTL.zWJ9zjChg3yJYFXeGBQ2y3Ba1d1")
        #expect(try empty.matches([]))
        #expect(try !empty.matches([32]))
    }

    @Test func `a password with a NUL or one that is too long is never right, and bcrypt's end is at 72 bytes`() throws {
        let sha = try PasswordHash(HashVectors.cheapSHA)
        #expect(try !sha.matches(Array("secret\0".utf8)) && !sha.matches(Array("secret\0x".utf8)) && !sha.matches([0]))
        for length in [511, 512, 100_000] { #expect(try !sha.matches([UInt8](repeating: 120, count: length))) }
        // Of 72 times x.
        let bcrypt = try PasswordHash("$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i")
        #expect(try bcrypt.matches([UInt8](repeating: 120, count: 72)))
        #expect(try !bcrypt.matches([UInt8](repeating: 120, count: 73)))
        let longest = try PasswordHash("$6$rounds=1000$abc$Vj3d/5d9oCHFt5rubeJgZLpJ0NN8VU.EBFskYA14K8KvKaBuSHIkMY6HFOppSVcX0hQNLF1/Rxycsq3N5f40N1")
        #expect(try longest.matches([UInt8](repeating: 120, count: 511)))
    }

    @Test(arguments: [
        ("$apr1$FolUq1RH$HUYwiMd.ARlqv7ODIq055.", "Apache's MD5"), ("{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI=", "unsalted SHA-1"),
        ("{SSHA}EfatjsUqKYSrqv18O1FlA3hcIHI=", "SHA-1"), ("wwbAvwiqgHDKE", "DES"), ("_J9..rasmBYk8r9AiWNc", "BSD's DES"),
        ("$1$dsbKuX1g$ZVAuw98jxGUg4GgOGjweJ1", "MD5 ($1$)"), ("hunter2", "plain text"), ("", "no hash"), ("correct horse", "plain text"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA", "not known"), ("$2x$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a", "$2x$"),
        ("$3$$8846f7eaee8fb117ad06bdd830b7586c", "MD4"), ("$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq", "SHA-1"), ("$", "not known"),
        ("$md5,rounds=904$iPPKEBnEkp3JV8uX$0L6m7rOFTVFn.SGqo2M9W1", "Sun's MD5"), ("!", "locked"), ("*", "locked"), ("!$6$a$b", "locked"),
        ("x", "locked"),
    ])
    func `other kinds are refused by name, and the sentence holds none of it`(text: String, word: String) {
        let error = #expect(throws: AuthenticationError.self) { try PasswordHash(text) }
        #expect(error?.message.contains(word) == true)
        if text.utf8.count > 6 { #expect(error?.message.contains(text) == false) }
        if word != "locked" { #expect(error?.message.contains("htpasswd -B or mkpasswd -m yescrypt") == true) }
    }

    @Test(arguments: [
        "$2b$15$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a", "$2b$31$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$2b$03$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a", "$5$rounds=5000001$abcdefgh$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$5$rounds=999$abcdefgh$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$5$rounds=999999999$abcdefgh$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC",
        "$y$jGT$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$jFV$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$y$jk75$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3", "$y$jFT/1$abcd$4kXmLgaKDvIX6kdRHPMTHEFMzZbz3KU11lQ0dx6AKZ3",
        "$gy$jGT$abcd$ElLoQsbvG6VzaG8FhgjniahJJXjGjZaZ4lIYhbWGP7A", "$7$HU..../....abc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
        "$7$J/..../....abc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715", "$7$H/....1....abc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
        "$7$zzzzzzzzzzzabc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715", "$7$06....zzzzzabc$vERjpdUUBGZOp06AabL3oeEOek/kq0PUzb3uXLvy715",
    ])
    func `a cost that takes too long or too much is refused before it is paid`(text: String) {
        let error = #expect(throws: AuthenticationError.self) { try PasswordHash(text) }
        #expect(error?.message.contains("not well-formed") == false)
    }

    @Test func `libcrypt's dearest settings are taken`() throws {
        for text in [
            "$y$jFT$Rn/nYYJ2Ua/aYOD.P3E/k/$Xw8K58VbIeGexqDCedXE4RNMrATM.trLbp9KsKDCA/3",
            "$7$GU..../....iEh.6bSTQ3BvHhdyjaqEu0$ZRPNVZ35Qj.MiJyo/lu9Dun/SKWTfRFuYKtFyZTWbL5",
            "$2b$14$umoxBv9uMAnCOwnfYTw5fuLhj5zZwTYWYjPuj.na9MuT4eH0gw812",
            "$5$rounds=5000000$AnHqA3G9UVSPD39l$niPqNOV4M7p/R.VqoNRbJbvP7hGNTxydAh50NL68zn7",
        ] { #expect(throws: Never.self) { try PasswordHash(text) } }
    }
}
