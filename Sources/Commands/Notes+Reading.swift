// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Notes {
    static let domainReading: [Row] = [
        ("virDomainGetXMLDesc", Note("XML")),
        ("virDomainGetInfo", Note("Information")),
        (
            "virDomainGetState",
            Note("State") {
                $0.fields = { fields in
                    guard fields.count == 2, case .enumeration(_, let state) = fields[0].value, case .integer(let reason, _) = fields[1].value,
                        let stateNumber = Int32(exactly: state), let reasonNumber = Int32(exactly: reason)
                    else { return fields }
                    let name = DomainState(state: stateNumber, reason: reasonNumber).reasonName
                    return [fields[0], .init("reason", .enumeration(name: name, reason))]
                }
            }
        ),
        ("virDomainGetName", Note("Name")),
        ("virDomainGetUUIDString", Note("UUID")),
        ("virDomainGetUUID", Note("UUID as bytes")),
        ("virDomainGetID", Note("ID")),
        ("virDomainGetOSType", Note("OS type")),
        ("virDomainGetMaxMemory", Note("Maximum memory")),
        ("virDomainGetMaxVcpus", Note("Maximum vCPUs")),
        (
            "virDomainGetVcpusFlags",
            Note("vCPUs") {
                // A flag of the setter's only, which the getter refuses.
                $0.arguments["flags"] = .kind(.flags(.virDomainVcpuFlags, except: ["VIR_DOMAIN_VCPU_HOTPLUGGABLE"]))
            }
        ),
        (
            "virDomainGetVcpus",
            Note("vCPUs one by one") {
                $0.enumerations = ["state": .virVcpuState]
                $0.units = ["cpuTime": .nanoseconds]
            }
        ),
        ("virDomainGetVcpuPinInfo", Note("vCPUs' pinning")),
        ("virDomainGetEmulatorPinInfo", Note("Emulator's pinning")),
        ("virDomainGetIOThreadInfo", Note("I/O threads")),
        ("virDomainGetMetadata", Note("Metadata") { $0.arguments["uri"] = .optional }),
        (
            "virDomainGetMemoryParameters",
            Note("Memory limits") {
                $0.parameters = memoryParameters
                $0.units = memoryUnits
            }
        ),
        ("virDomainGetBlkioParameters", Note("Block I/O weights") { $0.parameters = blkioParameters }),
        (
            "virDomainGetNumaParameters",
            Note("NUMA") {
                $0.parameters = numaParameters
                $0.enumerations["numa_mode"] = .virDomainNumatuneMemMode
            }
        ),
        ("virDomainGetPerfEvents", Note("Performance events") { $0.parameters = perfEvents }),
        ("virDomainGetSchedulerType", Note("Scheduler") { $0.result = .field("type") }),
        (
            "virDomainGetSchedulerParameters",
            Note("Scheduler parameters") {
                $0.parameters = schedulerParameters
                $0.units = schedulerUnits
            }
        ),
        (
            "virDomainGetSchedulerParametersFlags",
            Note("Scheduler parameters with options") {
                $0.parameters = schedulerParameters
                $0.units = schedulerUnits
            }
        ),
        ("virDomainGetInterfaceParameters", Note("Interface's bandwidth") { $0.parameters = bandwidthParameters }),
        ("virDomainGetBlockIoTune", Note("Disk's throttling") { $0.parameters = ioTuning }),
        ("virDomainGetLaunchSecurityInfo", Note("Launch security") { $0.parameters = launchSecurity }),
        (
            "virDomainGetDiskErrors",
            Note("Disks with errors") {
                $0.enumerations = ["error": .virDomainDiskErrorCode]
                $0.arguments["maxerrors"] = .hidden
            }
        ),
        ("virDomainGetSecurityLabelList", Note("Security labels")),
        ("virDomainListGetStats", Note("All statistics")),
    ]

    private static let counters: [String: Unit] = [
        "rd_bytes": .bytes, "wr_bytes": .bytes, "rx_bytes": .bytes, "tx_bytes": .bytes,
        "rd_total_times": .nanoseconds, "wr_total_times": .nanoseconds, "flush_total_times": .nanoseconds,
    ]
    private static let job: [String: Unit] = [
        "timeElapsed": .milliseconds, "timeRemaining": .milliseconds, "dataTotal": .bytes, "dataProcessed": .bytes, "dataRemaining": .bytes,
        "memTotal": .bytes, "memProcessed": .bytes, "memRemaining": .bytes, "fileTotal": .bytes, "fileProcessed": .bytes, "fileRemaining": .bytes,
    ]
    private static let memory: [String: Unit] = [
        "VIR_DOMAIN_MEMORY_STAT_SWAP_IN": .kibibytes, "VIR_DOMAIN_MEMORY_STAT_SWAP_OUT": .kibibytes, "VIR_DOMAIN_MEMORY_STAT_UNUSED": .kibibytes,
        "VIR_DOMAIN_MEMORY_STAT_AVAILABLE": .kibibytes, "VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON": .kibibytes, "VIR_DOMAIN_MEMORY_STAT_RSS": .kibibytes,
        "VIR_DOMAIN_MEMORY_STAT_USABLE": .kibibytes, "VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE": .seconds, "VIR_DOMAIN_MEMORY_STAT_DISK_CACHES": .kibibytes,
    ]

    static let domainStatistics: [Row] = [
        (
            "virDomainInterfaceStats",
            Note("Interface statistics") {
                $0.states = active
                $0.units = counters
                $0.arguments["size"] = .hidden
            }
        ),
        (
            "virDomainBlockStats",
            Note("Block statistics") {
                $0.states = active
                $0.units = counters
                $0.arguments["size"] = .hidden
            }
        ),
        (
            "virDomainBlockStatsFlags",
            Note("Block statistics with options") {
                $0.states = active
                $0.units = counters
                $0.parameters = TypedParameters(prefixes: ["VIR_DOMAIN_BLOCK_STATS_"])
            }
        ),
        (
            "virDomainMemoryStats",
            Note("Memory statistics") {
                $0.states = active
                $0.units = memory
            }
        ),
        (
            "virDomainGetCPUStats",
            Note("CPU statistics") {
                $0.states = active
                $0.arguments["params"] = .hidden
                $0.arguments["start_cpu"] = .kind(.signed(-1...65_535), isRequired: false)
                $0.arguments["ncpus"] = .kind(.unsigned(1...128), isRequired: false)
                $0.defaults = ["start_cpu": .integer(-1), "ncpus": .unsigned(1)]
                $0.parameters = TypedParameters(prefixes: ["VIR_DOMAIN_CPU_STATS_"])
            }
        ),
        (
            "virDomainGetJobInfo",
            Note("Job") {
                $0.enumerations = ["type": .virDomainJobType]
                $0.units = job
            }
        ),
        (
            "virDomainGetJobStats",
            Note("Job's statistics") {
                $0.parameters = TypedParameters(prefixes: ["VIR_DOMAIN_JOB_"])
                $0.enumerations["operation"] = .virDomainJobOperation
            }
        ),
        ("virDomainGetBlockJobInfo", Note("Disk's job")),
        ("virDomainGetControlInfo", Note("Control interface")),
    ]

    /// Which ask the agent in the guest.
    static let domainGuest: [Row] = [
        (
            "virDomainInterfaceAddresses",
            Note("Addresses") {
                $0.enumerations = ["type": .virIPAddrType]
                $0.arguments["source"] = .optional
                $0.waitsForGuest = true
            }
        ),
        ("virDomainGetGuestInfo", Note("About the guest") { $0.waitsForGuest = true }),
        ("virDomainGetHostname", Note("Guest's host name") { $0.waitsForGuest = true }),
        (
            "virDomainGetTime",
            Note("Guest's time") {
                $0.units = ["seconds": .seconds, "nseconds": .nanoseconds]
                $0.waitsForGuest = true
            }
        ),
        (
            "virDomainSetTime",
            Note("Set the guest's time") {
                $0.arguments = [
                    "seconds": ArgumentNote(isRequired: false, unit: .seconds),
                    "nseconds": ArgumentNote(kind: .unsigned(0...999_999_999), isRequired: false, unit: .nanoseconds),
                ]
                $0.waitsForGuest = true
            }
        ),
        ("virDomainGetFSInfo", Note("Guest's file systems") { $0.waitsForGuest = true }),
        ("virDomainFSFreeze", Note("Freeze file systems") { $0.waitsForGuest = true }),
        ("virDomainFSThaw", Note("Thaw file systems") { $0.waitsForGuest = true }),
        (
            "virDomainFSTrim",
            Note("Trim file systems") {
                $0.arguments = ["mountPoint": .optional, "minimum": ArgumentNote(isRequired: false, unit: .bytes)]
                $0.waitsForGuest = true
            }
        ),
        ("virDomainGetGuestVcpus", Note("Guest's vCPUs") { $0.waitsForGuest = true }),
        ("virDomainSetGuestVcpus", Note("Set the guest's vCPUs") { $0.waitsForGuest = true }),
        ("virDomainSetUserPassword", Note("Set a password in the guest") { $0.waitsForGuest = true }),
        ("virDomainAuthorizedSSHKeysGet", Note("SSH keys of a user") { $0.waitsForGuest = true }),
        ("virDomainAuthorizedSSHKeysSet", Note("Set SSH keys of a user") { $0.waitsForGuest = true }),
    ]
}
