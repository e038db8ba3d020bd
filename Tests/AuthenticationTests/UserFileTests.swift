// SPDX-License-Identifier: GPL-2.0-or-later
import TestSupport
import Testing

@testable import Authentication

@Suite struct UserFileTests {
    private static let bcrypt = HashVectors.cheapBcrypt
    private static let yescrypt = HashVectors.cheap

    private func file(_ text: String) throws(AuthenticationError) -> UserFile { try UserFile(Array(text.utf8), file: "users") }

    private func message(_ bytes: some Sequence<UInt8>) -> String? {
        #expect(throws: AuthenticationError.self) { try UserFile(Array(bytes), file: "users") }?.message
    }

    @Test func `names, comments, blank lines and both ends of line are read`() throws {
        let users = try file("\u{FEFF}# staff\r\nanna:\(Self.bcrypt)\r\n\n \t\r\n#bob:x\nJürgen O'Neil:\(Self.yescrypt)")
        #expect(users.names == ["anna", "Jürgen O'Neil"])
        #expect(try users.hash(of: "anna") == PasswordHash(Self.bcrypt) && users.decoy(for: "x") != nil)
        #expect(users.hash(of: "Jürgen O'Neil")?.kind == .yescrypt)
        for name in ["bob", "", "Anna", "anna ", "#bob", "nobody"] { #expect(users.hash(of: name) == nil) }
    }

    @Test func `a file without users is one, too`() throws {
        for text in ["", "\n", "# nobody yet\n"] {
            let users = try file(text)
            #expect(users.names.isEmpty && users.decoy(for: "x") == nil && users.hash(of: "") == nil)
        }
    }

    @Test func `names are compared by their bytes, and what only their bytes tell apart is a duplicate`() throws {
        let users = try file("K\u{FC}:\(Self.bcrypt)")
        #expect(users.hash(of: "K\u{FC}") != nil)
        #expect(users.hash(of: "\u{212A}\u{FC}") == nil && users.hash(of: "Ku\u{308}") == nil)
        #expect(message("K:\(Self.bcrypt)\n\u{212A}:\(Self.bcrypt)".utf8)?.contains("line 1") == true)
    }

    @Test(arguments: [
        ("anna", "no colon"), ("anna:\(bcrypt):Anna A.", "second colon"), ("anna:\(bcrypt):", "second colon"), (":\(bcrypt)", "no name"),
        (" anna:\(bcrypt)", "white space"), ("anna :\(bcrypt)", "white space"), ("\u{A0}anna:\(bcrypt)", "white space"), (" # x", "no colon"),
        ("an\u{7}na:\(bcrypt)", "control character"), ("an\u{85}na:\(bcrypt)", "control character"), ("an\0na:\(bcrypt)", "control character"),
        ("a\tb:\(bcrypt)", "control character"), ("a\rb:\(bcrypt)", "control character"), ("nobody:\(bcrypt)", "nobody"),
        (String(repeating: "ü", count: 64) + "x:\(bcrypt)", "longer than 128 bytes"), ("anna:", "no hash"), ("anna:hunter2", "plain text"),
        ("anna:$apr1$FolUq1RH$HUYwiMd.ARlqv7ODIq055.", "$apr1$"), ("anna:\(bcrypt) ", "well-formed"), ("first:\(yescrypt)", "line 1"),
    ])
    func `each fault is told with its line`(line: String, word: String) {
        let text = message("first:\(Self.bcrypt)\n# two\n\(line)\nlast:\(Self.bcrypt)\n".utf8)
        #expect(text?.hasPrefix("users:3: ") == true && text?.contains(word) == true, "\(text ?? "")")
    }

    @Test func `a name of 128 bytes is taken, and a password in the wrong place is not told`() throws {
        let name = String(repeating: "ü", count: 64)
        #expect(try file("\(name):\(Self.bcrypt)").hash(of: name) != nil)
        for line in ["hunter2-secret", "anna:hunter2-secret", "anna:hunter2-secret:x", "hunter2-secret\u{1}:x"] {
            #expect(message(line.utf8)?.contains("hunter2") == false)
        }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(message(Array("a:\(Self.bcrypt)\n".utf8) + [0x61, 0xFF, 0x3A])?.hasPrefix("users:2: The line is not UTF-8") == true)
        #expect(message([0xEF, 0xBB])?.contains("not UTF-8") == true)
        #expect(message([UInt8](repeating: 0, count: 5000))?.hasPrefix("users:1: ") == true)
        #expect(message([UInt8](repeating: 0x61, count: 1 << 20))?.hasPrefix("users:1: ") == true)
        #expect(message([UInt8](repeating: 0x0A, count: 1 << 20) + [0x0A])?.contains("larger than 1 MiB") == true)
    }

    @Test func `a file of 1 MiB is read`() throws {
        let lines = (0..<14_000).map { "user\($0):\(Self.bcrypt)\n" }.joined()
        let users = try file(lines + String(repeating: "\n", count: (1 << 20) - lines.utf8.count))
        #expect(users.names.count == 14_000 && users.hash(of: "user13999") != nil)
    }

    @Test(arguments: UInt64(1)...20)
    func `no file that is damaged at random crashes the reading`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let whole = Array("# staff\nanna:\(Self.bcrypt)\r\n\njürgen:\(Self.yescrypt)\ncarol:\(HashVectors.cheapSHA)\n".utf8)
        for _ in 0..<300 {
            _ = try? UserFile(generator.mutation(of: whole), file: "users")
            _ = try? UserFile(generator.bytes(upTo: 300), file: "users")
        }
    }
}
