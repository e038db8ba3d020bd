// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Cluster
import Commands
import Inventory
import Libvirt

extension Operations {
    /// A failure without what libvirt says in it of objects that the caller may not see: that a name is taken, and by which UUID. What the caller
    /// wrote is no secret, and to hide it would tell that it is one.
    func concealed(_ failure: Failure, of arguments: Arguments, on host: Host, from caller: Caller) -> Failure {
        guard gate.visibility != .everyone else { return failure }
        if failure.kind == .unreachable, !gate.decide(caller, .seeHost, .host(host.name)).isAllowed { return .silent(host.name, failure) }
        let state = host.state
        let sight = sight(of: caller, custody.view)
        let hidden = state.domains.filter { !sight($0, state) }
        var words = hidden.flatMap { [$0.name, $0.uuid.description] + $0.uses.map(\.key) }
        for (kind, records) in state.snapshot?.objects ?? [:] {
            let seeing = kind.permission("getattr")
            for record in records where !gate.decide(caller, seeing, ObjectReference(record.identity, host: host.name)).isAllowed {
                words += [record.identity.name.description] + [record.identity.uuid?.description].compactMap { $0 }
            }
        }
        let texts = arguments.given.map(\.text)
        let isTold = words.contains { word in Self.names(word, in: failure.message) && !texts.contains { $0.contains(word) } }
        guard isTold else { return failure }
        return failure.saying("The host refused it. What it says names something that you may not see.")
    }

    /// Whether a text holds a word as one of its own; one that could be any word of a sentence, only in quotation marks.
    private static func names(_ word: String, in text: String) -> Bool {
        guard !word.isEmpty else { return false }
        guard !word.utf8.allSatisfy({ (97...122).contains($0 | 0x20) }) else { return text.contains("'\(word)'") || text.contains("\"\(word)\"") }
        func isPart(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber || "-_.".contains($0) } ?? false }
        return text.ranges(of: word).contains { range in
            !isPart(range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : nil)
                && !isPart(range.upperBound < text.endIndex ? text[range.upperBound] : nil)
        }
    }
}

extension Failure {
    /// That a host does not answer, for who may not see where it is.
    static func silent(_ host: String, _ failure: Failure) -> Failure {
        var silent = failure.saying("The host \(host) does not answer.")
        silent.libvirt = nil
        return silent
    }
}
