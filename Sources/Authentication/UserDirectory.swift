// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses
public import Logging

/// The users of an htpasswd file, and whether a password is one's. A change of the file counts after a second at most, or two where it is
/// written in place.
public final class UserDirectory: Sendable {
    private let file: WatchedFile<UserFile>
    private let verifier: PasswordVerifier
    private let attempts: Attempts

    /// Reads the file at `path`; throws a sentence that begins with `FILE:LINE: ` or `FILE: `. Later what is wrong with it goes to `log`.
    /// - Parameter attempts: where failures are counted.
    public convenience init(path: String, attempts: Attempts = Attempts(), log: Logger) throws(AuthenticationError) {
        try self.init(
            path: path, pause: .seconds(1), freshness: 3, verifier: PasswordVerifier(log: log), attempts: attempts, log: log)
    }

    init(
        path: String, pause: Duration, freshness: Int, verifier: PasswordVerifier, attempts: Attempts = Attempts(), log: Logger
    ) throws(AuthenticationError) {
        file = try WatchedFile(path: path, noun: "file of users", limit: UserFile.largest, pause: pause, freshness: freshness, log: log) {
            reading, known throws(AuthenticationError) in
            // Who writes it anew empties it first, and may get no further.
            guard !reading.bytes.isEmpty || known?.names.isEmpty != false else {
                throw AuthenticationError("\(path): The file of users is empty.")
            }
            return try UserFile(reading.bytes, file: path)
        }
        self.verifier = verifier
        self.attempts = attempts
    }

    /// The names as they were last read, in the order of the file.
    public var names: [String] { file.lastRead.names }

    var counts: VerificationCounts { verifier.counts }

    /// Whether there is a user with these bytes as name, as the file was last read.
    func has(_ name: String) -> Bool { file.lastRead.hash(of: name) != nil }

    /// The hash of the user with these bytes as name; nil: there is none, or no more.
    func hash(of name: String) async -> PasswordHash? { await file.content().hash(of: name) }

    /// Whether `password` is that of the user with these bytes as name. Nothing blocks, and who does not exist takes as long as who errs.
    /// - Parameter address: where it is tried from.
    public func verify(name: String, password: [UInt8], from address: IPAddress? = nil) async -> Verification {
        await verify(name: name, password: password, from: address, remembers: true).verification
    }

    /// The same, and by which hash.
    /// - Parameter remembers: whether a password that was right there a short while ago goes on without waiting.
    func verify(
        name: String, password: [UInt8], from address: IPAddress?, remembers: Bool
    ) async -> (verification: Verification, hash: PasswordHash?) {
        let attempt = Attempt(attempts, name: name, address: address)
        guard password.count <= PasswordHash.longestPassword, !password.contains(0) else { return (attempt.failed(), nil) }
        let users = await file.content()
        let hash = users.hash(of: name)
        let verification = await verifier.verify(
            password, of: name, hash: hash, decoy: users.decoy(for: name), from: address, attempt: attempt, remembers: remembers)
        return (verification, hash)
    }
}
