// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Commands
@testable import Libvirt

@Suite struct ArgumentsTests {
    @Test func `an unknown parameter is refused`() throws {
        #expect(try refusal("virDomainCreate", [("flags", "")])?.parameter == "flags")
        #expect(try refusal("virDomainSetMemory", [("memory", "1"), ("Memory", "1")])?.parameter == "Memory")
        #expect(try refusal("virDomainSetMemory", [("memory", "1"), ("", "")])?.parameter == "")
        #expect(try refusal("virDomainSetMemory", [("memory", "1"), ("domain", "x")])?.parameter == "domain")
    }

    @Test(arguments: [
        "VIR_DOMAIN_XML_NOSUCH", "secure", "1", "VIR_DOMAIN_XML_SECURE ", "vir_domain_xml_secure", "VIR_DOMAIN_XML_SECURE|VIR_DOMAIN_XML_INACTIVE",
        "\0",
    ])
    func `an unknown flag is refused`(flag: String) throws {
        let error = try refusal("virDomainGetXMLDesc", [("flags", flag)])
        #expect(error?.parameter == "flags")
        #expect(error?.message.contains("VIR_DOMAIN_XML_SECURE, ") == true)
    }

    @Test func `a flag that stands for none is understood`() throws {
        let command = try command("virDomainSetMemoryFlags")
        #expect(try Arguments([("memory", "1"), ("flags", "VIR_DOMAIN_AFFECT_CURRENT")], for: command).flags() == 0)
        #expect(try Arguments([("memory", "1"), ("flags", "VIR_DOMAIN_MEM_CURRENT")], for: command).flags() == 0)
        #expect(try Arguments([("memory", "1"), ("flags", "VIR_DOMAIN_MEM_CONFIG")], for: command).flags() == 2)
    }

    @Test func `a flag that is not offered is refused`() throws {
        #expect(try refusal("virDomainGetVcpusFlags", [("flags", "VIR_DOMAIN_VCPU_HOTPLUGGABLE")])?.parameter == "flags")
    }

    @Test func `flags are joined, and a repeated one counts once`() throws {
        let command = try command("virDomainGetXMLDesc")
        #expect(try Arguments([], for: command).flags() == 0)
        #expect(try Arguments([("flags", "")], for: command).flags() == 0)
        #expect(try Arguments([("flags", "VIR_DOMAIN_XML_INACTIVE")], for: command).flags() == 2)
        let both: Given = [
            ("flags", "VIR_DOMAIN_XML_SECURE"), ("flags", ""), ("flags", "VIR_DOMAIN_XML_INACTIVE"), ("flags", "VIR_DOMAIN_XML_SECURE"),
        ]
        #expect(try Arguments(both, for: command).flags() == 3)
    }

    @Test func `a missing parameter is refused`() throws {
        #expect(try refusal("virDomainSetMemory", []) == ArgumentError(parameter: "memory", message: "It is missing."))
        #expect(try refusal("virDomainSetMemory", [("memory", "")]) == ArgumentError(parameter: "memory", message: "It is missing."))
        #expect(try refusal("virDomainSetAutostart", [("autostart", "")])?.parameter == "autostart")
        #expect(try refusal("virDomainDefineXML", [("xml", "")])?.message == "It is missing.")
        #expect(try refusal("virDomainBlockStats", [])?.parameter == "disk")
    }

    @Test func `an empty disk is a disk that libvirt knows`() throws {
        let command = try command("virDomainBlockStats")
        #expect(try Arguments([("disk", "")], for: command).string("disk") == "")
    }

    @Test func `a repeated parameter is refused`() throws {
        #expect(try refusal("virDomainSetMemory", [("memory", "1"), ("memory", "1")])?.message == "It is given 2 times.")
        #expect(try refusal("virDomainSetMemory", [("memory", ""), ("memory", "1")])?.parameter == "memory")
        #expect(try refusal("virDomainBlockStats", [("disk", "a"), ("disk", "a"), ("disk", "b")])?.message == "It is given 3 times.")
    }

