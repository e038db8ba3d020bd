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
        /// An owner was changed, by whatever means.
        case owner
        /// A request was refused for the host that it named.
        case host
    }

    public enum Decision: String, Sendable { case allowed, denied }

    public enum Outcome: String, Sendable { case ok, failed, unknown }

    public var event: Event
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

    private struct Pair: Hashable { let name: String, value: String }
    private var pairs: [Pair] = []

    public init(_ event: Event, decision: Decision? = nil, reason: String? = nil, time: Date = Date(), requester: Requester = .current) {
        self.event = event
        self.decision = decision
        self.reason = reason
        self.time = time
        self.requester = requester
    }
}
