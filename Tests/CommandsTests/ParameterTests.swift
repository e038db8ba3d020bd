// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Commands
@testable import Libvirt

/// Parameters that are more than a number or a text.
@Suite struct ParameterTests {
    @Test func `an enum is given by its name`() throws {
        let given: Given = [("type", "VIR_DOMAIN_METADATA_TITLE"), ("metadata", "x")]
        #expect(try handedOver("virDomainSetMetadata", given).int("type") == 1)
        for text in ["1", "TITLE", "VIR_DOMAIN_METADATA_LAST", "vir_domain_metadata_title", "VIR_DOMAIN_XML_SECURE"] {
            let error = try refusal("virDomainSetMetadata", [("type", text), ("metadata", "x")])
            #expect(error?.parameter == "type")
            #expect(error?.message.contains("VIR_DOMAIN_METADATA_DESCRIPTION, VIR_DOMAIN_METADATA_TITLE") == true)
        }
        #expect(try refusal("virDomainSetMetadata", [("metadata", "x")]) == ArgumentError(parameter: "type", message: "It is missing."))
        // A name that ends like a sentinel and is none.
        let last = try command("virNetworkUpdate").parameters.first { $0.name == "command" }?.constants.map(\.name)
        #expect(last?.contains("VIR_NETWORK_UPDATE_COMMAND_ADD_LAST") == true)
        #expect(last?.contains("VIR_NETWORK_UPDATE_COMMAND_LAST") == false)
    }

    @Test func `a list is a name that is repeated, and may be empty if it is optional`() throws {
        let freeze = try handedOver("virDomainFSFreeze", [("mountpoints", "/"), ("mountpoints", ""), ("mountpoints", "/a b")])
        #expect(freeze.strings("mountpoints") == ["/", "/a b"])
        #expect(try handedOver("virDomainFSFreeze", []).strings("mountpoints").isEmpty)
        #expect(try handedOver("virDomainFSFreeze", [("mountpoints", "")]).strings("mountpoints").isEmpty)
        #expect(try refusal("virConnectBaselineCPU", [])?.message == "It is missing.")
        #expect(try refusal("virConnectBaselineCPU", [("xmlCPUs", ""), ("xmlCPUs", "")])?.message == "It is missing.")
        #expect(try refusal("virDomainFSFreeze", [("mountpoints", "/\0")])?.parameter == "mountpoints")
    }

    @Test func `16 keys are sent and no more`() throws {
        let sixteen: Given = (1...16).map { ("keycodes", "\($0)") } + [("codeset", "VIR_KEYCODE_SET_LINUX")]
        #expect(try handedOver("virDomainSendKey", sixteen).numbers("keycodes") == Array(1...16))
        #expect(try refusal("virDomainSendKey", sixteen + [("keycodes", "17")])?.parameter == "keycodes")
        #expect(try refusal("virDomainSendKey", sixteen + [("keycodes", "65536")])?.parameter == "keycodes")
        #expect(try refusal("virDomainSendKey", sixteen + [("holdtime", "60001")])?.parameter == "holdtime")
        #expect(try refusal("virDomainSendKey", [("codeset", "VIR_KEYCODE_SET_LINUX")])?.parameter == "keycodes")
    }

    @Test func `CPUs are bits for C`() throws {
        #expect(try handedOver("virDomainPinVcpu", [("vcpu", "0"), ("cpumap", "0-3,^2,9")]).bytes("cpumap") == [0b1011, 0b10])
        #expect(try refusal("virDomainPinVcpu", [("vcpu", "0"), ("cpumap", "")])?.message == "It is missing.")
        #expect(try refusal("virDomainPinVcpu", [("vcpu", "0"), ("cpumap", "3-1")])?.parameter == "cpumap")
    }

    @Test func `bytes come in base64 or as they are`() throws {
        #expect(try handedOver("virSecretSetValue", [("value", "AP8=")]).bytes("value") == [0, 0xFF])
        #expect(try handedOver("virSecretSetValue", [], raw: ["value": [0, 1, 0xFF]]).bytes("value") == [0, 1, 0xFF])
        #expect(try refusal("virSecretSetValue", [("value", "AP8")])?.message == "It is no base64 (RFC 4648).")
        #expect(try refusal("virSecretSetValue", [])?.message == "It is missing.")
        #expect(try refusal("virDomainSetMemory", [], raw: ["memory": [1]])?.message == "It is no buffer of bytes.")
        #expect(try refusal("virDomainSetMemory", [("memory", "1")], raw: ["x": [1]])?.parameter == "x")
    }