    @Test(arguments: [
        "0", "-1", "9007199254740992", "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "1.0", "1e3", "0x10",
        " 1", "1 ", "1,000", "١", "１", "NaN", "-", "+", "1 KiB",
    ])
    func `a number out of range or no number is refused`(text: String) throws {
        let error = try refusal("virDomainSetMemory", [("memory", text)])
        #expect(error == ArgumentError(parameter: "memory", message: "It is a whole number from 1 to 9007199254740991."))
    }

    @Test func `numbers are read up to their limits`() throws {
        #expect(try handedOver("virDomainSetMemory", [("memory", "1")]).ulong("memory") == 1)
        #expect(try handedOver("virDomainSetMemory", [("memory", "9007199254740991")]).ulong("memory") == 9_007_199_254_740_991)
        #expect(try handedOver("virDomainSetVcpus", [("nvcpus", "65535")]).uint("nvcpus") == 65_535)
        #expect(try refusal("virDomainSetVcpus", [("nvcpus", "65536")])?.parameter == "nvcpus")
        #expect(try refusal("virDomainSetVcpus", [("nvcpus", "0")])?.parameter == "nvcpus")
    }

    @Test(
        arguments: [
            ("1", 1), ("true", 1), ("TRUE", 1), ("on", 1), ("yes", 1), ("0", 0), ("false", 0), ("False", 0), ("off", 0), ("no", 0),
        ] as [(String, Int64)])
    func `a boolean is spelt in several ways`(text: String, value: Int64) throws {
        let command = try command("virDomainSetAutostart")
        #expect(try Arguments([("autostart", text)], for: command).integer("autostart") == value)
    }

    @Test(arguments: ["2", "-1", "maybe", "t", "y", "01", " true"]) func `nothing else is a boolean`(text: String) throws {
        #expect(try refusal("virDomainSetAutostart", [("autostart", text)]) == ArgumentError(parameter: "autostart", message: "It is true or false."))
    }

    @Test func `a text with a NUL is refused, as C would cut it off`() throws {
        #expect(try refusal("virDomainBlockStats", [("disk", "vda\0x")])?.parameter == "disk")
        #expect(try refusal("virDomainDefineXML", [("xml", "<domain/>\0")])?.parameter == "xml")
        #expect(try refusal("virDomainSetMemory", [("memory", "1\0")]) == ArgumentError(parameter: "memory", message: "It holds a NUL character."))
    }

    @Test func `the XML among the parameters is found`() throws {
        func documents(_ name: String, _ given: Given) throws -> [String] {
            try Arguments(given, for: command(name)).documents.map { "\($0.parameter): \($0.xml)" }
        }
        #expect(try documents("virDomainDefineXML", [("xml", "<domain/>")]) == ["xml: <domain/>"])
        #expect(try documents("virDomainCreateXML", [("xmlDesc", "<a/>")]) == ["xmlDesc: <a/>"])
        #expect(try documents("virDomainSetMemory", [("memory", "1")]) == [])
        #expect(try documents("virConnectBaselineCPU", [("xmlCPUs", "<a/>"), ("xmlCPUs", "<b/>")]) == ["xmlCPUs: <a/>", "xmlCPUs: <b/>"])
    }

    @Test func `what was given is kept as it was written`() throws {
        let arguments = try Arguments([("memory", "007")], for: command("virDomainSetMemory"))
        #expect(arguments.given.map(\.text) == ["007"])
        #expect(try handedOver("virDomainSetMemory", [("memory", "007")]).ulong("memory") == 7)
    }

    @Test func `a joined host is named, and neither a URI nor a host that is not there handed over`() throws {
        let arguments = try Arguments([("dconn", "other"), ("flags", "VIR_MIGRATE_LIVE")], for: command("virDomainMigrate"))
        #expect(arguments.hosts == ["dconn": "other"])
        #expect(arguments.call(connections: [:], uris: [:]).connection("dconn") == nil)
        #expect(arguments.call(connections: [:], uris: [:]).string("dconn") == nil)
        let direct = try Arguments([("dconnuri", "qemu+ext:///system?command=x")], for: command("virDomainMigrateToURI3"))
        #expect(direct.call(connections: [:], uris: [:]).string("dconnuri") == nil)
        #expect(direct.call(connections: [:], uris: ["dconnuri": "qemu:///system"]).string("dconnuri") == "qemu:///system")
    }

