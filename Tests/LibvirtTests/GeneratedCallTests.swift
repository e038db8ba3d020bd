// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

/// A call of each family that the generator knows, with what it gives.
@Suite struct GeneratedCallTests {
    @Test func `a status is its number, and a failed one libvirt's error`() throws {
        let domain = try OwnObject.domain()
        #expect(try domain.value(.virDomainCreate) == .integer(0))
        #expect(try domain.value(.virDomainIsActive) == .integer(1))
        #expect(domain.refusal(.virDomainCreate)?.code == .internalError)
    }

    @Test func `a number is signed, a size is not`() throws {
        let domain = try OwnObject.domain()
        #expect(domain.refusal(.virDomainGetMaxVcpus)?.code == .operationInvalid)
        try domain.call(.virDomainCreate)
        #expect(try domain.value(.virDomainGetMaxVcpus) == .integer(4))
        #expect(try domain.value(.virDomainGetMaxMemory) == .unsigned(1_048_576))
        let host = try OwnObject.host()
        #expect(try host.value(.virConnectGetMaxVcpus, ["type": .string("test")]) == .integer(32))
        #expect(try host.value(.virNodeGetFreeMemory) == .unsigned(3_145_728))
    }

    @Test func `a string that libvirt allocated is copied`() throws {
        let host = try OwnObject.host()
        #expect(try host.value(.virConnectGetURI) == .string("test:///default"))
        #expect(try host.value(.virConnectGetCapabilities).text?.hasPrefix("<capabilities>") == true)
        #expect(try host.value(.virConnectGetHostname).text?.isEmpty == false)
        #expect(host.refusal(.virConnectGetCapabilities) == nil)
    }

    @Test func `a string that belongs to its object is copied`() throws {
        let pool = try OwnObject.pool()
        let volume = try pool.makeVolume("disk")
        #expect(try volume.value(.virStorageVolGetName) == .string("disk"))
        #expect(try volume.value(.virStorageVolGetKey) == volume.value(.virStorageVolGetPath))
        #expect(try OwnObject.host().value(.virConnectGetType) == .string("TEST"))
        #expect(try OwnObject.host().child(.device, "scsi_host1").value(.virNodeDeviceGetParent) == .string("computer"))
    }

    @Test func `a string that libvirt does not give is its error`() throws {
        let domain = try OwnObject.domain()
        #expect(domain.refusal(.virDomainGetMetadata, ["type": .integer(0)])?.code == .noDomainMetadata)
        let hidden = OwnObject(try Connection(uri: "test:///default", readOnly: true), domain.path)
        #expect(hidden.refusal(.virDomainGetXMLDesc, ["flags": .unsigned(1)])?.code == .operationDenied)
        #expect(hidden.refusal(.virDomainGetXMLDesc) == nil)
    }

    @Test func `a domain that is off has no ID, which is no error`() throws {
        let domain = try OwnObject.domain()
        #expect(try domain.value(.virDomainGetID) == .integer(-1))
        try domain.call(.virDomainCreate)
        guard case .unsigned(let identifier) = try domain.value(.virDomainGetID) else {
            Issue.record("no ID")
            return
        }
        #expect(try OwnObject.host().call(.virConnectListDomains)["ids"]?.items.contains(.integer(Int64(identifier))) == true)
    }

    @Test func `numbers that it writes are in the order of the arguments`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        try domain.call(.virDomainSuspend)
        #expect(try domain.call(.virDomainGetState).outputs == [.init("state", .integer(3)), .init("reason", .integer(1))])
        try domain.call(.virDomainSetTime, ["seconds": .integer(1_000_000_007), "nseconds": .unsigned(13)])
        try domain.call(.virDomainResume)
        try domain.call(.virDomainSetTime, ["seconds": .integer(1_000_000_007), "nseconds": .unsigned(13)])
        #expect(try domain.call(.virDomainGetTime).outputs == [.init("seconds", .integer(1_000_000_007)), .init("nseconds", .unsigned(13))])
        #expect(try OwnObject.host().call(.virConnectGetVersion)["hvVer"] == .unsigned(2))
    }

    @Test func `a struct is its fields`() throws {
        let result = try OwnObject.host().call(.virNodeGetInfo)
        #expect(
            result.outputs == [
                .init("model", .string("i686")), .init("memory", .unsigned(3_145_728)), .init("cpus", .unsigned(16)), .init("mhz", .unsigned(1400)),
                .init("nodes", .unsigned(2)), .init("sockets", .unsigned(2)), .init("cores", .unsigned(2)), .init("threads", .unsigned(2)),
            ])
        #expect(Function.virNodeGetInfo.fields.map(\.name) == result.outputs.map(\.name))
        let model = try OwnObject.host().call(.virNodeGetSecurityModel)
        #expect(model.outputs == [.init("model", .string("testSecurity")), .init("doi", .string(""))])
        let pool = try OwnObject.pool()
        let volume = try pool.makeVolume("disk", capacity: 4096)
        #expect(try volume.call(.virStorageVolGetInfo)["capacity"] == .unsigned(4096))
        #expect(try pool.call(.virStoragePoolGetInfo)["allocation"] == .unsigned(4096))
        #expect(try pool.call(.virStoragePoolGetInfo)["state"] == .integer(2))
    }

    @Test func `a struct that is not filled is an error`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        #expect(domain.refusal(.virDomainGetBlockInfo, ["disk": .string("vdz")])?.code == .invalidArgument)
        #expect(try domain.call(.virDomainGetBlockInfo, ["disk": .string("vda")])["physical"] == .unsigned(1 << 40))
    }

    @Test func `an object that it makes is named, and belongs where its path says`() throws {
        let domain = try OwnObject.domain()
        let parent = try domain.makeSnapshot("one")
        let child = try domain.makeSnapshot("two")
        #expect(try domain.value(.virDomainSnapshotCurrent).identity?.path == child.path)
        // An object of the same kind is its sibling, not its child.
        #expect(try child.value(.virDomainSnapshotGetParent).identity?.path == parent.path)
        #expect(parent.refusal(.virDomainSnapshotGetParent)?.isNotFound == true)
    }

    @Test func `flags are handed over`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        try domain.call(.virDomainSetMemoryFlags, ["memory": .unsigned(300_000), "flags": .unsigned(2)])
        #expect(try domain.call(.virDomainGetInfo)["memory"] == .unsigned(524_288))
        let stored = try domain.value(.virDomainGetXMLDesc, ["flags": .unsigned(2)]).text
        #expect(stored?.contains("<currentMemory unit='KiB'>300000</currentMemory>") == true)
        #expect(domain.refusal(.virDomainGetXMLDesc, ["flags": .unsigned(1 << 31)])?.code == .invalidArgument)
    }

    @Test func `a function without a call says so`() throws {
        let error = try OwnObject.host().refusal(.virConnectDomainEventRegister)
        #expect(error?.code == .noSupport)
        #expect(error?.message == "virConnectDomainEventRegister cannot be called")
        #expect(!Function.virConnectDomainEventRegister.isCallable)
        #expect(Function.virDomainGetVcpus.isAdapted)
        #expect(Function.virDomainCreate.isCallable && !Function.virDomainCreate.isAdapted)
    }
}
