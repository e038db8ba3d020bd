// SPDX-License-Identifier: GPL-2.0-or-later
public import Foundation
import Glibc

/// The tokens in a directory, one file for each.
public struct TokenDirectory: Sendable {
    private static let noun = "file of the token"
    /// Bytes of a file, at most.
    private static let largest = 4096

    public let path: String

    /// Throws a sentence that begins with `DIRECTORY: `.
    /// - Parameter isMade: whether the directory is made if there is none.
    public init(path: String, isMade: Bool) throws(AuthenticationError) {
        self.path = path
        if isMade { try make() }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure("cannot be read: \(unsafe String(cString: strerror(errno)))") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw failure("is not a directory") }
        guard status.st_mode & S_IWOTH == 0 else {
            throw failure("can be written by everybody on this machine, who can so make tokens for anybody; chmod o-w mends it")
        }
    }

    /// Root makes it for whom the folder belongs to that it is in: the server, which has to read it.
    private func make() throws(AuthenticationError) {
        func unmade() -> AuthenticationError { failure("cannot be made: \(unsafe String(cString: strerror(errno)))") }
        guard unsafe mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw unmade() }
            return
        }
        guard geteuid() == 0 else { return }
        var status = stat()
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard unsafe stat(folder, &status) == 0, unsafe chown(path, status.st_uid, status.st_gid) == 0 else { throw unmade() }
    }

    private func failure(_ rest: String) -> AuthenticationError { AuthenticationError("\(path): The directory of tokens \(rest).") }

    /// Makes a token, and gives its text, which is nowhere else.
    /// - Parameter lifetime: seconds.
    public func make(user: String, role: String, label: String, lifetime: Int, now: Date = .now) throws(AuthenticationError) -> (Token, text: String)
    {
        let text = TokenText()
        let created = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let token = Token(
            identifier: text.identifier, user: user, role: role, label: label, created: created, expires: created + TimeInterval(lifetime),
            digest: Array(text.digest))
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure("cannot be read: \(unsafe String(cString: strerror(errno)))") }
        let file = file(text.identifier)
        // Root makes it for whom the directory belongs to: the server, which has to read it.
        try FileReplacement.write(token.bytes, to: file, mode: 0o600, owner: geteuid() == 0 ? (status.st_uid, status.st_gid) : nil)
        use(text.identifier, at: 0)
        return (token, text.text)
    }

    /// The token with this id; nil: there is none. Throws where its file is not one.
    func token(_ identifier: String) throws(AuthenticationError) -> Token? {
        guard TokenText.isIdentifier(identifier) else { return nil }
        let file = file(identifier)
        guard unsafe access(file, F_OK) == 0 || errno != ENOENT else { return nil }
        let reading = try FileReading(path: file, noun: Self.noun, limit: Self.largest)
        guard reading.bytes.count <= Self.largest else { throw AuthenticationError("\(file): The \(Self.noun) is too large.") }
        do {
            let used = reading.modified > 0 ? Date(timeIntervalSince1970: TimeInterval(reading.modified)) : nil
            return try Token(reading.bytes, identifier: identifier, used: used)
        } catch {
            throw AuthenticationError("\(file): \(error.message)")
        }
    }

    /// All tokens, the oldest first, and what is wrong with the files that are none.
    public func tokens() throws(AuthenticationError) -> (tokens: [Token], complaints: [AuthenticationError]) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path).filter(TokenText.isIdentifier) } catch {
            throw failure("cannot be read")
        }
        var tokens: [Token] = [], complaints: [AuthenticationError] = []
        for name in names.sorted() {
            do throws(AuthenticationError) {
                if let token = try token(name) { tokens.append(token) }
            } catch {
                complaints.append(error)
            }
        }
        return (tokens.sorted { ($0.created, $0.identifier) < ($1.created, $1.identifier) }, complaints)
    }

    /// Deletes all tokens of a user: which these were, and what is wrong with the files that cannot be read or deleted.
    public func revokeAll(of user: String) throws(AuthenticationError) -> (revoked: [String], complaints: [AuthenticationError]) {
        var (tokens, complaints) = try tokens()
        var revoked: [String] = []
        for token in tokens where token.user.utf8.elementsEqual(user.utf8) {
            do throws(AuthenticationError) {
                if try revoke(token.identifier) { revoked.append(token.identifier) }
            } catch {
                complaints.append(error)
            }
        }
        return (revoked, complaints)
    }

    /// Deletes a token, good or not; false: there is none of that id.
    public func revoke(_ identifier: String) throws(AuthenticationError) -> Bool {
        guard TokenText.isIdentifier(identifier) else { return false }
        if unsafe unlink(file(identifier)) == 0 { return true }
        guard errno == ENOENT else {
            throw AuthenticationError("\(file(identifier)): The \(Self.noun) cannot be deleted: \(unsafe String(cString: strerror(errno))).")
        }
        return false
    }

    /// Notes when a token was used, as its file's time of modification. Whether that succeeded.
    /// - Parameter time: seconds since 1970; 0: never.
    @discardableResult func use(_ identifier: String, at time: Int) -> Bool {
        let times = [timespec(tv_sec: time, tv_nsec: 0), timespec(tv_sec: time, tv_nsec: 0)]
        return unsafe utimensat(AT_FDCWD, file(identifier), times, AT_SYMLINK_NOFOLLOW) == 0
    }

    private func file(_ identifier: String) -> String { "\(path)/\(identifier)" }
}
