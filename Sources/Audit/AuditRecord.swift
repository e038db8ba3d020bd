// SPDX-License-Identifier: GPL-2.0-or-later
public import Foundation

/// One line of the audit: what was asked for or done, by whom, and what became of it. Holds no secret.
public struct AuditRecord: Hashable, Sendable {
    public enum Event: String, Sendable, CaseIterable {
        /// A modifying command begins; it is written before anything is done.
        case command
        /// The same has come to its end.
        case end
        /// Something was refused: a command by the gate, or a form of another site.
        case denial
        case login, logout
        /// A token was made or revoked.
        case token
        /// A user was made or deleted, or got another password.
        case user
        /// An owner begins to be changed, by `.../owner`; its end follows.
        case owner
        /// A request was refused for the host that it named.
        case host
    }

    public enum Decision: String, Sendable { case allowed, denied }

    public enum Outcome: String, Sendable { case ok, failed, unknown }

    public var event: Event
    /// What a beginning and its end have in common; nil for what is one line.
    public var id: String?
    public var time: Date
    public var requester: Requester
    /// The host of libvirt's that it is about, or the host that a request named.
    public var host: String?
    public var uuid: String?
    public var name: String?
    public var command: String?
    public var permissions: [String] = []
    public var decision: Decision?
    /// Why it was refused, or what it was about, in a few words.
    public var reason: String?
    /// The name of libvirt's error code.
    public var code: String?
    public var outcome: Outcome?
    public var duration: Duration?
    /// Without secrets; nil: there are none.
    public var parameters: [(name: String, value: String)] {
        get { pairs.map { ($0.name, $0.value) } }
        set { pairs = newValue.map { Pair(name: $0.name, value: $0.value) } }
    }
    /// SHA-256 of the object's XML, in hexadecimal digits.
    public var before: String?
    public var after: String?
    /// How many alike this one stands for; nil: it is of one.
    public var count: Int?

    private struct Pair: Hashable { let name: String, value: String }
    private var pairs: [Pair] = []

    public init(_ event: Event, decision: Decision? = nil, reason: String? = nil, time: Date = Date(), requester: Requester = .current) {
        self.event = event
        self.decision = decision
        self.reason = reason
        self.time = time
        self.requester = requester
    }

    /// A record of what begins now, and whose end will follow.
    public static func beginning(_ event: Event = .command) -> AuditRecord {
        var record = AuditRecord(event, decision: .allowed)
        record.id = UUID().uuidString.lowercased()
        return record
    }

    /// The end of what it is the beginning of.
    public func ending(_ outcome: Outcome, reason: String? = nil) -> AuditRecord {
        var record = AuditRecord(.end, reason: reason, requester: requester)
        record.id = id
        record.host = host
        record.uuid = uuid
        record.name = name
        record.command = command
        record.outcome = outcome
        return record
    }

    /// Whether its end follows, or is missing.
    var isBeginning: Bool { (event == .command || event == .owner) && id != nil && outcome == nil }

    /// Whether it must outlast a loss of power before anything goes on.
    var isDurable: Bool { event == .end || event == .token || event == .user || isBeginning }

    /// Whether somebody unknown made it come about, who can do so as often as he likes.
    var isOfStranger: Bool {
        guard decision == .denied else { return false }
        return event == .host || event == .login || (event == .denial && requester.caller == nil)
    }
}
