// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore

/// When what has to come of a connection: its state and times as values, without a timer.
struct RequestClock {
    /// How long a client is given to read an answer after which the connection ends.
    static let linger = TimeAmount.seconds(2)
    /// Bytes of an answer that a client has to read in a second, at least, taken over the idle time.
    static let pace: Int64 = 1024
    /// How long who reads a body may take to answer that it ended too late.
    static let patience = TimeAmount.seconds(5)

    struct Times {
        let head: TimeAmount
        let request: TimeAmount
        let idle: TimeAmount
    }

    enum Stage: Equatable {
        /// TLS is being agreed upon.
        case handshake
        /// No request has begun.
        case waiting
        /// Some of a head is here.
        case head
        /// The head is here, and the body is not.
        case body
        /// The request is here.
        case answering
        /// The body came too late, which who reads it was told.
        case late
        /// The last answer is being written, and what still comes is dropped.
        case finishing
        /// The last answer is written.
        case closing
    }

    enum Verdict: Equatable {
        case wait(NIODeadline)
        case refuse(Refusal)
        case close
    }

    private let times: Times
    private(set) var stage: Stage
    /// Since when that is so.
    private var since: NIODeadline
    /// When the first byte of the request came.
    private var began: NIODeadline
    /// When a byte last went in either direction.
    private var moved: NIODeadline
    /// As many as there were when they last became fewer by enough.
    private var unwritten = 0

    /// Whether no other request is answered.
    var isEnding: Bool { stage == .finishing || stage == .closing }

    init(_ times: Times, isSecure: Bool, now: NIODeadline) {
        self.times = times
        stage = isSecure ? .handshake : .waiting
        since = now
        began = now
        moved = now
    }

    /// Bytes came, after decryption.
    mutating func received(_ now: NIODeadline) {
        moved = now
        if stage == .waiting { turn(.head, now) }
    }

    mutating func turn(_ stage: Stage, _ now: NIODeadline) {
        if stage == .head { began = now }
        self.stage = stage
        since = now
        if stage == .waiting || stage == .finishing { moved = now }
    }

    /// What is to be done now, where that many bytes wait to be written.
    mutating func verdict(unwritten bytes: Int, _ now: NIODeadline) -> Verdict {
        // Fewer than before: some were read. None: nobody waits for the client. Who reads a byte now and then does not count as reading.
        let isReading = unwritten - bytes >= max(1, Int(Self.pace * times.idle.nanoseconds / 1_000_000_000))
        if bytes == 0 || unwritten == 0 || isReading {
            if bytes > 0 { moved = now }
            unwritten = bytes
        }
        unwritten = max(unwritten, bytes)
        let (deadline, verdict) = deadline
        guard now < deadline else { return verdict }
        // What is written is only seen by looking again.
        return .wait(min(deadline, now + .nanoseconds(times.idle.nanoseconds / 4)))
    }

    private var deadline: (NIODeadline, Verdict) {
        let idle = moved + times.idle
        return switch stage {
        case .handshake: (since + times.head, .close)
        case .waiting: (idle, .close)
        case .head: (min(began + times.head, idle), .refuse(.headTime))
        case .body: (min(began + times.request, idle), .refuse(.requestTime))
        case .answering: (unwritten > 0 ? idle : .distantFuture, .close)
        case .late: (since + Self.patience, .close)
        case .finishing where unwritten > 0: (idle, .close)
        case .finishing, .closing: (since + Self.linger, .close)
        }
    }
}
