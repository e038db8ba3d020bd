// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Notes {
    private static func making(_ title: String, _ kind: ObjectKind, _ role: Command.Role? = nil) -> Note {
        Note(title, role) { $0.names = kind }
    }

    private static let hypervisor: [String: ArgumentNote] = ["emulator": .optional, "arch": .optional, "machine": .optional, "virttype": .optional]
    private static let cells = Parameter.Kind.unsigned(1...1024)

    static let host: [Row] = [
        ("virDomainDefineXML", making("Define a domain", .domain, .primary)),
        ("virNetworkDefineXML", making("Define a network", .network)),
        ("virStoragePoolDefineXML", making("Define a pool", .pool)),
        ("virSecretDefineXML", making("Define a secret", .secret)),
        ("virNWFilterDefineXML", making("Define a filter", .filter)),
        ("virInterfaceDefineXML", making("Define an interface", .interface)),
        ("virNodeDeviceCreateXML", making("Create a device", .device)),
        ("virNWFilterBindingCreateXML", making("Bind a filter to a port", .binding)),
        ("virDomainDefineXMLFlags", making("Define a domain with options", .domain)),
        ("virDomainCreateXML", making("Start a transient domain", .domain)),
        ("virDomainCreateLinux", making("Start a transient domain, first form", .domain)),
        (
            "virDomainRestore",
            Note("Restore a saved domain") {
                $0.names = .domain
                $0.savedIn = "from"
            }
        ),
        (
            "virDomainRestoreFlags",
            Note("Restore a saved domain with options") {
                $0.names = .domain
                $0.savedIn = "from"
            }
        ),
        (
            "virDomainRestoreParams",
            Note("Restore a saved domain with parameters") {
                $0.names = .domain
                $0.savedIn = "file"
                $0.parameters = saving
            }
        ),
        (
            "virDomainSaveImageDefineXML",
            Note("Edit a saved domain's XML") {
                $0.names = .domain
                $0.savedIn = "file"
            }
        ),
        (
            "virDomainSaveImageGetXMLDesc",
            Note("XML of a saved domain") {
                $0.names = .domain
                $0.savedIn = "file"
            }
        ),
        ("virNetworkDefineXMLFlags", making("Define a network with options", .network)),
        ("virNetworkCreateXML", making("Start a transient network", .network)),
        ("virNetworkCreateXMLFlags", making("Start a transient network with options", .network)),
        ("virStoragePoolCreateXML", making("Start a transient pool", .pool)),
        ("virNodeDeviceDefineXML", making("Define a device", .device)),
        ("virNWFilterDefineXMLFlags", making("Define a filter with options", .filter)),
        ("virInterfaceChangeBegin", Note("Begin a change of interfaces")),
        ("virInterfaceChangeCommit", Note("Keep the change of interfaces")),
        ("virInterfaceChangeRollback", Note("Take the change of interfaces back")),
        ("virNodeSetMemoryParameters", Note("Memory sharing") { $0.parameters = sharing }),
        (
            "virNodeAllocPages",
            Note("Allocate huge pages") {
                $0.arguments = [
                    "npages": .hidden,
                    "pageSizes": ArgumentNote(kind: .list(of: .unsigned(1...UInt64(UInt32.max))), isRequired: true, unit: .kibibytes),
                    "pageCounts": .kind(.list(of: .unsigned(0...UInt64(Int64.max))), isRequired: true),
                    "startCell": .kind(.signed(-1...1023), isRequired: false),
                    "cellCount": .kind(cells, isRequired: false),
                ]
                $0.defaults = ["startCell": .integer(-1), "cellCount": .unsigned(1)]
                $0.rule = { arguments in
                    arguments.count("pageSizes") == arguments.count("pageCounts")
                        ? nil : ArgumentError(parameter: "pageCounts", message: "There is one for each of pageSizes.")
                }
            }
        ),
        (
            "virNodeSuspendForDuration",
            Note("Suspend the host", .forced) {
                $0.warning = "The host sleeps, with all that runs on it."
                $0.arguments = ["target": .kind(.enumeration(.virNodeSuspendTarget)), "duration": ArgumentNote(unit: .seconds)]
            }
        ),
        ("virNodeGetInfo", Note("Hardware")),
        ("virConnectGetCapabilities", Note("Capabilities")),
        (
            "virConnectGetDomainCapabilities",
            Note("Capabilities for domains") {
                $0.arguments = ["emulatorbin": .optional, "arch": .optional, "machine": .optional, "virttype": .optional]
            }
        ),
        ("virConnectGetVersion", Note("Hypervisor version")),
        ("virConnectGetLibVersion", Note("libvirt version")),
        ("virGetVersion", Note("Version of this server's libvirt") { $0.arguments["type"] = .hidden }),
        ("virConnectGetHostname", Note("Host name")),
        ("virConnectGetType", Note("Driver")),
        ("virConnectGetURI", Note("URI")),
        ("virConnectIsAlive", Note("Alive")),
        ("virConnectIsEncrypted", Note("Encrypted")),
        ("virConnectIsSecure", Note("Secure")),
        ("virConnectGetMaxVcpus", Note("Maximum vCPUs") { $0.arguments["type"] = .optional }),
        ("virConnectGetSysinfo", Note("System information")),
        ("virConnectGetAllDomainStats", Note("Statistics of all domains")),
        ("virConnectFindStoragePoolSources", Note("Find sources of pools") { $0.arguments["srcSpec"] = .kind(.xml, isRequired: false) }),
        ("virConnectCompareHypervisorCPU", Note("Compare a CPU with the hypervisor's") { $0.arguments = hypervisor }),
        ("virConnectBaselineHypervisorCPU", Note("Baseline CPU of the hypervisor") { $0.arguments = hypervisor }),
        ("virConnectBaselineCPU", Note("Baseline CPU") { $0.arguments["xmlCPUs"] = .kind(.list(of: .xml), isRequired: true) }),
        ("virConnectDomainXMLToNative", Note("Domain XML to native configuration") { $0.result = .text }),
        ("virNodeGetMemoryParameters", Note("Memory sharing") { $0.parameters = sharing }),
        ("virNodeGetCPUMap", Note("CPUs online") { $0.result = .field("cpus") }),
        (
            "virNodeGetCPUStats",
            Note("CPU statistics") {
                $0.arguments["cpuNum"] = .kind(.signed(-1...65_535), isRequired: false)
                $0.defaults = ["cpuNum": .integer(-1)]
                $0.units = [
                    "kernel": .nanoseconds, "user": .nanoseconds, "idle": .nanoseconds, "iowait": .nanoseconds, "intr": .nanoseconds,
                    "utilization": .percent,
                ]
            }
        ),
        (
            "virNodeGetMemoryStats",
            Note("Memory statistics") {
                $0.arguments["cellNum"] = .kind(.signed(-1...65_535), isRequired: false)
                $0.defaults = ["cellNum": .integer(-1)]
                $0.units = ["total": .kibibytes, "free": .kibibytes, "buffers": .kibibytes, "cached": .kibibytes]
            }
        ),
        (
            "virNodeGetCellsFreeMemory",
            Note("Free memory of cells") {
                $0.arguments = ["startCell": .kind(.signed(0...1023), isRequired: false), "maxCells": .kind(cells, isRequired: false)]
                $0.defaults = ["maxCells": .integer(1024)]
            }
        ),
        (
            "virNodeGetFreePages",
            Note("Free huge pages") {
                $0.arguments = [
                    "pages": ArgumentNote(kind: .list(of: .unsigned(1...UInt64(UInt32.max))), isRequired: true, unit: .kibibytes),
                    "startCell": .kind(.signed(-1...1023), isRequired: false), "cellCount": .kind(cells, isRequired: false),
                ]
                $0.defaults = ["cellCount": .unsigned(1)]
            }
        ),
        ("virNodeGetSEVInfo", Note("AMD SEV") { $0.parameters = TypedParameters(prefixes: ["VIR_NODE_SEV_"]) }),
        ("virNodeListDevices", Note("Devices' names") { $0.arguments["cap"] = .optional }),
        ("virNodeNumOfDevices", Note("Number of devices") { $0.arguments["cap"] = .optional }),
    ]
    private static let sharing = TypedParameters(prefixes: ["VIR_NODE_MEMORY_SHARED_"], type: "uint")
}
