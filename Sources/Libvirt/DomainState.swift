// SPDX-License-Identifier: GPL-2.0-or-later

/// A `virDomainState` with its reason, whose meaning depends on the state.
public struct DomainState: Hashable, Sendable {
    public let state: Int32
    public let reason: Int32

    public init(state: Int32, reason: Int32) {
        self.state = state
        self.reason = reason
    }

    /// The names of `virDomainState` that virsh shows, by value.
    public static let texts = ["no state", "running", "blocked", "paused", "shutdown", "shutoff", "crashed", "pmsuspended"]

    /// virsh's word for the state.
    public var text: String { Self.texts.indices.contains(Int(state)) ? Self.texts[Int(state)] : "no state" }

    /// For example `VIR_DOMAIN_RUNNING`.
    public var name: String? { Enumeration.virDomainState.name(of: Int64(state)) }

    /// The enum that `reason` belongs to.
    public var reasons: Enumeration {
        switch state {
        case 1: .virDomainRunningReason
        case 2: .virDomainBlockedReason
        case 3: .virDomainPausedReason
        case 4: .virDomainShutdownReason
        case 5: .virDomainShutoffReason
        case 6: .virDomainCrashedReason
        case 7: .virDomainPMSuspendedReason
        default: .virDomainNostateReason
        }
    }

    /// For example `VIR_DOMAIN_RUNNING_BOOTED`.
    public var reasonName: String? { reasons.name(of: Int64(reason)) }

    /// The reason in words: the constant's name without its prefix, in lower case.
    public var reasonText: String {
        guard let reasonName, let name else { return "unknown" }
        let rest = reasonName.hasPrefix(name + "_") ? reasonName.dropFirst(name.count + 1) : reasonName[...]
        return rest.lowercased().split(separator: "_").joined(separator: " ")
    }

    /// Whether the domain runs in libvirt's sense: it has an id.
    public var isActive: Bool { state != 5 && state != 6 && state != 0 }

    /// Whether its CPUs run.
    public var isExecuting: Bool { state == 1 || state == 2 }

    /// Whether its CPUs stand still for the last moment of a migration, or until it has come.
    public var isGoingOver: Bool { state == 3 && reasonName == "VIR_DOMAIN_PAUSED_MIGRATION" }

    public static let running = DomainState(state: 1, reason: 0)
    public static let paused = DomainState(state: 3, reason: 0)
    public static let shutoff = DomainState(state: 5, reason: 0)
}
