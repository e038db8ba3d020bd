// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt

/// How far a function reaches beyond what libvirt asks for: its permissions do not tell a number from XML that names any file of the host.
enum Reach {
    /// The functions that change how a host shares itself out among its domains.
    private static let tuning = [
        "virDomainPin", "virDomainSetSchedulerParameters", "virDomainSetBlkioParameters", "virDomainSetNumaParameters",
        "virDomainSetMemoryParameters", "virDomainSetInterfaceParameters", "virDomainSetBlockIoTune", "virDomainSetPerfEvents",
    ]

    /// Arguments that are a path on the host, a URI, an address there, or native configuration.
    private static let raw: Set = [
        "from", "to", "file", "base", "top", "emulatorbin", "emulator", "nativeConfig", "srcSpec", "clonevol", "driverName", "uri", "miguri",
        "migrate_uri", "disks_uri", "graphics_uri", "listen_address",
    ]

    /// Flags that make libvirt take a file as it finds it, or believe what it is told.
    private static let rawFlags = ["_REDEFINE", "_REUSE_EXT", "_SNAPSHOT_CREATE_DISK_ONLY"]

    /// What a function that changes something asks for besides.
    static func requirements(of function: Function, _ parameters: [Parameter]) -> [Requirement] {
        let raw = parameters.filter { isRaw($0, of: function) }
        let optional = raw.filter { !$0.isRequired }.map(\.name)
        let flags = parameters.flatMap(\.constants).map(\.commonName).filter { name in rawFlags.contains { name.contains($0) } }
        var requirements = tuning.contains { function.name.hasPrefix($0) } ? [Requirement(.tune)] : []
        // A saved image stands in a file, even where its name could be left out.
        if optional.count < raw.count || optional.contains("file") { return requirements + [Requirement(.raw)] }
        if !optional.isEmpty { requirements.append(Requirement(.raw, with: optional)) }
        if !flags.isEmpty { requirements.append(Requirement(.raw, if: flags)) }
        return requirements
    }

    private static func isRaw(_ parameter: Parameter, of function: Function) -> Bool {
        switch parameter.kind {
        case .xml, .list(of: .xml): true
        // The name of a namespace.
        case .string where function.name == "virDomainSetMetadata": false
        case .string where function.name == "virDomainSetBlkioParameters": parameter.name.hasPrefix("device_")
        case .string, .list(of: .string): raw.contains(parameter.name)
        default: false
        }
    }
}
