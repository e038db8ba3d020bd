// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt

extension CommandTable {
    private static let active: Set<Int32> = [1, 2, 3, 4, 7]
    private static let executing: Set<Int32> = [1, 2]
    private static let inactive: Set<Int32> = [5, 6]

    static let lifecycle: [Command] = [
        .modifying(
            .virDomainCreate, "Start", .primary, requirements: [Requirement("domain:start")], states: inactive
        ) { domain, _ throws(LibvirtError) in try domain.create() },
        .modifying(
            .virDomainShutdown, "Shut down", .primary, requirements: [Requirement("domain:init_control")], states: executing
        ) { domain, _ throws(LibvirtError) in try domain.shutdown() },
        .modifying(
            .virDomainResume, "Resume", .primary, requirements: [Requirement("domain:suspend")], states: [3]
        ) { domain, _ throws(LibvirtError) in try domain.resume() },
        .modifying(
            .virDomainSuspend, "Suspend", .secondary, requirements: [Requirement("domain:suspend")], states: executing
        ) { domain, _ throws(LibvirtError) in try domain.suspend() },
        .modifying(
            .virDomainReboot, "Reboot", .secondary, [Function.virDomainReboot.flags(.virDomainRebootFlagValues)],
            requirements: [Requirement("domain:init_control"), Requirement("domain:write", if: ["VIR_DOMAIN_REBOOT_GUEST_AGENT"])],
            states: executing
        ) { domain, arguments throws(LibvirtError) in try domain.reboot(flags: arguments.flags()) },
        .modifying(
            .virDomainReset, "Reset", .forced, requirements: [Requirement("domain:reset")],
            warning: "The guest is restarted at once, as by the reset button. What it has not written to disk is lost.", states: active
        ) { domain, _ throws(LibvirtError) in try domain.reset() },
        .modifying(
            .virDomainDestroy, "Force off", .forced, requirements: [Requirement("domain:stop")],
            warning: "The guest is cut off at once, as by pulling the cord. What it has not written to disk is lost.", states: active
        ) { domain, _ throws(LibvirtError) in try domain.destroy() },
        .modifying(
            .virDomainCreateWithFlags, "Start with options", .configuration,
            [Function.virDomainCreateWithFlags.flags(.virDomainCreateFlags)], requirements: [Requirement("domain:start")], states: inactive
        ) { domain, arguments throws(LibvirtError) in try domain.create(flags: arguments.flags()) },
        .modifying(
            .virDomainShutdownFlags, "Shut down with options", .configuration,
            [Function.virDomainShutdownFlags.flags(.virDomainShutdownFlagValues)],
            requirements: [Requirement("domain:init_control"), Requirement("domain:write", if: ["VIR_DOMAIN_SHUTDOWN_GUEST_AGENT"])],
            states: executing
        ) { domain, arguments throws(LibvirtError) in try domain.shutdown(flags: arguments.flags()) },
        .modifying(
            .virDomainDestroyFlags, "Force off with options", .forced,
            [Function.virDomainDestroyFlags.flags(.virDomainDestroyFlagsValues)], requirements: [Requirement("domain:stop")],
            warning: "The guest is cut off at once. What it has not written to disk is lost.", states: active
        ) { domain, arguments throws(LibvirtError) in try domain.destroy(flags: arguments.flags()) },
        .modifying(
            .virDomainUndefine, "Undefine", .removal, requirements: [Requirement("domain:delete")],
            warning: "The stored configuration is deleted. A running domain goes on until it is stopped; its disks stay.",
            needsPersistence: true
        ) { domain, _ throws(LibvirtError) in try domain.undefine() },
        .modifying(
            .virDomainUndefineFlags, "Undefine with options", .removal,
            [Function.virDomainUndefineFlags.flags(.virDomainUndefineFlagsValues)], requirements: [Requirement("domain:delete")],
            warning:
                "The stored configuration is deleted, and what the flags name with it. A running domain goes on until it is stopped; its disks stay.",
            needsPersistence: true
        ) { domain, arguments throws(LibvirtError) in try domain.undefine(flags: arguments.flags()) },
    ]
}
