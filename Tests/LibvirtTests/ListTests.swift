// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct ListTests {
    @Test func `a list of objects holds each once, with its path`() throws {
        let pool = try OwnObject.pool()
        let volumes = try ["a", "b", "c d"].map { name throws(LibvirtError) in try pool.makeVolume(name) }
        let found = try #require(try pool.call(.virStoragePoolListAllVolumes)["vols"]).items.compactMap(\.identity)
        #expect(Set(found.map(\.path)) == Set(volumes.map(\.path)))
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.uuid == nil && $0.name == $0.path.steps.last?.key })
    }

    @Test func `a list of objects of the host has their UUIDs`() throws {
        let (uuid, name) = (randomUUID(), "own-\(randomUUID())")
        let network = try OwnObject.network(name: name, uuid: uuid)
        let found = try #require(try network.owner(.virConnectListAllNetworks)["nets"]).items.compactMap(\.identity)
        let own = try #require(found.first { $0.path == network.path })
        #expect(own.uuid?.description == uuid)
        #expect(own.name == ObjectName(name))
        let domain = try OwnObject.domain(uuid: uuid)
        let domains = try #require(try domain.owner(.virConnectListAllDomains)["domains"]).items.compactMap(\.identity)
        #expect(domains.count { $0.path == domain.path } == 1)
    }

    @Test func `an empty list is empty, and one that is refused an error`() throws {
        let domain = try OwnObject.domain()
        #expect(try domain.call(.virDomainListAllSnapshots)["snaps"] == .list([]))
        #expect(try domain.call(.virDomainGetMessages)["msgs"] == .list([]))
        #expect(try domain.call(.virDomainSnapshotListNames)["names"] == .list([]))
        #expect(domain.refusal(.virDomainListAllSnapshots, ["flags": .unsigned(1 << 31)])?.code == .invalidArgument)
        let host = try OwnObject.host()
        #expect(host.refusal(.virConnectListAllSecrets)?.code == .noSupport)
        #expect(host.refusal(.virConnectListSecrets)?.code == .noSupport)
    }

    @Test func `a list of strings is theirs`() throws {
        let models = try #require(try OwnObject.host().call(.virConnectGetCPUModelNames, ["arch": .string("x86_64")])["models"]).items
        #expect(models.count > 10)
        #expect(models.allSatisfy { $0.text?.isEmpty == false })
        #expect(models.contains(.string("Haswell")))
        #expect(try OwnObject.host().refusal(.virConnectGetCPUModelNames, ["arch": .string("nosuch")])?.code == .invalidArgument)
        let device = try OwnObject.host().child(.device, "scsi_host1")
        #expect(try device.call(.virNodeDeviceListCaps)["names"] == .list([.string("scsi_host")]))
    }

    /// The room for the first round holds 256.
    @Test(arguments: [0, 1, 255, 256, 257, 300]) func `names are all there, however many`(count: Int) throws {
        let pool = try OwnObject.pool()
        let names = (0..<count).map { "volume \($0)" }
        let volumes = try names.map { name throws(LibvirtError) in try pool.makeVolume(name, capacity: 1) }
        let found = try #require(try pool.call(.virStoragePoolListVolumes)["names"]).items
        #expect(found.count == count)
        #expect(Set(found.compactMap(\.text)) == Set(names))
        #expect(try pool.value(.virStoragePoolNumOfVolumes) == .integer(Int64(count)))
        #expect(volumes.count == count)
    }

    @Test func `names of children are a list`() throws {
        let domain = try OwnObject.domain()
        let root = try domain.makeSnapshot("root")
        let leaf = try domain.makeSnapshot("leaf")
        #expect(try root.call(.virDomainSnapshotListChildrenNames)["names"] == .list([.string("leaf")]))
        #expect(try root.value(.virDomainSnapshotNumChildren) == .integer(1))
        #expect(try root.call(.virDomainSnapshotListAllChildren)["snaps"]?.items.compactMap(\.identity?.path) == [leaf.path])
        #expect(Set(try #require(try domain.call(.virDomainSnapshotListNames)["names"]).items) == [.string("root"), .string("leaf")])
    }

    @Test func `the IDs of running domains are numbers`() throws {
        let domain = try OwnObject.domain()
        let before = try #require(try domain.owner(.virConnectListDomains)["ids"]).items
        try domain.call(.virDomainCreate)
        let after = try #require(try domain.owner(.virConnectListDomains)["ids"]).items
        #expect(before.contains(.integer(1)))
        guard case .unsigned(let identifier) = try domain.value(.virDomainGetID) else {
            Issue.record("no ID")
            return
        }
        #expect(after.contains(.integer(Int64(identifier))))
        #expect(!before.contains(.integer(Int64(identifier))))
    }
}

extension OwnObject {
    /// Calls a function of the host.
    fileprivate func owner(_ function: Function) throws(LibvirtError) -> CallResult { try OwnObject(connection, ObjectPath([])).call(function) }
}
