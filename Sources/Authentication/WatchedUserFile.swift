// SPDX-License-Identifier: GPL-2.0-or-later
import Logging
import NIOPosix
import Synchronization

/// The users of a file, read anew when it changed. While it cannot be read they stay as they were.
final class WatchedUserFile: Sendable {
    /// What is wrong with the file, which is said once as long as it is the same file.
    private struct Complaint: Equatable {
        let error: AuthenticationError
        let stamp: FileReading.Stamp?
    }

    private struct State {
        var users: UserFile
        /// Of the file as it was last looked at; nil: it was gone, or is so new that it has to be read again.
        var stamp: FileReading.Stamp?
        var complaint: Complaint?
        var isLooking = false
        var looked: ContinuousClock.Instant
    }

    private let path: String
    private let pause: Duration
    private let freshness: Int
    private let log: Logger
    private let state: Mutex<State>

    /// Reads the file.
    /// - Parameters:
    ///   - pause: it is looked at again after that.
    ///   - freshness: seconds for which a change might be followed by another that its stamp does not show.
    init(path: String, pause: Duration, freshness: Int, log: Logger) throws(AuthenticationError) {
        self.path = path
        self.pause = pause
        self.freshness = freshness
        self.log = log
        let reading = try FileReading(path: path, limit: UserFile.largest)
        let users = try UserFile(reading.bytes, file: path)
        state = Mutex(State(users: users, stamp: reading.stamp.isYounger(than: freshness) ? nil : reading.stamp, looked: .now))
    }

    /// As they were last read.
    var lastRead: UserFile { state.withLock(\.users) }

    /// After a look at the file if one is due. Who finds somebody else looking does not wait, so a file system that hangs holds up one alone.
    func users() async -> UserFile {
        let isDue = state.withLock { state in
            guard !state.isLooking, state.looked.duration(to: .now) >= pause else { return false }
            state.isLooking = true
            return true
        }
        // On a thread, as it may block; a task of its own, so that a request that ends early does not end it.
        if isDue { await Task { try? await NIOThreadPool.singleton.runIfActive { self.look() } }.value }
        return lastRead
    }

    private func look() {
        defer {
            state.withLock { state in
                state.isLooking = false
                state.looked = .now
            }
        }
        if let known = state.withLock(\.stamp), known == FileReading.Stamp(path: path) { return }
        var stamp: FileReading.Stamp?
        do throws(AuthenticationError) {
            let reading = try FileReading(path: path, limit: UserFile.largest)
            stamp = reading.stamp
            take(try UserFile(reading.bytes, file: path))
        } catch {
            complain(Complaint(error: error, stamp: stamp))
        }
        state.withLock { $0.stamp = stamp.flatMap { $0.isYounger(than: freshness) ? nil : $0 } }
    }

    private func take(_ users: UserFile) {
        let isNew = state.withLock { state in
            defer { (state.users, state.complaint) = (users, nil) }
            return state.users != users || state.complaint != nil
        }
        if isNew { log.notice("the file of users was read anew", metadata: ["file": "\(path)", "users": "\(users.names.count)"]) }
    }

    private func complain(_ complaint: Complaint) {
        let isNew = state.withLock { state in
            defer { state.complaint = complaint }
            return state.complaint != complaint
        }
        if isNew { log.error("\(complaint.error.message) The users stay as they were.") }
    }
}
