// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

/// The calls that no generator writes, of a domain that runs, as far as the test driver has them.
@Suite struct DomainAdapterTests {
    private let uuid = randomUUID()
    private let domain: OwnObject

    init() throws {
        domain = try OwnObject.domain(uuid: uuid)
        try domain.call(.virDomainCreate)
    }

    private func cpus(_ numbers: Int...) -> Datum { .cpus((0..<8).map(numbers.contains)) }

    @Test func `a vCPU is pinned, and its map read back for the CPUs of the host`() throws {
        try domain.call(.virDomainSetVcpus, ["nvcpus": .unsigned(2)])
        try domain.call(.virDomainPinVcpu, ["vcpu": .unsigned(1), "cpumap": .bytes([0b0000_0101])])
        #expect(try domain.call(.virDomainGetVcpuPinInfo)["cpumaps"] == .list([cpus(0, 1, 2, 3, 4, 5, 6, 7), cpus(0, 2)]))
        #expect(try domain.call(.virDomainGetVcpuPinInfo, ["flags": .unsigned(2)])["cpumaps"]?.items.count == 1)
        #expect(domain.refusal(.virDomainPinVcpu, ["vcpu": .unsigned(9), "cpumap": .bytes([1])])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainPinVcpu, ["vcpu": .unsigned(0)])?.code == .invalidArgument)
    }

    @Test func `vCPUs are one structure each`() throws {
        try domain.call(.virDomainSetVcpus, ["nvcpus": .unsigned(3)])
        try domain.call(.virDomainPinVcpu, ["vcpu": .unsigned(2), "cpumap": .bytes([0b1000_0000])])
        let vcpus = try #require(try domain.call(.virDomainGetVcpus)["info"]).items
        #expect(vcpus.map { $0["number"] } == [.unsigned(0), .unsigned(1), .unsigned(2)])
        #expect(vcpus.allSatisfy { $0["state"] == .integer(1) })
        #expect(vcpus.last?["cpumap"] == cpus(7))
        #expect(vcpus.first?.fields.map(\.name) == ["number", "state", "cpuTime", "cpu", "cpumap"])
        try domain.call(.virDomainDestroy)
        #expect(domain.refusal(.virDomainGetVcpus)?.code == .operationInvalid)
    }

    @Test func `the emulator is pinned`() throws {
        try domain.call(.virDomainPinEmulator, ["cpumap": .bytes([0b0001_0010]), "flags": .unsigned(1)])
        #expect(try domain.call(.virDomainGetEmulatorPinInfo, ["flags": .unsigned(1)])["cpumap"] == cpus(1, 4))
        #expect(domain.refusal(.virDomainGetEmulatorPinInfo, ["flags": .unsigned(1 << 31)])?.code == .invalidArgument)
    }

    @Test func `I/O threads have numbers and CPUs`() throws {
        let threads = try #require(try domain.call(.virDomainGetIOThreadInfo)["info"]).items
        #expect(threads.map { $0["iothread_id"] } == [.unsigned(1), .unsigned(2)])
        #expect(threads.allSatisfy { if case .cpus(let cpus)? = $0["cpumap"] { cpus.contains(true) } else { false } })
    }

    @Test func `an interface and a disk have counters while the domain runs`() throws {
        let interface = try #require(try domain.call(.virDomainInterfaceStats, ["device": .string("own0")])["stats"]).fields
        #expect(interface.map(\.name) == ["rx_bytes", "rx_packets", "rx_errs", "rx_drop", "tx_bytes", "tx_packets", "tx_errs", "tx_drop"])
        let disk = try #require(try domain.call(.virDomainBlockStats, ["disk": .string("vda")])["stats"]).fields
        #expect(disk.map(\.name) == ["rd_req", "rd_bytes", "wr_req", "wr_bytes", "errs"])
        // The test driver derives its counters from the time of day, so none of them is nothing.
        #expect((interface + disk).allSatisfy { if case .integer(let count) = $0.value { count > 0 } else { false } })
        #expect(domain.refusal(.virDomainInterfaceStats, ["device": .string("own1")])?.code == .invalidArgument)
        #expect(domain.refusal(.virDomainBlockStats, ["disk": .string("vdz")])?.code == .invalidArgument)
        try domain.call(.virDomainDestroy)
        #expect(domain.refusal(.virDomainInterfaceStats, ["device": .string("own0")])?.code == .operationInvalid)
    }

