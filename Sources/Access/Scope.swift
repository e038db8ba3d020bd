// SPDX-License-Identifier: GPL-2.0-or-later

/// What a grant is for.
public enum Scope: Hashable, Sendable, CustomStringConvertible {
    /// All objects, all hosts, and the server.
    case everything
    /// What belongs to the caller.
    case own
    /// The domains that bear such a name.
    case domains(TextPattern)
    /// The domains that belong to such an owner.
    case owners(TextPattern)
    /// The hosts of such a name, and everything on them.
    case hosts(TextPattern)
    /// Other objects of one kind that bear such a name, with what belongs to them.
    case objects(kind: String, TextPattern)

    /// The words for kinds of objects that may stand before a colon.
    public static let kinds = ["network", "pool", "volume", "interface", "device", "filter", "binding", "secret", "port"]

    /// Reads `*`, `own`, `vm:PATTERN`, `owner:PATTERN`, `host:PATTERN`, or another kind's word with a pattern. Nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count > 1 ? TextPattern(parts[1]) : nil) {
        case ("*", nil) where parts.count == 1: self = .everything
        case ("own", nil) where parts.count == 1: self = .own
        case ("vm", let pattern?): self = .domains(pattern)
        case ("owner", let pattern?): self = .owners(pattern)
        case ("host", let pattern?): self = .hosts(pattern)
        case (let kind, let pattern?) where Self.kinds.contains(kind): self = .objects(kind: kind, pattern)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .everything: "*"
        case .own: "own"
        case .domains(let pattern): "vm:\(pattern)"
        case .owners(let pattern): "owner:\(pattern)"
        case .hosts(let pattern): "host:\(pattern)"
        case .objects(let kind, let pattern): "\(kind):\(pattern)"
        }
    }

    /// - Parameters:
    ///   - name: the caller's.
    ///   - rules: what is whose by configuration.
    func holds(_ object: ObjectReference, for name: String, rules: OwnerRules) -> Bool {
        switch (self, object) {
        case (.everything, _): true
        case (.own, .domain(_, _, _, let owner)): owner.name.map { $0.utf8.elementsEqual(name.utf8) } ?? false
        case (.own, .object(let kind, _, let object, _, let parent)): rules.gives(kind, object, in: parent, to: name)
        case (.domains(let pattern), .domain(_, _, let name, _)): pattern.matches(name)
        case (.owners(let pattern), .domain(_, _, _, let owner)): owner.name.map { pattern.matches($0) } ?? false
        case (.hosts(let pattern), _): object.hostName.map { pattern.matches($0) } ?? false
        case (.objects(let kind, let pattern), .object(let own, _, let name, _, let parent)):
            kind == own ? pattern.matches(name) : kind == ["volume": "pool", "port": "network"][own] && parent.map { pattern.matches($0) } ?? false
        default: false
        }
    }
}
