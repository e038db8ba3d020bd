// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Notes {
    static let ioTuning = TypedParameters(prefixes: ["VIR_DOMAIN_BLOCK_IOTUNE_"])
    private static let totals = ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max"]

    static let domainDevices: [Row] = [
        ("virDomainAttachDeviceFlags", Note("Attach a device")),
        ("virDomainAttachDevice", Note("Attach a device without options")),
        ("virDomainUpdateDeviceFlags", Note("Change a device")),
        ("virDomainDetachDeviceFlags", Note("Detach a device")),
        ("virDomainDetachDevice", Note("Detach a device without options")),
        ("virDomainDetachDeviceAlias", Note("Detach a device by its alias")),
        ("virDomainSetInterfaceParameters", Note("Interface's bandwidth") { $0.parameters = bandwidthParameters }),
        (
            "virDomainSetBlockIoTune",
            Note("Disk's throttling") {
                $0.parameters = ioTuning
                $0.rule = { arguments in
                    totals.first { total in
                        arguments.isGiven("total_\(total)") && (arguments.isGiven("read_\(total)") || arguments.isGiven("write_\(total)"))
                    }.map { ArgumentError(parameter: "total_\($0)", message: "It goes with neither read_\($0) nor write_\($0).") }
                }
            }
        ),
        ("virDomainBlockResize", Note("Resize a disk") { $0.states = active }),
        ("virDomainBlockPull", Note("Pull a disk's backing file") { $0.arguments["bandwidth"] = .optional }),
        ("virDomainBlockCommit", Note("Commit a disk's overlay") { $0.arguments["bandwidth"] = .optional }),
        ("virDomainBlockRebase", Note("Rebase a disk") { $0.arguments["bandwidth"] = .optional }),
        (
            "virDomainBlockCopy",
            Note("Copy a disk") {
                $0.states = active
                $0.parameters = TypedParameters(prefixes: ["VIR_DOMAIN_BLOCK_COPY_"])
            }
        ),
        ("virDomainBlockJobAbort", Note("End a disk's job")),
        ("virDomainBlockJobSetSpeed", Note("Speed of a disk's job")),
        ("virDomainSetBlockThreshold", Note("Threshold of a disk") { $0.arguments["threshold"] = ArgumentNote(unit: .bytes) }),
        ("virDomainBlockPeek", Note("Look into a disk") { $0.arguments["size"] = ArgumentNote(kind: peek, unit: .bytes) }),
        (
            "virDomainMemoryPeek",
            Note("Look into the memory") {
                $0.states = active
                $0.arguments["size"] = ArgumentNote(kind: peek, unit: .bytes)
            }
        ),
        ("virDomainBackupBegin", Note("Begin a backup") { $0.states = active }),
    ]
}
