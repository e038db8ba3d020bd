// SPDX-License-Identifier: GPL-2.0-or-later
public import Logging

/// The users of an htpasswd file, and whether a password is one's. A change of the file counts after a second at most.
public final class UserDirectory: Sendable {
    private let file: WatchedUserFile
    private let verifier: PasswordVerifier

    /// Reads the file at `path`; throws a sentence that begins with `FILE:LINE: ` or `FILE: `. Later what is wrong with it goes to `log`.
    public convenience init(path: String, log: Logger) throws(AuthenticationError) {
        try self.init(path: path, pause: .seconds(1), freshness: 3, verifier: PasswordVerifier(log: log), log: log)
    }

    init(path: String, pause: Duration, freshness: Int, verifier: PasswordVerifier, log: Logger) throws(AuthenticationError) {
        file = try WatchedUserFile(path: path, pause: pause, freshness: freshness, log: log)
        self.verifier = verifier
    }

    /// The names as they were last read, in the order of the file.
    public var names: [String] { file.lastRead.names }

    public var counts: VerificationCounts { verifier.counts }

    /// Whether `password` is that of the user with these bytes as name. Nothing blocks, and who does not exist takes as long as who errs.
    public func verify(name: String, password: [UInt8]) async -> Verification {
        guard password.count <= PasswordHash.longestPassword, !password.contains(0) else { return .refused }
        let users = await file.users()
        return await verifier.verify(password, of: name, hash: users.hash(of: name), decoy: users.firstHash)
    }
}
