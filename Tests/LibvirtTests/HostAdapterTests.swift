// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct HostAdapterTests {
    private let host: OwnObject

    init() throws { host = try OwnObject.host() }

    @Test func `the CPUs of the host are a map`() throws {
        let result = try host.call(.virNodeGetCPUMap)
        #expect(result.returned == .integer(8))
        #expect(result.outputs == [.init("cpumap", .cpus([true, false, true, false, true, false, false, false])), .init("online", .unsigned(3))])
        #expect(host.refusal(.virNodeGetCPUMap, ["flags": .unsigned(1)])?.code == .invalidArgument)
    }

    @Test func `the host's CPU statistics have names`() throws {
        let statistics = try #require(try host.call(.virNodeGetCPUStats, ["cpuNum": .integer(-1)])["params"])
        #expect(statistics.fields.map(\.name) == ["user", "kernel", "idle", "iowait"])
        #expect(host.refusal(.virNodeGetCPUStats, ["flags": .unsigned(1)])?.code == .invalidArgument)
        #expect(host.refusal(.virNodeGetMemoryStats, ["cellNum": .integer(-1)])?.code == .noSupport)
    }

    @Test func `free memory is one number for each cell`() throws {
        let both = try host.call(.virNodeGetCellsFreeMemory, ["startCell": .integer(0), "maxCells": .integer(1024)])
        #expect(both["freeMems"] == .list([.unsigned(2_097_152), .unsigned(4_194_304)]))
        let last = try host.call(.virNodeGetCellsFreeMemory, ["startCell": .integer(1), "maxCells": .integer(1)])
        #expect(last["freeMems"] == .list([.unsigned(4_194_304)]))
        #expect(host.refusal(.virNodeGetCellsFreeMemory, ["startCell": .integer(2), "maxCells": .integer(1)])?.code == .invalidArgument)
    }

    @Test func `free pages are asked for by their sizes`() throws {
        let pages: [String: CallArguments.Argument] = ["pages": .numbers([4, 2048]), "startCell": .integer(0), "cellCount": .unsigned(2)]
        // The test driver writes numbers, but says that it wrote none.
        #expect(try host.call(.virNodeGetFreePages, pages)["counts"] == .list([]))
        let none = host.refusal(.virNodeGetFreePages, ["startCell": .integer(0), "cellCount": .unsigned(1)])
        #expect(none?.code == .invalidArgument)
        #expect(none?.message.contains("must not be zero") == true)
    }

    @Test func `pages are allocated for as many sizes as counts`() throws {
        let uneven: [String: CallArguments.Argument] = ["pageSizes": .numbers([4, 8]), "pageCounts": .numbers([1])]
        #expect(host.refusal(.virNodeAllocPages, uneven)?.code == .invalidArgument)
        #expect(host.refusal(.virNodeAllocPages)?.code == .invalidArgument)
        let even: [String: CallArguments.Argument] = ["pageSizes": .numbers([2048]), "pageCounts": .numbers([1]), "cellCount": .unsigned(1)]
        #expect(host.refusal(.virNodeAllocPages, even)?.code == .noSupport)
    }

    @Test func `the version is the library's own`() throws {
        let version = try host.call(.virGetVersion)["libVer"]
        #expect(try version == host.call(.virConnectGetLibVersion)["libVer"])
    }

    @Test func `leases and secrets are not the test driver's`() throws {
        #expect(try OwnObject.network().refusal(.virNetworkGetDHCPLeases)?.code == .noSupport)
        #expect(try OwnObject.network().refusal(.virNetworkGetDHCPLeases, ["mac": .string("52:54:00:00:00:01")])?.code == .noSupport)
        #expect(host.child(.secret, ObjectName(randomUUID())).refusal(.virSecretGetValue)?.code == .noSupport)
    }

    @Test func `a volume is cloned by its name or its path`() throws {
        let pool = try OwnObject.pool()
        let volume = try pool.makeVolume("first", capacity: 4096)
        let path = try #require(try volume.value(.virStorageVolGetPath).text)
        for (name, source) in [("second", "first"), ("third", path)] {
            let xml = "<volume><name>\(name)</name><capacity>4096</capacity></volume>"
            let made = try pool.value(.virStorageVolCreateXMLFrom, ["xmlDesc": .string(xml), "clonevol": .string(source)]).identity
            #expect(made?.path == pool.path.appending(.volume, ObjectName(name)))
        }
        #expect(try pool.value(.virStoragePoolNumOfVolumes) == .integer(3))
        let refused = pool.refusal(.virStorageVolCreateXMLFrom, ["xmlDesc": .string("<volume/>"), "clonevol": .string("first")])
        #expect(refused?.code == .xmlError)
        let missing = pool.refusal(.virStorageVolCreateXMLFrom, ["xmlDesc": .string("<volume/>"), "clonevol": .string("no such")])
        #expect(missing?.isNotFound == true)
    }

    @Test(arguments: [Function.virDomainMigrate, .virDomainMigrate2, .virDomainMigrate3].map(\.name))
    func `a migration wants a connection to where it goes`(name: String) throws {
        let function = try #require(Function.all.first { $0.name == name })
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        #expect(domain.refusal(function)?.message == "dconn is missing")
        let destination = CallArguments([:], connections: ["dconn": try Connection(uri: "test:///default", readOnly: false)])
        let error = failure { () throws(LibvirtError) in
            _ = try domain.connection.withObject(domain.path) { handle throws(LibvirtError) in try function.call(on: handle, destination) }
        }
        #expect(error != nil)
        #expect(error?.message != "dconn is missing")
        #expect(try domain.state() == "running")
    }

    @Test func `every adapter is of a function that there is`() {
        #expect(Function.all.count { $0.isAdapted } >= 37)
        #expect(Function.all.allSatisfy { !$0.isAdapted || $0.object != nil })
    }
}