    @Test(arguments: [
        ("virDomainSave", "to"), ("virDomainRestore", "from"), ("virDomainSaveImageGetXMLDesc", "file"), ("virDomainRestoreParams", "file"),
    ])
    func `a path on the host begins at its root`(name: String, parameter: String) throws {
        let command = try #require(CommandTable.command(name))
        for path in ["image", "./image", "../image", "~/image"] {
            #expect(throws: ArgumentError.self) { try Arguments([(parameter, path)], for: command) }
        }
        #expect(try Arguments([(parameter, "/var/image")], for: command).string(parameter) == "/var/image")
    }

    @Test(
        arguments: [
            #"json:{"driver":"ssh","x":"y"}"#, #" JSON:{"driver":"nbd"}"#, "rbd:pool/image:id=a:key=AQ==", "/x?PASSWD=y", "/a%70assword/p%61sswd",
            "token 7", "my credential", "pwd=x", "a secret",
        ])
    func `a text in which there may be a secret is told by its length`(text: String) throws {
        let disclosed = try Arguments(
            [("disk", "vda"), ("base", text), ("flags", "VIR_DOMAIN_BLOCK_REBASE_COPY")], for: command("virDomainBlockRebase")
        )
        .disclosed
        #expect(disclosed.map(\.name) == ["disk", "base", "flags"])
        #expect(disclosed.map(\.value) == [.text("vda"), .length(text.utf8.count), .text("VIR_DOMAIN_BLOCK_REBASE_COPY")])
    }

    @Test func `any other text is told as it is, and so are the names of constants`() throws {
        let base = try Arguments([("disk", "vda"), ("base", "/images/base.qcow2")], for: command("virDomainBlockRebase")).disclosed
        #expect(base.last?.value == .text("/images/base.qcow2"))
        let flags = [("user", "root"), ("password", "x"), ("flags", "VIR_DOMAIN_PASSWORD_ENCRYPTED")]
        let password = try Arguments(flags.map { (name: $0.0, text: $0.1) }, for: command("virDomainSetUserPassword")).disclosed
        #expect(password.map(\.value) == [.text("root"), .secret, .text("VIR_DOMAIN_PASSWORD_ENCRYPTED")])
    }

    @Test func `a saved domain is named by its path`() throws {
        #expect(try Arguments([("from", "/x")], for: command("virDomainRestore")).savedDomain == "/x")
        #expect(try Arguments([("file", "/y")], for: command("virDomainSaveImageGetXMLDesc")).savedDomain == "/y")
        #expect(try Arguments([("to", "/y")], for: command("virDomainSave")).savedDomain == nil)
    }

    @Test(
        arguments: [
            ("virDomainGetBlockInfo", "disk", .string), ("virDomainSetVcpu", "vcpumap", .string), ("virDomainSetVcpu", "state", .boolean),
            ("virDomainPinVcpu", "vcpu", .unsigned(0...4_294_967_295)), ("virDomainPinVcpu", "cpumap", .cpus),
            ("virDomainSetTime", "seconds", .signed(.min ... .max)), ("virDomainBlockPeek", "offset", .unsigned(0...UInt64.max)),
            ("virDomainBlockPeek", "size", .unsigned(1...4_194_304)), ("virDomainMigrateSetMaxSpeed", "bandwidth", .unsigned(0...UInt64(Int64.max))),
            ("virDomainSetMemoryStatsPeriod", "period", .signed(-2_147_483_648...2_147_483_647)),
            ("virDomainFSFreeze", "mountpoints", .list(of: .string)), ("virConnectBaselineCPU", "xmlCPUs", .list(of: .xml)),
            ("virSecretSetValue", "value", .bytes), ("virDomainSendKey", "codeset", .enumeration(.virKeycodeSet)),
            ("virDomainSetMetadata", "type", .enumeration(.virDomainMetadataType)), ("virDomainMigrate", "dconn", .host),
            ("virDomainGetXMLDesc", "flags", .flags(.virDomainXMLFlags)), ("virNodeGetCPUStats", "cpuNum", .signed(-1...65_535)),
        ] as [(String, String, Parameter.Kind)])
    func `a parameter's kind follows from its C type`(name: String, parameter: String, kind: Parameter.Kind) throws {
        #expect(try command(name).parameters.first { $0.name == parameter }?.kind == kind)
    }
}
