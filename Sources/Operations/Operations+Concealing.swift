// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Cluster
import Commands
import Inventory
import Libvirt

extension Operations {
    /// A failure without what libvirt says in it of objects that the caller may not see: that a name is taken, and by which UUID.
    func concealed(_ failure: Failure, on host: Host, from caller: Caller) -> Failure {
        guard gate.visibility != .everyone else { return failure }
        let custody = custody.view
        let hidden = host.state.domains.filter { record in
            let vm = VM(record: record, host: host.name, ownership: ownership(of: record, on: host.name, custody))
            return !gate.decide(caller, .seeDomain, vm.reference).isAllowed
        }
        var words = hidden.flatMap { [$0.name, $0.uuid.description] + $0.uses.map(\.key) }
        for (kind, records) in host.state.snapshot?.objects ?? [:] {
            let seeing = kind.permission("getattr")
            for record in records where !gate.decide(caller, seeing, ObjectReference(record.identity, host: host.name)).isAllowed {
                words += [record.identity.name.description] + [record.identity.uuid?.description].compactMap { $0 }
            }
        }
        guard words.contains(where: { Self.names($0, in: failure.message) }) else { return failure }
        return failure.saying("The host refused it. What it says names something that you may not see.")
    }

    /// Whether a text holds a word, as a word of its own.
    private static func names(_ word: String, in text: String) -> Bool {
        func isPart(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber || "-_.".contains($0) } ?? false }
        guard !word.isEmpty else { return false }
        return text.ranges(of: word).contains { range in
            !isPart(range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : nil)
                && !isPart(range.upperBound < text.endIndex ? text[range.upperBound] : nil)
        }
    }
}
