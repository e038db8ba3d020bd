// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import Authentication

@Suite struct UserFileEditingTests {
    private let scratch: Scratch
    private let hash: PasswordHash
    private static let others = "# first\n\nbert:\(HashVectors.cheapSHA)\r\n  \n"

    init() throws {
        scratch = try Scratch()
        hash = try PasswordHash(HashVectors.cheap)
    }

    private func set(_ hash: PasswordHash?, of name: String = "anna") throws -> Bool { try UserFile.set(hash, of: name, path: scratch.path("users")) }

    @Test func `a file is made where there is none, for its owner alone`() throws {
        #expect(try !set(hash))
        #expect(try scratch.read("users") == "anna:\(HashVectors.cheap)\n" && scratch.mode("users") == 0o600 && scratch.names == ["users"])
    }

    @Test func `other lines, comments and their order stay, and so does the mode`() throws {
        try scratch.write(Self.others + "anna:\(HashVectors.cheapBcrypt)\n# last", to: "users")
        try scratch.setMode(0o640, of: "users")
        #expect(try set(hash))
        #expect(try scratch.read("users") == Self.others + "anna:\(HashVectors.cheap)\n# last\n")
        #expect(try !set(hash, of: "carol"))
        #expect(try scratch.read("users") == Self.others + "anna:\(HashVectors.cheap)\n# last\ncarol:\(HashVectors.cheap)\n")
        #expect(try set(nil))
        #expect(try scratch.read("users") == Self.others + "# last\ncarol:\(HashVectors.cheap)\n")
        #expect(try scratch.mode("users") == 0o640 && scratch.names == ["users"])
    }

    @Test func `a line that ends with CR LF, and a file with a byte order mark, stay so`() throws {
        try scratch.write("\u{FEFF}anna:\(HashVectors.cheapSHA)\r\nbert:\(HashVectors.cheapSHA)\n", to: "users")
        #expect(try set(hash))
        #expect(try scratch.read("users") == "\u{FEFF}anna:\(HashVectors.cheap)\r\nbert:\(HashVectors.cheapSHA)\n")
    }

    @Test func `what cannot be changed is told, and the file stays as it was`() throws {
        try scratch.write(Self.others, to: "users")
        #expect(throws: AuthenticationError.self) { try set(nil) }
        for name in ["", "a:b", "nobody", " anna", "an\nna", String(repeating: "x", count: 129)] {
            #expect(throws: AuthenticationError.self) { try set(hash, of: name) }
        }
        #expect(try scratch.read("users") == Self.others)
        try scratch.write(Self.others + "carol:hunter2\n", to: "users")
        let error = #expect(throws: AuthenticationError.self) { try set(hash) }
        #expect(error?.message.hasPrefix("\(scratch.path("users")):5: ") == true && error?.message.contains("hunter2") == false)
        #expect(scratch.names == ["users"])
    }

    @Test func `names are told apart by their bytes, and such as look the same are not both taken`() throws {
        #expect(try !set(hash, of: "\u{E9}"))
        #expect(throws: AuthenticationError.self) { try set(hash, of: "e\u{301}") }
        #expect(try !set(hash, of: "K"))
        #expect(throws: AuthenticationError.self) { try set(nil, of: "\u{212A}") }
    }

    @Test func `a link stays one, and its file is changed`() throws {
        try scratch.write(Self.others, to: "real")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("users"), withDestinationPath: "real")
        #expect(try !set(hash))
        #expect(try scratch.read("real").contains("anna:") && FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("users")) == "real")
    }

    @Test func `a link to a file that is not there yet stays one, and the file is made`() throws {
        try FileManager.default.createSymbolicLink(atPath: scratch.path("users"), withDestinationPath: "other")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("other"), withDestinationPath: scratch.path("real"))
        #expect(try !set(hash))
        #expect(try scratch.read("real").contains("anna:") && FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("users")) == "other")
        #expect(scratch.names == ["other", "real", "users"])
        try FileManager.default.createSymbolicLink(atPath: scratch.path("circle"), withDestinationPath: "circle")
        #expect(throws: AuthenticationError.self) { try UserFile.set(hash, of: "anna", path: scratch.path("circle")) }
    }

    @Test(.enabled(if: geteuid() == 0)) func `root makes a file for whom its folder belongs to`() throws {
        try FileManager.default.setAttributes([.ownerAccountID: 4711, .groupOwnerAccountID: 4712], ofItemAtPath: scratch.path(""))
        #expect(try !set(hash))
        func owner() throws -> [Int?] {
            let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("users"))
            return [attributes[.ownerAccountID] as? Int, attributes[.groupOwnerAccountID] as? Int, attributes[.posixPermissions] as? Int]
        }
        #expect(try owner() == [4711, 4712, 0o600])
        try FileManager.default.setAttributes([.ownerAccountID: 4713, .groupOwnerAccountID: 4714], ofItemAtPath: scratch.path("users"))
        #expect(try set(hash) && owner() == [4713, 4714, 0o600])
    }

    @Test func `a file whose last user goes is not empty, so that a server believes it`() throws {
        #expect(try !set(hash) && set(nil))
        #expect(try scratch.read("users") == "# users\n")
        #expect(try !set(hash) && scratch.read("users") == "# users\nanna:\(HashVectors.cheap)\n")
    }

    @Test func `many at once lose nothing`() async throws {
        let path = scratch.path("users")
        try await withThrowingTaskGroup { [hash] group in
            for index in 0..<40 { group.addTask { _ = try UserFile.set(hash, of: "user\(index)", path: path) } }
            try await group.waitForAll()
        }
        #expect(try Set(UserFile(path: path).names) == Set((0..<40).map { "user\($0)" }) && scratch.names == ["users"])
    }

    @Test(arguments: [
        "12345678", "Gr\u{FC}\u{DF}e, 42", String(repeating: "x", count: 511),
        "\u{1F986}\u{1F986}\u{1F986}\u{1F986}\u{1F986}\u{1F986}\u{1F986}\u{1F986}",
    ])
    func `a new hash is of its password alone`(password: String) throws {
        let hash = try PasswordHash(of: password)
        #expect(hash.kind == .yescrypt)
        #expect(try hash.matches(Array(password.utf8)) && !hash.matches(Array(password.utf8.dropLast())))
        #expect(try hash != PasswordHash(of: password))
    }

    @Test(arguments: ["", "1234567", "1234567\n", "\u{1F986}", String(repeating: "x", count: 512), "eight\u{0}chars", "eight\u{7F}chars"])
    func `what is no password to take is refused, and not repeated`(password: String) {
        let error = #expect(throws: AuthenticationError.self) { try PasswordHash(of: password) }
        #expect(password.isEmpty || error?.message.contains(password) == false)
    }
}
