// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// What a path means.
enum Resource: Hashable, Sendable {
    /// A domain as a URL names it: by owner or by host.
    enum DomainAddress: Hashable, Sendable {
        case owner(String, key: String)
        case host(String, uuid: String)
    }

    case root
    case vms(owner: String?)
    case vm(DomainAddress)
    case vmCommand(DomainAddress, command: String)
    case hosts
    case host(String)
    case hostCommand(String, command: String)
    case commands
    case commandReference(String)
    case stylesheet([String])
    case publicFile([String])

    /// Nil if nothing lives there. A trailing slash is forgiven.
    init?(_ segments: [String]) {
        switch (segments.first, segments.count) {
        case (nil, _): self = .root
        case ("virt", 1): self = .vms(owner: nil)
        case ("virt", 2): self = .vms(owner: segments[1])
        case ("virt", 3): self = .vm(.owner(segments[1], key: segments[2]))
        case ("virt", 4): self = .vmCommand(.owner(segments[1], key: segments[2]), command: segments[3])
        case ("hosts", 1): self = .hosts
        case ("hosts", 2): self = .host(segments[1])
        case ("hosts", 3): self = .hostCommand(segments[1], command: segments[2])
        case ("hosts", 4) where segments[2] == "domains": self = .vm(.host(segments[1], uuid: segments[3]))
        case ("hosts", 5) where segments[2] == "domains":
            self = .vmCommand(.host(segments[1], uuid: segments[3]), command: segments[4])
        case ("commands", 1): self = .commands
        case ("commands", 2): self = .commandReference(segments[1])
        case ("stylesheets", 2...): self = .stylesheet(Array(segments.dropFirst()))
        case ("public", 2...): self = .publicFile(Array(segments.dropFirst()))
        case ("schema", 2): self = .publicFile(segments)
        default: return nil
        }
    }
}
