// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt
import Testing

@testable import Commands

@Suite struct ReachTests {
    private func asked(_ name: String, _ given: [(String, String)] = []) throws -> Set<String> {
        let command = try #require(CommandTable.command(name))
        let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: command)
        return Set(command.permissions(for: arguments).filter(\.isOwn).map(\.action))
    }

    @Test(
        arguments: [
            "virDomainDefineXML", "virDomainCreateXML", "virDomainAttachDevice", "virDomainUpdateDeviceFlags", "virDomainSave", "virDomainSaveFlags",
            "virDomainSaveParams", "virDomainRestoreParams",
            "virDomainRestore", "virDomainCoreDump", "virDomainSaveImageGetXMLDesc", "virDomainSaveImageDefineXML", "virDomainManagedSaveDefineXML",
            "virDomainBlockCopy", "virDomainBackupBegin", "virConnectDomainXMLFromNative", "virConnectDomainXMLToNative",
            "virStorageVolCreateXMLFrom",
            "virNetworkUpdate", "virNWFilterDefineXML", "virSecretDefineXML", "virNodeDeviceCreateXML", "virStoragePoolCreateXML",
        ])
    func `what takes XML or a path is as good as root, always`(name: String) throws {
        #expect(try #require(CommandTable.command(name)).permissions.contains(.raw))
    }

    @Test(
        arguments: [
            ("virConnectGetDomainCapabilities", "emulatorbin", "/bin/sh"), ("virDomainBlockCommit", "base", "/etc/shadow"),
            ("virDomainBlockRebase", "base", "/etc/shadow"), ("virDomainSetBlkioParameters", "device_weight", "/dev/sda,500"),
            ("virNodeDeviceDetachFlags", "driverName", "vfio-pci"), ("virDomainSnapshotCreateXML", "xmlDesc", "<domainsnapshot/>"),
            ("virDomainSnapshotCreateXML", "flags", "VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY"),
            ("virDomainSnapshotCreateXML", "flags", "VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT"),
            ("virDomainSnapshotCreateXML", "flags", "VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE"),
            ("virDomainCheckpointCreateXML", "flags", "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE"),
        ])
    func `what may be given a path, only if it is`(name: String, parameter: String, value: String) throws {
        let disk = ["virDomainBlockCommit", "virDomainBlockRebase"].contains(name) ? [("disk", "vda")] : []
        #expect(try asked(name, disk + [(parameter, value)]).contains("raw"))
        #expect(try !asked(name, disk).contains("raw"))
    }

    @Test func `the namespace of metadata is no URI that anything is fetched from, and XML that is only compared is not run`() throws {
        #expect(
            try asked("virDomainSetMetadata", [("type", "VIR_DOMAIN_METADATA_ELEMENT"), ("metadata", "<a/>"), ("key", "a"), ("uri", "urn:a")]).isEmpty
        )
        #expect(try asked("virConnectCompareCPU", [("xmlDesc", "<cpu/>")]).isEmpty)
    }

    @Test(arguments: ["virDomainPinVcpu", "virDomainPinEmulator", "virDomainSetSchedulerParametersFlags", "virDomainSetBlockIoTune"])
    func `what shares the host out asks for it`(name: String) throws {
        let own = try #require(CommandTable.command(name)).permissions.filter(\.isOwn)
        #expect(own == [.tune])
    }

    @Test func `a form leaves out what may not be given`() throws {
        let command = try #require(CommandTable.command("virDomainSnapshotCreateXML")).offering { $0 != .raw }
        #expect(command.parameters.map(\.name) == ["name", "description", "flags"])
        let flags = try #require(command.parameters.last).constants.map(\.commonName)
        #expect(flags.contains("VIR_DOMAIN_SNAPSHOT_CREATE_HALT") && !flags.contains { $0.hasSuffix("REDEFINE") || $0.hasSuffix("DISK_ONLY") })
    }

    @Test(
        arguments: [
            ([], "<domainsnapshot></domainsnapshot>"), ([("name", "a & <b>")], "<domainsnapshot><name>a &amp; &lt;b&gt;</name></domainsnapshot>"),
            ([("description", "]]>"), ("name", "n")], "<domainsnapshot><name>n</name><description>]]&gt;</description></domainsnapshot>"),
            ([("xmlDesc", "<x/>")], "<x/>"),
        ] as [([(String, String)], String)])
    func `a snapshot's XML is composed of its name and description`(given: [(String, String)], xml: String) throws {
        let command = try #require(CommandTable.command("virDomainSnapshotCreateXML"))
        #expect(try Arguments(given.map { (name: $0.0, text: $0.1) }, for: command).documents.map(\.xml) == [xml])
    }

    @Test func `a name beside the XML is one too many`() throws {
        let command = try #require(CommandTable.command("virDomainSnapshotCreateXML"))
        #expect(throws: ArgumentError.self) { try Arguments([("xmlDesc", "<domainsnapshot/>"), ("name", "n")], for: command) }
    }
}
