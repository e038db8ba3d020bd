// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt

extension CommandTable {
    /// KiB; libvirt's own limit is lower and depends on the driver.
    private static let memory: Parameter.Kind = .unsigned(1...UInt64(Int64.max / 1024))
    private static let vcpuCount: Parameter.Kind = .unsigned(1...65_535)
    private static let write = [Requirement("domain:write")]
    private static let writeOrSave = [
        Requirement("domain:write"), Requirement("domain:save", if: ["VIR_DOMAIN_AFFECT_CONFIG"]),
        Requirement("domain:save", unless: ["VIR_DOMAIN_AFFECT_CONFIG", "VIR_DOMAIN_AFFECT_LIVE"]),
    ]

    static let configuration: [Command] = [
        .modifying(
            .virDomainSetAutostart, "Autostart", .configuration, [Function.virDomainSetAutostart.parameter("autostart", .boolean)],
            requirements: write, needsPersistence: true
        ) { domain, arguments throws(LibvirtError) in try domain.setAutostart(Int32(arguments.integer("autostart"))) },
        .modifying(
            .virDomainSetMemory, "Memory", .configuration,
            [Function.virDomainSetMemory.parameter("memory", memory, unit: .kibibytes)], requirements: write
        ) { domain, arguments throws(LibvirtError) in try domain.setMemory(arguments.unsigned("memory")) },
        .modifying(
            .virDomainSetMemoryFlags, "Memory with options", .configuration,
            [
                Function.virDomainSetMemoryFlags.parameter("memory", memory, unit: .kibibytes),
                Function.virDomainSetMemoryFlags.flags(.virDomainMemoryModFlags),
            ], requirements: writeOrSave
        ) { domain, arguments throws(LibvirtError) in try domain.setMemory(arguments.unsigned("memory"), flags: arguments.flags()) },
        .modifying(
            .virDomainSetMaxMemory, "Maximum memory", .configuration,
            [Function.virDomainSetMaxMemory.parameter("memory", memory, unit: .kibibytes)], requirements: write
        ) { domain, arguments throws(LibvirtError) in try domain.setMaximumMemory(arguments.unsigned("memory")) },
        .modifying(
            .virDomainSetVcpus, "vCPUs", .configuration, [Function.virDomainSetVcpus.parameter("nvcpus", vcpuCount)], requirements: write
        ) { domain, arguments throws(LibvirtError) in try domain.setVcpus(UInt32(arguments.unsigned("nvcpus"))) },
        .modifying(
            .virDomainSetVcpusFlags, "vCPUs with options", .configuration,
            [
                Function.virDomainSetVcpusFlags.parameter("nvcpus", vcpuCount),
                Function.virDomainSetVcpusFlags.flags(.virDomainVcpuFlags),
            ],
            requirements: writeOrSave
        ) { domain, arguments throws(LibvirtError) in try domain.setVcpus(UInt32(arguments.unsigned("nvcpus")), flags: arguments.flags()) },
    ]
}