    @Test func `typed parameters have the types that libvirt wants`() throws {
        let tuning = try handedOver("virDomainSetBlockIoTune", [("disk", "vda"), ("total_bytes_sec", "5"), ("group_name", "g")])
        #expect(
            try Set(tuning.parameters("params")) == [
                .init(name: "total_bytes_sec", value: .ullong(5)), .init(name: "group_name", value: .string("g")),
            ])
        #expect(tuning.string("disk") == "vda")
        let scheduler = try handedOver("virDomainSetSchedulerParameters", [("cpu_shares", "1024"), ("vcpu_quota", "-1")])
        #expect(
            try Set(scheduler.parameters("params")) == [
                .init(name: "cpu_shares", value: .ullong(1024)), .init(name: "vcpu_quota", value: .llong(-1)),
            ])
        let events = try handedOver("virDomainSetPerfEvents", [("cpu_cycles", "on"), ("cmt", "no")])
        #expect(
            try Set(events.parameters("params")) == [.init(name: "cpu_cycles", value: .boolean(true)), .init(name: "cmt", value: .boolean(false))])
        let bandwidth = try handedOver("virDomainSetInterfaceParameters", [("device", "vnet0"), ("inbound.average", "7")])
        #expect(try bandwidth.parameters("params") == [.init(name: "inbound.average", value: .uint(7))])
        let thread = try handedOver("virDomainSetIOThreadParams", [("iothread_id", "1"), ("poll_max_ns", "32768"), ("poll_grow", "2")])
        #expect(
            try Set(thread.parameters("params")) == [.init(name: "poll_max_ns", value: .ullong(32768)), .init(name: "poll_grow", value: .uint(2))])
    }

    @Test func `a typed parameter that is repeated is handed over as often`() throws {
        let given: Given = [("dconn", "other"), ("migrate_disks", "vda"), ("migrate_disks", "vdb"), ("bandwidth", "9")]
        let parameters = try handedOver("virDomainMigrate3", given).parameters("params")
        #expect(parameters.filter { $0.name == "migrate_disks" }.map(\.value) == [.string("vda"), .string("vdb")])
        #expect(parameters.first { $0.name == "bandwidth" }?.value == .ullong(9))
        #expect(parameters.count == 3)
    }

    @Test func `a typed parameter that is unknown or does not fit is refused, and one left out is not handed over`() throws {
        #expect(try refusal("virDomainSetBlockIoTune", [("disk", "vda"), ("no_such", "1")])?.parameter == "no_such")
        #expect(try refusal("virDomainSetBlockIoTune", [("disk", "vda"), ("params", "1")])?.parameter == "params")
        #expect(try refusal("virDomainSetBlockIoTune", [("disk", "vda"), ("total_bytes_sec", "-1")])?.parameter == "total_bytes_sec")
        #expect(try refusal("virDomainSetInterfaceParameters", [("device", "x"), ("inbound.average", "4294967296")])?.parameter == "inbound.average")
        #expect(try handedOver("virDomainSetBlockIoTune", [("disk", "vda"), ("total_bytes_sec", "")]).parameters("params") == [])
    }

    @Test func `an optional parameter may be left out, and has its default`() throws {
        #expect(try handedOver("virNodeGetCPUStats", []).int("cpuNum") == -1)
        #expect(try handedOver("virNodeGetCPUStats", [("cpuNum", "")]).int("cpuNum") == -1)
        #expect(try handedOver("virNodeGetCPUStats", [("cpuNum", "3")]).int("cpuNum") == 3)
        #expect(try handedOver("virNodeGetMemoryStats", []).int("cellNum") == -1)
        #expect(try handedOver("virDomainGetCPUStats", []).int("start_cpu") == -1)
        #expect(try handedOver("virDomainGetCPUStats", []).uint("ncpus") == 1)
        let update: Given = [("command", "VIR_NETWORK_UPDATE_COMMAND_DELETE"), ("section", "VIR_NETWORK_SECTION_DNS_HOST"), ("xml", "<a/>")]
        #expect(try handedOver("virNetworkUpdate", update).int("parentIndex") == -1)
        #expect(try handedOver("virConnectGetDomainCapabilities", [("arch", "")]).string("arch") == nil)
        #expect(try handedOver("virDomainMigrateToURI", [("duri", "other")]).string("dname") == nil)
    }
}
