// SPDX-License-Identifier: GPL-2.0-or-later
import Logging
import NIOPosix
import Synchronization

/// What a file holds, read anew when it changed. While it cannot be read that stays as it was.
///
/// A file that takes the place of another counts at once. One that is written in place may be half there, so that it counts when it is the same at
/// two looks, or was not touched for some seconds.
final class WatchedFile<Content: Equatable & Sendable>: Sendable {
    /// What is wrong with the file, which is said once as long as it is the same file.
    private struct Complaint: Equatable {
        let error: AuthenticationError
        let stamp: FileReading.Stamp?
    }

    private struct State {
        var content: Content
        /// Of the file as it was last looked at; nil: it was gone.
        var stamp: FileReading.Stamp?
        /// Whether it was read with that stamp, and is not so new that it has to be read again.
        var isSettled: Bool
        var complaint: Complaint?
        var isLooking = false
        var looked: ContinuousClock.Instant
    }

    private let path: String
    /// What sentences call it: `file of users`.
    private let noun: String
    private let limit: Int
    private let pause: Duration
    private let freshness: Int
    private let log: Logger
    private let read: @Sendable (FileReading, Content?) throws(AuthenticationError) -> Content
    private let state: Mutex<State>

    /// Reads the file.
    /// - Parameters:
    ///   - limit: bytes, at most.
    ///   - pause: it is looked at again after that.
    ///   - freshness: seconds for which a change might be followed by another that its stamp does not show.
    ///   - read: what it makes of the file, and of what that held before; nil: it is read for the first time.
    init(
        path: String, noun: String, limit: Int, pause: Duration, freshness: Int, log: Logger,
        read: @escaping @Sendable (FileReading, Content?) throws(AuthenticationError) -> Content
    ) throws(AuthenticationError) {
        self.path = path
        self.noun = noun
        self.limit = limit
        self.pause = pause
        self.freshness = freshness
        self.log = log
        self.read = read
        let reading = try FileReading(path: path, noun: noun, limit: limit)
        let content = try read(reading, nil)
        let isSettled = !reading.isTorn && !reading.stamp.isYounger(than: freshness)
        state = Mutex(State(content: content, stamp: reading.stamp, isSettled: isSettled, looked: .now))
    }

    /// As it was last read.
    var lastRead: Content { state.withLock(\.content) }

    /// After a look at the file if one is due. Who finds somebody else looking does not wait, so a file system that hangs holds up one alone.
    func content() async -> Content {
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
        let known = state.withLock { $0 }
        if known.isSettled, known.stamp == FileReading.Stamp(path: path) { return }
        var stamp: FileReading.Stamp?
        var isSettled = false
        do throws(AuthenticationError) {
            let reading = try FileReading(path: path, noun: noun, limit: limit)
            stamp = reading.stamp
            let isOld = !reading.stamp.isYounger(than: freshness)
            let isAnother = known.stamp.map { !reading.stamp.isSameFile(as: $0) } ?? false
            if !reading.isTorn, isOld || isAnother || reading.stamp == known.stamp {
                isSettled = isOld
                take(try read(reading, known.content))
            }
        } catch {
            complain(Complaint(error: error, stamp: stamp))
        }
        state.withLock { ($0.stamp, $0.isSettled) = (stamp, isSettled) }
    }

    private func take(_ content: Content) {
        let isNew = state.withLock { state in
            defer { (state.content, state.complaint) = (content, nil) }
            return state.content != content || state.complaint != nil
        }
        if isNew { log.notice("the \(noun) was read anew", metadata: ["file": "\(path)"]) }
    }

    private func complain(_ complaint: Complaint) {
        let isNew = state.withLock { state in
            defer { state.complaint = complaint }
            return state.complaint != complaint
        }
        if isNew { log.error("\(complaint.error.message) What it held before goes on to count.") }
    }
}
