// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct DomainTests {
    @Test func `what is defined is read back`() throws {
        let uuid = randomUUID()
        let domain = try OwnObject.domain(uuid: uuid)
        #expect(try domain.value(.virDomainGetName) == .string("own-\(uuid)"))
        #expect(try domain.call(.virDomainGetUUID)["uuid"] == .bytes(#require(UUID(uuid)).bytes))
        #expect(try domain.call(.virDomainGetUUIDString)["buf"] == .string(uuid))
        #expect(try domain.value(.virDomainGetOSType) == .string("linux"))
        #expect(try domain.value(.virDomainGetMaxMemory) == .unsigned(1_048_576))
        #expect(try domain.value(.virDomainIsUpdated) == .integer(0))
        #expect(try domain.value(.virDomainIsPersistent) == .integer(1))
        #expect(try domain.value(.virDomainIsActive) == .integer(0))
        #expect(try domain.value(.virDomainGetVcpusFlags, ["flags": .unsigned(2)]) == .integer(1))
        #expect(try domain.value(.virDomainGetVcpusFlags, ["flags": .unsigned(6)]) == .integer(4))
        #expect(try domain.value(.virDomainGetXMLDesc).text?.contains("<uuid>\(uuid)</uuid>") == true)
    }

    @Test func `a domain goes through its life`() throws {
        let domain = try OwnObject.domain()
        var states = [try domain.state()]
        for function in [
            Function.virDomainCreate, .virDomainSuspend, .virDomainResume, .virDomainShutdown, .virDomainCreateWithFlags, .virDomainDestroy,
        ] {
            #expect(try domain.value(function) == .integer(0))
            states.append(try domain.state())
        }
        #expect(states == ["shutoff", "running", "paused", "running", "shutoff", "running", "shutoff"])
    }

    @Test func `the test driver does not start a domain paused`() throws {
        let domain = try OwnObject.domain()
        let error = domain.refusal(.virDomainCreateWithFlags, ["flags": .unsigned(1)])
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("unsupported flags (0x1)") == true)
        #expect(try domain.state() == "shutoff")
    }

    /// The test driver refuses most of it with an internal error, where other drivers say that the operation is invalid.
    @Test func `a state forbids what makes no sense in it`() throws {
        let domain = try OwnObject.domain()
        let refusals = [Function.virDomainDestroy, .virDomainSuspend, .virDomainResume, .virDomainShutdown].map { domain.refusal($0)?.code }
        #expect(refusals == [.operationInvalid, .internalError, .internalError, .internalError])
        try domain.call(.virDomainCreate)
        #expect(domain.refusal(.virDomainCreate)?.code == .internalError)
    }

    @Test func `an undefined domain that runs becomes transient`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        try domain.call(.virDomainUndefine)
        #expect(try domain.value(.virDomainIsActive) == .integer(1))
        #expect(try domain.value(.virDomainIsPersistent) == .integer(0))
    }

    @Test func `an undefined domain that is off is gone`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainUndefineFlags)
        #expect(domain.refusal(.virDomainGetInfo)?.code == .noDomain)
    }

    @Test func `a transient domain is gone once it is destroyed`() throws {
        let uuid = randomUUID()
        let host = try OwnObject.host()
        let made = try host.value(.virDomainCreateXML, ["xmlDesc": .string(OwnObject.domainXML(uuid: uuid))])
        #expect(made.identity?.uuid?.description == uuid)
        let domain = host.child(.domain, ObjectName(uuid), removal: [.virDomainDestroy])
        #expect(try domain.value(.virDomainIsActive) == .integer(1))
        #expect(try domain.value(.virDomainIsPersistent) == .integer(0))
        try domain.call(.virDomainDestroy)
        #expect(domain.refusal(.virDomainGetInfo)?.code == .noDomain)
    }

    @Test func `memory, vCPUs and autostart are set`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        try domain.call(.virDomainSetMemory, ["memory": .unsigned(262_144)])
        #expect(try domain.call(.virDomainGetInfo)["memory"] == .unsigned(262_144))
        try domain.call(.virDomainSetVcpus, ["nvcpus": .unsigned(3)])
        #expect(try domain.call(.virDomainGetInfo)["nrVirtCpu"] == .unsigned(3))
        try domain.call(.virDomainSetVcpusFlags, ["nvcpus": .unsigned(2), "flags": .unsigned(2)])
        #expect(try domain.value(.virDomainGetVcpusFlags, ["flags": .unsigned(2)]) == .integer(2))
        #expect(try domain.value(.virDomainGetVcpusFlags, ["flags": .unsigned(1)]) == .integer(3))
        for autostart in [1, 0] as [Int64] {
            try domain.call(.virDomainSetAutostart, ["autostart": .integer(autostart)])
            #expect(try domain.call(.virDomainGetAutostart)["autostart"] == .integer(autostart))
        }
        #expect(domain.refusal(.virDomainSetVcpus, ["nvcpus": .unsigned(1000)])?.code == .invalidArgument)
    }

    @Test func `a domain is renamed, and its path stays`() throws {
        let domain = try OwnObject.domain()
        let name = "renamed-\(randomUUID())"
        #expect(try domain.value(.virDomainRename, ["new_name": .string(name)]) == .integer(0))
        #expect(try domain.value(.virDomainGetName) == .string(name))
    }
}
