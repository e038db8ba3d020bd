// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Crypto

/// The users of a file as htpasswd writes it: lines of `name:hash`, blank ones, and comments that begin with `#`.
public struct UserFile: Equatable, Sendable {
    /// Bytes of a file, at most.
    static let largest = 1 << 20
    private struct User: Equatable {
        let name: String
        let hash: PasswordHash
        let line: Int
    }

    private var users: [User] = []
    private var indices: [String: Int] = [:]

    /// Reads `bytes`, which are UTF-8; `file` is what errors call it, as `FILE:LINE: `.
    public init(_ bytes: [UInt8], file: String) throws(AuthenticationError) {
        guard bytes.count <= Self.largest else { throw AuthenticationError("\(file): The file of users is larger than 1 MiB.") }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            do {
                try read(line.last == UInt8(ascii: "\r") ? line.dropLast() : line, line: index + 1)
            } catch {
                throw AuthenticationError("\(file):\(index + 1): \(error.message)")
            }
        }
    }

    /// Reads the file at `path`; throws a sentence that begins with `FILE:LINE: ` or `FILE: `.
    public init(path: String) throws(AuthenticationError) {
        try self.init(try FileReading(path: path, noun: "file of users", limit: Self.largest).bytes, file: path)
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>, line: Int) throws(AuthenticationError) {
        guard bytes.first != UInt8(ascii: "#"), !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw AuthenticationError("The line is not UTF-8.") }
        let fields = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard fields.count > 1 else { throw AuthenticationError("A line is a name, a colon and a hash; there is no colon in this one.") }
        guard fields.count == 2 else { throw AuthenticationError("A line is a name, a colon and a hash; there is a second colon in this one.") }
        let name = fields[0]
        if let reason = UserName.refusal(of: name) { throw AuthenticationError(reason) }
        // To Swift, names whose bytes differ can be the same text; nobody could tell them apart, so only one of them is taken.
        if let index = indices[name] { throw AuthenticationError("The user \(name) is there already, in line \(users[index].line).") }
        let hash = try PasswordHash(fields[1])
        indices[name] = users.count
        users.append(User(name: name, hash: hash, line: line))
    }

    /// In the order of the file.
    public var names: [String] { users.map(\.name) }

    /// Somebody's hash, the same for the same name: whoever guesses finds that an unknown user takes as long as one who is there. Nil: there is no user.
    func decoy(for name: String) -> PasswordHash? {
        guard !users.isEmpty else { return nil }
        let number = SHA256.hash(data: Array(name.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return users[Int(number % UInt64(users.count))].hash
    }

    /// The hash of the user with these bytes as name; nil: there is none.
    public func hash(of name: String) -> PasswordHash? {
        guard let user = indices[name].map({ users[$0] }), user.name.utf8.elementsEqual(name.utf8) else { return nil }
        return user.hash
    }
}