    @Test func `memory statistics have names and values`() throws {
        let statistics = try #require(try domain.call(.virDomainMemoryStats)["stats"])
        #expect(statistics["VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON"] == .unsigned(524_288))
        #expect(statistics["VIR_DOMAIN_MEMORY_STAT_AVAILABLE"] == .unsigned(524_288))
        let names = statistics.fields.map(\.name)
        #expect(names.contains("VIR_DOMAIN_MEMORY_STAT_USABLE"))
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.hasPrefix("VIR_DOMAIN_MEMORY_STAT_") })
        #expect(domain.refusal(.virDomainMemoryStats, ["flags": .unsigned(1)])?.code == .invalidArgument)
    }

    @Test func `CPU statistics are of all CPUs together, or of each`() throws {
        let total = try #require(try domain.call(.virDomainGetCPUStats, ["start_cpu": .integer(-1), "ncpus": .unsigned(1)])["params"]).items
        #expect(total.map { $0.parameters.map(\.name) } == [["cpu_time", "user_time", "system_time"]])
        let each = try #require(try domain.call(.virDomainGetCPUStats, ["start_cpu": .integer(0), "ncpus": .unsigned(1)])["params"]).items
        #expect(each.map { $0.parameters.map(\.name) } == [["cpu_time", "vcpu_time"]])
        // As many as this machine has, if that is less.
        let many = try #require(try domain.call(.virDomainGetCPUStats, ["start_cpu": .integer(0), "ncpus": .unsigned(128)])["params"]).items
        #expect((1...128).contains(many.count))
        #expect(many.allSatisfy { $0.parameters.first?.name == "cpu_time" })
        #expect(domain.refusal(.virDomainGetCPUStats, ["start_cpu": .integer(99), "ncpus": .unsigned(1)])?.code == .invalidArgument)
    }

    @Test func `a security label is a text and whether it is enforced`() throws {
        #expect(try domain.call(.virDomainGetSecurityLabel).outputs == [.init("label", .string("libvirt-test")), .init("enforcing", .integer(1))])
        #expect(domain.refusal(.virDomainGetSecurityLabelList)?.code == .noSupport)
    }

    @Test func `an interface has addresses`() throws {
        let interfaces = try #require(try domain.call(.virDomainInterfaceAddresses)["ifaces"]).items
        #expect(interfaces.map { $0["name"] } == [.string("own0")])
        #expect(interfaces.first?["hwaddr"]?.text?.wholeMatch(of: /52:54:00(:[0-9a-f]{2}){3}/) != nil)
        let address = try #require(interfaces.first?["addrs"]?.items.first)
        #expect(address["type"] == .integer(0))
        // Of the network, as far from its first as the domain has a number.
        #expect(address["addr"]?.text?.hasPrefix("192.168.") == true)
        #expect(address["prefix"] == .unsigned(24))
        #expect(domain.refusal(.virDomainInterfaceAddresses, ["source": .unsigned(99)])?.code == .argumentUnsupported)
    }

    @Test func `disks with errors are named`() throws {
        let errors = try domain.call(.virDomainGetDiskErrors)["errors"]
        #expect(errors == .list([.structure([.init("disk", .string("vda")), .init("error", .integer(1))])]))
        try domain.call(.virDomainDestroy)
        #expect(domain.refusal(.virDomainGetDiskErrors)?.code == .operationInvalid)
    }

    @Test func `a domain's own statistics are its, and are among those of all`() throws {
        for result in [try domain.call(.virDomainListGetStats), try OwnObject.host().call(.virConnectGetAllDomainStats)] {
            let records = try #require(result["retStats"]).items
            let own = try #require(records.first { $0.fields.first?.value.identity?.path == domain.path })
            #expect(own.fields.count == 2)
            #expect(own["params"]?.parameters.first == TypedParameter(name: "state.state", value: .int(1)))
        }
        #expect(try domain.call(.virDomainListGetStats)["retStats"]?.items.count == 1)
        #expect(domain.refusal(.virDomainListGetStats, ["flags": .unsigned(1 << 20)])?.code == .invalidArgument)
    }

    /// The buffers are made before the call, and go with its error.
    @Test(arguments: [Function.virDomainBlockPeek, .virDomainGetJobStats, .virDomainGetBlockJobInfo].map(\.name))
    func `what the test driver does not have is an error`(name: String) throws {
        let function = try #require(Function.all.first { $0.name == name })
        let error = domain.refusal(function, ["disk": .string("vda"), "size": .unsigned(1 << 20), "flags": .unsigned(1)])
        #expect(error?.code == .noSupport)
        #expect(function.isAdapted)
    }

    @Test func `memory is read as bytes`() throws {
        let arguments: [String: CallArguments.Argument] = ["start": .unsigned(250), "size": .unsigned(10), "flags": .unsigned(1)]
        // The test driver's memory counts up.
        #expect(try domain.call(.virDomainMemoryPeek, arguments)["buffer"] == .bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3]))
        #expect(try domain.call(.virDomainMemoryPeek, ["flags": .unsigned(1)])["buffer"] == .bytes([]))
        #expect(domain.refusal(.virDomainMemoryPeek, ["size": .unsigned(10)])?.code == .invalidArgument)
    }

    @Test func `keys are sent, and file systems told`() throws {
        #expect(try domain.call(.virDomainSendKey, ["keycodes": .numbers([29, 56, 111]), "holdtime": .unsigned(10)]).returned == .none)
        #expect(domain.refusal(.virDomainSendKey, ["keycodes": .numbers([9999])])?.code == .internalError)
        #expect(domain.refusal(.virDomainSendKey)?.code == .invalidArgument)
        let systems = try #require(try domain.call(.virDomainGetFSInfo)["info"]).items
        #expect(systems.map { $0["mountpoint"] } == [.string("/"), .string("/boot")])
        #expect(systems.first?.fields.map(\.name) == ["mountpoint", "name", "fstype", "devAlias"])
        #expect(systems.first?["devAlias"] == .list([.string("vda")]))
    }

    @Test func `strings are handed over as a list, or none`() throws {
        #expect(try domain.value(.virDomainFSFreeze, ["mountpoints": .strings(["/", "/boot"])]) == .integer(2))
        #expect(try domain.value(.virDomainFSThaw) == .integer(2))
        #expect(try domain.value(.virDomainFSFreeze, ["mountpoints": .strings(["/boot"])]) == .integer(1))
        #expect(try domain.value(.virDomainFSThaw, ["mountpoints": .strings([])]) == .integer(1))
        #expect(domain.refusal(.virDomainFSFreeze, ["mountpoints": .strings(["/nosuch"])])?.code == .operationInvalid)
    }
}
