// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Documents
import Libvirt

/// What a path means.
enum Resource: Hashable, Sendable {
    /// A domain as a URL names it: by owner or by host.
    enum DomainAddress: Hashable, Sendable {
        case owner(String, key: String)
        case host(String, uuid: String)
    }

    /// Where an object is, as a URL names it: on a host or in a domain, and the steps from there on.
    struct ObjectAddress: Hashable, Sendable {
        enum Base: Hashable, Sendable {
            case host(String)
            case domain(DomainAddress)
        }

        var base: Base
        var steps: [ObjectPath.Step] = []

        /// The kind of object that it is.
        var kind: ObjectKind {
            if let step = steps.last { return step.kind }
            return if case .host = base { .connection } else { .domain }
        }
    }

    case root
    case vms(owner: String?)
    case hosts
    /// A host, a domain or what belongs to one.
    case object(ObjectAddress)
    case objects(ObjectKind, of: ObjectAddress)
    case command(String, on: ObjectAddress)
    /// Whose a domain is.
    case owner(of: DomainAddress)
    case commands
    case commandReference(String)
    case openAPI
    case settings
    case login
    case logout
    case audit
    case health
    case metrics
    case stylesheet([String])
    case publicFile([String])

    /// Whether it is the same for all, and told to anybody: files, and that the server lives.
    var isPublic: Bool {
        switch self {
        case .health, .stylesheet, .publicFile: true
        default: false
        }
    }

    /// Whether it is where one comes in and goes out, whoever one is.
    var isDoor: Bool { self == .login || self == .logout }

    /// Nil if nothing lives there. A trailing slash is forgiven.
    init?(_ target: RequestTarget) {
        let segments = target.segments
        switch (segments.first, segments.count) {
        case (nil, _): self = .root
        case ("virt", 1): self = .vms(owner: nil)
        case ("virt", 2): self = .vms(owner: segments[1])
        case ("virt", 3...):
            self.init(ObjectAddress(base: .domain(.owner(segments[1], key: segments[2]))), target, from: 3)
        case ("hosts", 1): self = .hosts
        case ("hosts", 4...) where segments[2] == "domains":
            self.init(ObjectAddress(base: .domain(.host(segments[1], uuid: segments[3]))), target, from: 4)
        case ("hosts", 2...): self.init(ObjectAddress(base: .host(segments[1])), target, from: 2)
        case ("commands", 1): self = .commands
        case ("commands", 2): self = .commandReference(segments[1])
        case ("openapi.json", 1): self = .openAPI
        case ("settings", 1): self = .settings
        case ("login", 1): self = .login
        case ("logout", 1): self = .logout
        case ("audit", 1): self = .audit
        case ("health", 1): self = .health
        case ("metrics", 1): self = .metrics
        case ("stylesheets", 2...): self = .stylesheet(Array(segments.dropFirst()))
        case ("public", 2...): self = .publicFile(Array(segments.dropFirst()))
        case ("schema", 2): self = .publicFile(segments)
        default: return nil
        }
    }

    /// What the segments from `index` on mean that follow an object: collections with keys, and at the end perhaps a command.
    private init?(_ start: ObjectAddress, _ target: RequestTarget, from index: Int) {
        var address = start
        var index = index
        while index < target.segments.count {
            guard let kind = address.kind.children.first(where: { $0.plural == target.segments[index] && $0 != .domain }) else {
                guard index == target.segments.count - 1 else { return nil }
                if case .domain(let domain) = address.base, address.steps.isEmpty, target.segments[index] == OwnerDocument.name {
                    self = .owner(of: domain)
                    return
                }
                self = .command(target.segments[index], on: address)
                return
            }
            guard index + 1 < target.segments.count else {
                self = .objects(kind, of: address)
                return
            }
            address.steps.append(.init(kind, ObjectName(bytes: target.keys[index + 1])))
            index += 2
        }
        self = .object(address)
    }
}
