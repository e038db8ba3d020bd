// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Commands
@testable import Libvirt

/// Arguments that are sound one by one.
@Suite struct RuleTests {
    @Test func `metadata of a namespace goes with key and uri`() throws {
        let element: Given = [("type", "VIR_DOMAIN_METADATA_ELEMENT"), ("metadata", "<a/>")]
        #expect(try refusal("virDomainSetMetadata", element)?.parameter == "key")
        #expect(try refusal("virDomainSetMetadata", element + [("key", "h")])?.parameter == "uri")
        #expect(try refusal("virDomainSetMetadata", element + [("uri", "urn:x")])?.parameter == "key")
        #expect(try refusal("virDomainSetMetadata", element + [("key", "h"), ("uri", "urn:x")]) == nil)
        #expect(try refusal("virDomainSetMetadata", [("type", "VIR_DOMAIN_METADATA_TITLE"), ("metadata", "x")]) == nil)
        #expect(try handedOver("virDomainSetMetadata", [("type", "VIR_DOMAIN_METADATA_TITLE")]).string("metadata") == nil)
    }

    @Test(arguments: ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max"])
    func `a total goes with neither reads nor writes`(name: String) throws {
        let disk: Given = [("disk", "vda"), ("total_\(name)", "1")]
        for other in ["read_\(name)", "write_\(name)"] {
            #expect(try refusal("virDomainSetBlockIoTune", disk + [(other, "1")])?.parameter == "total_\(name)")
            #expect(try refusal("virDomainSetBlockIoTune", disk + [(other, "")]) == nil)
        }
        #expect(try refusal("virDomainSetBlockIoTune", [("disk", "vda"), ("read_\(name)", "1"), ("write_\(name)", "2")]) == nil)
    }

    @Test func `pages have as many counts as sizes`() throws {
        #expect(try refusal("virNodeAllocPages", [("pageSizes", "4"), ("pageSizes", "8"), ("pageCounts", "1")])?.parameter == "pageCounts")
        #expect(try refusal("virNodeAllocPages", [("pageCounts", "1")])?.parameter == "pageSizes")
        let arguments = try handedOver("virNodeAllocPages", [("pageSizes", "4"), ("pageSizes", "8"), ("pageCounts", "0"), ("pageCounts", "7")])
        #expect(arguments.numbers("pageSizes") == [4, 8])
        #expect(arguments.numbers("pageCounts") == [0, 7])
        #expect(arguments.int("startCell") == -1)
        #expect(arguments.uint("cellCount") == 1)
    }

    private func usual(_ name: String, _ given: Given, isActive: Bool, isPersistent: Bool) throws -> UInt32 {
        let arguments = try Arguments(given, for: command(name))
        return (arguments.impacting(isActive: isActive, isPersistent: isPersistent) ?? arguments).flags()
    }

    @Test(arguments: [(true, true, 3), (true, false, 1), (false, true, 2), (false, false, 0)] as [(Bool, Bool, UInt32)])
    func `a change is for all that there is of a domain, unless one says`(isActive: Bool, isPersistent: Bool, flags: UInt32) throws {
        for (name, given) in [("virDomainSetMemoryFlags", [("memory", "1")]), ("virDomainAttachDeviceFlags", [("xml", "<disk/>")])]
            as [(String, Given)]
        {
            #expect(try usual(name, given, isActive: isActive, isPersistent: isPersistent) == flags)
            #expect(try usual(name, given + [("flags", "")], isActive: isActive, isPersistent: isPersistent) == 0)
            let live = given + [("flags", name.contains("Memory") ? "VIR_DOMAIN_MEM_LIVE" : "VIR_DOMAIN_DEVICE_MODIFY_LIVE")]
            #expect(try usual(name, live, isActive: isActive, isPersistent: isPersistent) == 1)
        }
        // libvirt's own flags for networks are the other way round.
        let update: Given = [("command", "VIR_NETWORK_UPDATE_COMMAND_DELETE"), ("section", "VIR_NETWORK_SECTION_DNS_HOST"), ("xml", "<a/>")]
        #expect(try usual("virNetworkUpdate", update, isActive: isActive, isPersistent: isPersistent) == flags)
    }

    @Test func `a migration is of the whole domain, from host to host`() throws {
        func names(isActive: Bool, isPersistent: Bool) throws -> [String] {
            try #require(try command("virDomainMigrateToURI3").usualFlags(isActive: isActive, isPersistent: isPersistent)).sorted()
        }
        #expect(try names(isActive: true, isPersistent: false) == ["VIR_MIGRATE_LIVE", "VIR_MIGRATE_PEER2PEER"])
        let offline = ["VIR_MIGRATE_OFFLINE", "VIR_MIGRATE_PEER2PEER", "VIR_MIGRATE_PERSIST_DEST", "VIR_MIGRATE_UNDEFINE_SOURCE"]
        #expect(try names(isActive: false, isPersistent: true) == offline)
        let given: Given = [("dconn", "other"), ("flags", "VIR_MIGRATE_LIVE"), ("flags", "VIR_MIGRATE_PEER2PEER")]
        let error = #expect(throws: ArgumentError.self) { () throws in _ = try Arguments(given, for: command("virDomainMigrate3")) }
        #expect(error?.parameter == "flags")
        _ = try Arguments(Array(given.prefix(2)), for: command("virDomainMigrate3"))
    }

    @Test func `a command without such flags has none`() throws {
        #expect(try usual("virDomainSetMemory", [("memory", "1")], isActive: true, isPersistent: true) == 0)
        #expect(try usual("virDomainGetVcpusFlags", [], isActive: true, isPersistent: true) == 0)
        #expect(try command("virDomainGetVcpusFlags").impact == nil)
        #expect(try command("virDomainCreateWithFlags").impact == nil)
        #expect(try command("virNetworkUpdate").impact == .network)
        #expect(try command("virDomainPinEmulator").impact == .domain)
    }

    @Test func `statistics of a completed job are read by an adapter`() throws {
        // Which adds the flag that keeps them; the test driver has no jobs to see it by.
        let command = try command("virDomainGetJobStats")
        #expect(command.isReading)
        #expect(try Arguments([("flags", "VIR_DOMAIN_JOB_STATS_COMPLETED")], for: command).flags() == 1)
        #expect(command.function.isAdapted)
    }
}
