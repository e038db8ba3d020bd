// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Inventory
import Libvirt
import Synchronization

/// Whose domains are while something is at work on them that may bring back an old owner, or name another one: what a client has no
/// right to change counts for nothing, whatever the metadata says in between, and is put right in the end.
final class Custody: Sendable {
    /// Whose a domain shall be.
    private enum Owner: Hashable {
        case unread
        case known(String?)
    }

    /// That it could not be made so, or nobody knows.
    struct Doubt: Sendable {
        /// When it is over, because nothing more can happen; nil: it stays.
        let end: ContinuousClock.Instant?
        let reason: String

        fileprivate var isOver: Bool { end.map { $0 <= .now } ?? false }
    }

    /// A domain on one host: a copy elsewhere is another's matter.
    struct Ward: Hashable, Sendable {
        let uuid: UUID
        let host: String
    }

    private struct Entry {
        var owner = Owner.unread
        var workers = 0
        var doubt: Doubt?
    }

    /// What of this makes a difference at one moment.
    struct View: Sendable {
        fileprivate var held: [Ward: String?] = [:]
        fileprivate var doubts: [Ward: (owner: String?, reason: String)] = [:]

        /// Whose a domain is by its metadata.
        func ownership(of record: DomainRecord, on host: String) -> Ownership {
            if !held.isEmpty, let owner = held[Ward(uuid: record.uuid, host: host)] { return Ownership(owner) }
            if !doubts.isEmpty, let doubt = doubts[Ward(uuid: record.uuid, host: host)], !record.owners.agree(on: doubt.owner) {
                return .disputed(doubt.reason)
            }
            guard record.owners.isDisputed else { return Ownership(record.owner) }
            func whose(_ owner: String?) -> String { owner.map { "\u{201C}\($0)\u{201D}" } ?? "nobody" }
            return .disputed(
                "As it runs it belongs to \(whose(record.owners.live)), as it is stored to \(whose(record.owners.configured)). "
                    + "Until somebody decides who may change its owner, only these see it.")
        }
    }

    private let entries = Mutex<[Ward: Entry]>([:])

    var view: View {
        entries.withLock { entries in
            var view = View()
            for case (let ward, let entry) in entries {
                guard case .known(let owner) = entry.owner else { continue }
                if entry.workers > 0 { view.held[ward] = .some(owner) }
                if let doubt = entry.doubt, !doubt.isOver { view.doubts[ward] = (owner, doubt.reason) }
            }
            return view
        }
    }

    /// Something begins to work on a domain.
    func begin(_ ward: Ward) {
        entries.withLock { entries in
            // What was broken off long ago says nothing any more.
            if let entry = entries[ward], entry.workers == 0, entry.doubt?.isOver ?? true { entries[ward] = nil }
            entries[ward, default: Entry()].workers += 1
        }
    }

    /// Whose it is, as who works on it read it. What was read or decided before stands.
    func found(_ owner: String?, of ward: Ward) {
        entries.withLock { entries in
            if entries[ward]?.owner == .unread { entries[ward]?.owner = .known(owner) }
        }
    }

    /// Whose it shall be; nil if that is not known.
    func known(_ ward: Ward) -> String?? {
        entries.withLock { entries in
            guard case .known(let owner) = entries[ward]?.owner else { return nil }
            return .some(owner)
        }
    }

    /// Somebody who works on it, and may do so, decides whose it is.
    /// - Returns: how to take that back, where it does not come about.
    func decide(_ owner: String?, of ward: Ward) -> @Sendable () -> Void {
        let before = entries.withLock { entries in
            let before = entries[ward]?.owner ?? .unread
            entries[ward, default: Entry()].owner = .known(owner)
            return before
        }
        return { [self] in
            entries.withLock { entries in
                if entries[ward]?.owner == .known(owner) { entries[ward]?.owner = before }
            }
        }
    }

    /// The work is done.
    /// - Parameter wrong: those that could not be made whose they shall be: they are in doubt for good, and a `Failure` says so.
    func end(_ wards: [Ward], wrong: Set<Ward>, host: String) throws(Failure) {
        end(wards, wrong: wrong)
        guard !wrong.isEmpty else { return }
        var failure = Failure(
            .hypervisor, "The command was done, but the owner that the domain had could not be put right. " + Self.hidden, host: host)
        failure.advice = "Ask whoever runs this server to set its owner."
        throw failure
    }

    /// The work failed, or was broken off.
    /// - Parameter period: for how long it may still have an effect.
    func end(_ wards: [Ward], wrong: Set<Ward> = [], after period: Duration = .zero) {
        entries.withLock { entries in
            for ward in wards { Self.leave(ward, isWrong: wrong.contains(ward), after: period, &entries) }
        }
    }

    /// Who may decide has decided, and it is so.
    func settled(_ ward: Ward) {
        entries.withLock { entries in
            entries[ward]?.doubt = nil
            Self.leave(ward, isWrong: false, after: .zero, &entries)
        }
    }

    private static let hidden = "Only who may change its owner sees it now."

    private static func leave(_ ward: Ward, isWrong: Bool, after period: Duration, _ entries: inout [Ward: Entry]) {
        guard var entry = entries[ward] else { return }
        entry.workers -= 1
        if isWrong {
            entry.doubt = Doubt(end: nil, reason: "A command was done to it, after which its owner could not be put right. " + hidden)
        } else if period > .zero, entry.doubt?.end != nil || entry.doubt == nil {
            entry.doubt = Doubt(end: .now + period, reason: "A command to it was broken off, after which it belongs to another one. " + hidden)
        }
        let isKnown = entry.owner != .unread
        entries[ward] = entry.workers > 0 || (isKnown && !(entry.doubt?.isOver ?? true)) ? entry : nil
    }
}
