// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct TypedParameterTests {
    private func parameters(_ domain: OwnObject, _ function: Function, _ values: [String: CallArguments.Argument] = [:]) throws -> [TypedParameter] {
        try #require(try domain.call(function, values)["params"]).parameters
    }

    @Test func `the scheduler has a type and parameters`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        let type = try domain.call(.virDomainGetSchedulerType)
        #expect(type.returned == .string("fair"))
        #expect(type["nparams"] == .integer(1))
        #expect(try parameters(domain, .virDomainGetSchedulerParameters) == [TypedParameter(name: "weight", value: .uint(50))])
        // libvirt adds VIR_TYPED_PARAM_STRING_OKAY to the flags, and its test driver does not know it.
        let withFlags = domain.refusal(.virDomainGetSchedulerParametersFlags)
        #expect(withFlags?.code == .invalidArgument)
        #expect(withFlags?.message.contains("unsupported flags (0x4)") == true)
    }

    /// Every type but double, which no function of the test driver has.
    @Test func `parameters of each type are read`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        #expect(try parameters(domain, .virDomainGetNumaParameters).first == TypedParameter(name: "numa_mode", value: .int(0)))
        let blkio = try parameters(domain, .virDomainGetBlkioParameters)
        #expect(blkio.first == TypedParameter(name: "weight", value: .uint(0)))
        #expect(blkio.contains(TypedParameter(name: "device_weight", value: .string(""))))
        let limits = try parameters(domain, .virDomainGetMemoryParameters)
        #expect(limits.map(\.name) == ["hard_limit", "soft_limit", "swap_hard_limit"])
        #expect(limits.allSatisfy { $0.value == .ullong(9_007_199_254_740_991) })
        let events = try parameters(domain, .virDomainGetPerfEvents)
        #expect(events.contains(TypedParameter(name: "cpu_cycles", value: .boolean(false))))
        #expect(events.count > 10)
    }

    @Test func `parameters that are handed over are stored`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        let limits: [TypedParameter] = [.init(name: "hard_limit", value: .ullong(900_000)), .init(name: "soft_limit", value: .ullong(800_000))]
        try domain.call(.virDomainSetMemoryParameters, ["params": .parameters(limits)])
        #expect(try parameters(domain, .virDomainGetMemoryParameters).prefix(2) == limits[...])
        let bandwidth = TypedParameter(name: "inbound.average", value: .uint(1234))
        try domain.call(.virDomainSetInterfaceParameters, ["device": .string("own0"), "params": .parameters([bandwidth])])
        #expect(try parameters(domain, .virDomainGetInterfaceParameters, ["device": .string("own0")]).contains(bandwidth))
        let tuning: [TypedParameter] = [
            .init(name: "total_bytes_sec", value: .ullong(1000)), .init(name: "total_bytes_sec_max", value: .ullong(2000)),
        ]
        try domain.call(.virDomainSetBlockIoTune, ["disk": .string("vda"), "params": .parameters(tuning)])
        #expect(Set(try parameters(domain, .virDomainGetBlockIoTune, ["disk": .string("vda")])).isSuperset(of: tuning))
        let nodes: [TypedParameter] = [.init(name: "numa_mode", value: .int(2)), .init(name: "numa_nodeset", value: .string("0-1"))]
        try domain.call(.virDomainSetNumaParameters, ["params": .parameters(nodes), "flags": .unsigned(2)])
        #expect(try parameters(domain, .virDomainGetNumaParameters, ["flags": .unsigned(2)]) == nodes)
    }

    @Test func `parameters that do not fit are refused, and none are missing`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        let unknown = TypedParameter(name: "no_such", value: .ullong(1))
        #expect(domain.refusal(.virDomainSetMemoryParameters, ["params": .parameters([unknown])])?.code == .argumentUnsupported)
        let wrong = TypedParameter(name: "hard_limit", value: .string("many"))
        #expect(domain.refusal(.virDomainSetMemoryParameters, ["params": .parameters([wrong])])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainSetMemoryParameters, ["params": .parameters([])])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainSetMemoryParameters)?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainGetInterfaceParameters, ["device": .string("own9")])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainGetBlockIoTune, ["disk": .string("vdz")])?.code == .invalidArgument)
    }

    /// Here those of the performance events; `virDomainGetMemoryParameters` has the older form, where the caller makes the room.
    @Test func `parameters that libvirt allocates are read`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainSetPerfEvents, ["params": .parameters([.init(name: "cpu_cycles", value: .boolean(true))])])
        #expect(try parameters(domain, .virDomainGetPerfEvents).filter { $0.value == .boolean(true) }.map(\.name) == ["cpu_cycles"])
        #expect(domain.refusal(.virDomainGetPerfEvents, ["flags": .unsigned(1 << 31)])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainGetGuestVcpus)?.code == .noSupport)
    }

    @Test func `scheduler parameters are set`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        let weight = TypedParameter(name: "weight", value: .uint(50))
        #expect(try domain.value(.virDomainSetSchedulerParameters, ["params": .parameters([weight])]) == .integer(0))
        let wrong = TypedParameter(name: "weight", value: .llong(50))
        #expect(domain.refusal(.virDomainSetSchedulerParameters, ["params": .parameters([wrong])])?.code == .invalidArgument)
    }
}
