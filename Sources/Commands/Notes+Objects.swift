// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Notes {
    static let snapshots: [Row] = [
        ("virDomainSnapshotCreateXML", Note("New snapshot") { $0.composition = Composition("xmlDesc", root: "domainsnapshot") }),
        (
            "virDomainCheckpointCreateXML",
            Note("New checkpoint") {
                $0.states = active
                $0.composition = Composition("xmlDesc", root: "domaincheckpoint")
            }
        ),
        ("virDomainRevertToSnapshot", Note("Revert", .primary) { $0.warning = "What the guest has done since is lost." }),
        ("virDomainSnapshotDelete", Note("Delete", .removal) { $0.warning = "The snapshot is deleted." }),
        ("virDomainCheckpointDelete", Note("Delete", .removal) { $0.warning = "The checkpoint is deleted." }),
        ("virDomainSnapshotGetXMLDesc", Note("XML")),
        ("virDomainCheckpointGetXMLDesc", Note("XML")),
    ]

    static let networks: [Row] = [
        ("virNetworkCreate", Note("Start", .primary) { $0.needs = .inactivity }),
        (
            "virNetworkDestroy",
            Note("Stop", .forced) {
                $0.needs = .activity
                $0.warning = "Guests on this network lose it."
            }
        ),
        ("virNetworkSetAutostart", Note("Autostart") { $0.needs = .persistence }),
        (
            "virNetworkUpdate",
            Note("Change a part") {
                $0.arguments["parentIndex"] = .kind(.signed(-1...65_535), isRequired: false)
                $0.defaults = ["parentIndex": .integer(-1)]
            }
        ),
        (
            "virNetworkUndefine",
            Note("Undefine", .removal) {
                $0.needs = .persistence
                $0.warning = "The stored configuration is deleted."
            }
        ),
        ("virNetworkPortCreateXML", Note("New port") { $0.names = .port }),
        ("virNetworkGetXMLDesc", Note("XML")),
        (
            "virNetworkGetDHCPLeases",
            Note("Leases") {
                $0.enumerations = ["type": .virIPAddrType]
                $0.units = ["expirytime": .seconds]
            }
        ),
        ("virNetworkPortDelete", Note("Delete", .removal) { $0.warning = "The port is deleted." }),
        ("virNetworkPortSetParameters", Note("Bandwidth") { $0.parameters = portBandwidth }),
        ("virNetworkPortGetParameters", Note("Bandwidth") { $0.parameters = portBandwidth }),
        ("virNetworkPortGetXMLDesc", Note("XML")),
    ]
    private static let portBandwidth = TypedParameters(prefixes: ["VIR_NETWORK_PORT_BANDWIDTH_"], type: "uint")

    static let storage: [Row] = [
        ("virStoragePoolCreate", Note("Start", .primary) { $0.needs = .inactivity }),
        ("virStoragePoolRefresh", Note("Refresh", .secondary) { $0.needs = .activity }),
        (
            "virStorageVolCreateXML",
            Note("New volume") {
                $0.names = .volume
                $0.needs = .activity
            }
        ),
        (
            "virStorageVolCreateXMLFrom",
            Note("Clone a volume") {
                $0.names = .volume
                $0.needs = .activity
                $0.arguments["clonevol"] = .kind(.string, isRequired: true)
            }
        ),
        ("virStoragePoolSetAutostart", Note("Autostart") { $0.needs = .persistence }),
        (
            "virStoragePoolBuild",
            Note("Build") {
                $0.needs = .inactivity
                $0.warning = "What is at the pool's place may be formatted."
            }
        ),
        (
            "virStoragePoolDestroy",
            Note("Stop", .forced) {
                $0.needs = .activity
                $0.warning = "Its volumes cannot be used until it is started again; they stay."
            }
        ),
        (
            "virStoragePoolDelete",
            Note("Delete its place", .removal) {
                $0.needs = .inactivity
                $0.warning = "The directory, volume group or file system of the pool is deleted."
            }
        ),
        (
            "virStoragePoolUndefine",
            Note("Undefine", .removal) {
                $0.needs = .persistence
                $0.warning = "The stored configuration is deleted; the volumes stay."
            }
        ),
        ("virStoragePoolGetXMLDesc", Note("XML")),
        ("virStorageVolResize", Note("Resize") { $0.arguments["capacity"] = ArgumentNote(unit: .bytes) }),
        ("virStorageVolWipe", Note("Wipe", .removal) { $0.warning = "All that is in the volume is overwritten." }),
        ("virStorageVolWipePattern", Note("Wipe by a pattern", .removal) { $0.warning = "All that is in the volume is overwritten." }),
        ("virStorageVolDelete", Note("Delete", .removal) { $0.warning = "The volume is deleted, with all that is in it." }),
        ("virStorageVolGetXMLDesc", Note("XML")),
    ]

    static let devices: [Row] = [
        ("virInterfaceCreate", Note("Start", .primary) { $0.needs = .inactivity }),
        (
            "virInterfaceDestroy",
            Note("Stop", .forced) {
                $0.needs = .activity
                $0.warning = "Who is connected through this interface loses the connection."
            }
        ),
        ("virInterfaceUndefine", Note("Undefine", .removal) { $0.warning = "The stored configuration is deleted." }),
        ("virInterfaceGetXMLDesc", Note("XML") { $0.arguments["flags"] = .kind(.flags(.virInterfaceXMLFlags)) }),
        ("virNodeDeviceCreate", Note("Start", .primary) { $0.needs = .inactivity }),
        ("virNodeDeviceDetachFlags", Note("Detach from the host", .forced) { $0.warning = "The host can use the device no longer." }),
        ("virNodeDeviceDettach", Note("Detach without options", .forced) { $0.warning = "The host can use the device no longer." }),
        ("virNodeDeviceReAttach", Note("Give back to the host")),
        ("virNodeDeviceReset", Note("Reset", .forced) { $0.warning = "The device is reset." }),
        ("virNodeDeviceSetAutostart", Note("Autostart") { $0.needs = .persistence }),
        ("virNodeDeviceDestroy", Note("Remove", .removal) { $0.warning = "The virtual device is removed." }),
        (
            "virNodeDeviceUndefine",
            Note("Undefine", .removal) {
                $0.needs = .persistence
                $0.warning = "The stored configuration is deleted."
            }
        ),
        ("virNodeDeviceGetXMLDesc", Note("XML")),
    ]

    static let others: [Row] = [
        ("virNWFilterUndefine", Note("Undefine", .removal) { $0.warning = "The filter is deleted." }),
        ("virNWFilterGetXMLDesc", Note("XML")),
        ("virNWFilterBindingDelete", Note("Delete", .removal) { $0.warning = "The port's traffic is filtered no longer." }),
        ("virNWFilterBindingGetXMLDesc", Note("XML")),
        (
            "virSecretSetValue",
            Note("Set the value") {
                $0.arguments["value"] = .kind(.bytes, isRequired: true)
                $0.arguments["value_size"] = .hidden
            }
        ),
        ("virSecretGetValue", Note("Value")),
        ("virSecretGetUsageType", Note("Usage type") { $0.result = .enumeration(.virSecretUsageType) }),
        ("virSecretUndefine", Note("Undefine", .removal) { $0.warning = "The secret is deleted, with its value." }),
        ("virSecretGetXMLDesc", Note("XML")),
    ]
}
