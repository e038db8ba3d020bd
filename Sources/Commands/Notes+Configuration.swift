// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Notes {
    /// KiB; libvirt's own limit is lower and depends on the driver.
    private static let memory = ArgumentNote(kind: .unsigned(1...UInt64(Int64.max / 1024)), unit: .kibibytes)
    private static let vcpuCount = ArgumentNote(kind: .unsigned(1...65_535))
    static let memoryParameters = TypedParameters(prefixes: ["VIR_DOMAIN_MEMORY_"])
    static let memoryUnits: [String: Unit] = [
        "hard_limit": .kibibytes, "soft_limit": .kibibytes, "swap_hard_limit": .kibibytes, "min_guarantee": .kibibytes,
    ]
    static let blkioParameters = TypedParameters(prefixes: ["VIR_DOMAIN_BLKIO_"], type: "string")
    static let schedulerParameters = TypedParameters(prefixes: ["VIR_DOMAIN_SCHEDULER_"])
    static let numaParameters = TypedParameters(prefixes: ["VIR_DOMAIN_NUMA_"], type: "string")
    static let bandwidthParameters = TypedParameters(prefixes: ["VIR_DOMAIN_BANDWIDTH_"], type: "uint")
    static let perfEvents = TypedParameters(prefixes: ["VIR_PERF_PARAM_"], type: "boolean")
    static let launchSecurity = TypedParameters(prefixes: ["VIR_DOMAIN_LAUNCH_SECURITY_"], type: "string")
    static let schedulerUnits: [String: Unit] = Dictionary(
        uniqueKeysWithValues: ["vcpu", "emulator", "global", "iothread"].flatMap {
            [("\($0)_period", .microseconds), ("\($0)_quota", .microseconds)]
        })

    static let domainConfiguration: [Row] = [
        ("virDomainSetAutostart", Note("Autostart") { $0.needs = .persistence }),
        ("virDomainSetMemory", Note("Memory") { $0.arguments["memory"] = memory }),
        ("virDomainSetVcpus", Note("vCPUs") { $0.arguments["nvcpus"] = vcpuCount }),
        ("virDomainSetMemoryFlags", Note("Memory with options") { $0.arguments["memory"] = memory }),
        ("virDomainSetMaxMemory", Note("Maximum memory") { $0.arguments["memory"] = memory }),
        ("virDomainSetVcpusFlags", Note("vCPUs with options") { $0.arguments["nvcpus"] = vcpuCount }),
        ("virDomainSetVcpu", Note("Plug and unplug vCPUs")),
        (
            "virDomainSetMetadata",
            Note("Title, description, metadata") {
                $0.arguments["metadata"] = .optional
                $0.rule = { arguments in
                    guard arguments.integer("type") == 2 else { return nil }
                    return ["key", "uri"].first { arguments.string($0) == nil }
                        .map { ArgumentError(parameter: $0, message: "VIR_DOMAIN_METADATA_ELEMENT goes with key and uri.") }
                }
            }
        ),
        ("virDomainSetLifecycleAction", Note("On shutdown, restart and crash")),
        (
            "virDomainSetMemoryParameters",
            Note("Memory limits") {
                $0.parameters = memoryParameters
                $0.units = memoryUnits
            }
        ),
        (
            "virDomainSetSchedulerParametersFlags",
            Note("Scheduler") {
                $0.parameters = schedulerParameters
                $0.units = schedulerUnits
            }
        ),
        (
            "virDomainSetSchedulerParameters",
            Note("Scheduler without options") {
                $0.parameters = schedulerParameters
                $0.units = schedulerUnits
            }
        ),
        ("virDomainSetBlkioParameters", Note("Block I/O weights") { $0.parameters = blkioParameters }),
        ("virDomainSetNumaParameters", Note("NUMA") { $0.parameters = numaParameters }),
        ("virDomainSetPerfEvents", Note("Performance events") { $0.parameters = perfEvents }),
        ("virDomainSetMemoryStatsPeriod", Note("Period of memory statistics") { $0.arguments["period"] = ArgumentNote(unit: .seconds) }),
        ("virDomainPinVcpuFlags", Note("Pin a vCPU")),
        ("virDomainPinVcpu", Note("Pin a vCPU without options")),
        ("virDomainPinEmulator", Note("Pin the emulator")),
        ("virDomainPinIOThread", Note("Pin an I/O thread")),
        ("virDomainAddIOThread", Note("Add an I/O thread")),
        ("virDomainDelIOThread", Note("Remove an I/O thread")),
        (
            "virDomainSetIOThreadParams",
            Note("I/O thread's polling") {
                $0.parameters = TypedParameters(prefixes: ["VIR_DOMAIN_IOTHREAD_"], type: "uint", types: ["poll_max_ns": "ullong"])
            }
        ),
        ("virDomainSetLaunchSecurityState", Note("Launch security") { $0.parameters = launchSecurity }),
        ("virDomainManagedSaveDefineXML", Note("Edit the saved state's XML")),
        (
            "virDomainStartDirtyRateCalc",
            Note("Measure the dirty rate") {
                $0.states = active
                $0.arguments["seconds"] = ArgumentNote(unit: .seconds)
            }
        ),
        ("virDomainAgentSetResponseTimeout", Note("Patience with the guest's agent") { $0.arguments["timeout"] = ArgumentNote(unit: .seconds) }),
    ]
}
