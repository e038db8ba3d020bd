// SPDX-License-Identifier: GPL-2.0-or-later
@testable import Libvirt
import Testing
import XML

@testable import Commands

@Suite struct CallTests {
    /// Reading commands of hosts and domains that can be run without parameters.
    static let plain = CommandTable.all.filter { command in
        command.isReading && [.connection, .domain].contains(command.object) && command.parameters.allSatisfy { !$0.isRequired }
    }

    /// What libvirt says of a domain or of a connection without it, or of the test driver, which lacks some functions and some flags.
    private static let excuses: Set<LibvirtError.Code> = [.noSupport, .noDomainMetadata]

    @Test(arguments: plain.map(\.name)) func `a command that reads gives a value, or is refused for what the test driver lacks`(name: String) throws {
        let domain = try OwnDomain()
        do {
            #expect(try domain.run(name) != .none || name == "virDomainGetBlockJobInfo")
        } catch CommandError.libvirt(let error) {
            let isExcused = Self.excuses.contains(error.code) || error.isNotFound || error.message.contains("unsupported flags (0x4)")
            #expect(isExcused, "\(error)")
        }
    }

    @Test func `most commands that read give a value`() throws {
        let domain = try OwnDomain()
        let answered = Self.plain.count { (try? domain.run($0.name)) != nil }
        #expect(answered >= 70, "of \(Self.plain.count)")
    }

    @Test func `a structure has the fields of the C one, with units`() throws {
        let info = try OwnDomain().run("virDomainGetInfo")
        #expect(info.fieldNames == ["state", "maxMem", "memory", "nrVirtCpu", "cpuTime"])
        #expect(info["state"] == .enumeration(name: "VIR_DOMAIN_RUNNING", 1))
        #expect(info["maxMem"] == .unsigned(1024, .kibibytes))
        #expect(info["nrVirtCpu"] == .unsigned(2))
        guard case .unsigned(_, let unit)? = info["cpuTime"] else {
            Issue.record("no time")
            return
        }
        #expect(unit == .nanoseconds)
    }

    @Test func `numbers have the units that libvirt's texts name`() throws {
        let domain = try OwnDomain()
        #expect(try domain.run("virDomainGetMaxMemory") == .unsigned(1024, .kibibytes))
        let node = try domain.run("virNodeGetInfo")
        #expect(node["memory"] == .unsigned(3_145_728, .kibibytes))
        #expect(node["mhz"] == .unsigned(1400, .megahertz))
        #expect(node["model"] == .string("i686"))
        #expect(try domain.run("virNodeGetFreeMemory") == .unsigned(3_145_728, .bytes))
        #expect(try domain.run("virDomainGetBlockInfo", [("disk", "vda")])["physical"] == .unsigned(1 << 40, .bytes))
        #expect(try domain.run("virDomainMemoryStats")["VIR_DOMAIN_MEMORY_STAT_SWAP_IN"] == .unsigned(0, .kibibytes))
        #expect(try domain.run("virDomainGetMemoryParameters")["hard_limit"] == .unsigned(9_007_199_254_740_991, .kibibytes))
    }

    @Test func `enums, truths and versions are said in words`() throws {
        let domain = try OwnDomain()
        let state = try domain.run("virDomainGetState")
        #expect(
            state
                == .structure([
                    .init("state", .enumeration(name: "VIR_DOMAIN_RUNNING", 1)), .init("reason", .enumeration(name: "VIR_DOMAIN_RUNNING_BOOTED", 1)),
                ]))
        try domain.run("virDomainSuspend")
        #expect(try domain.run("virDomainGetState")["reason"] == .enumeration(name: "VIR_DOMAIN_PAUSED_USER", 1))
        #expect(try domain.run("virDomainGetControlInfo")["state"] == .enumeration(name: "VIR_DOMAIN_CONTROL_OK", 0))
        #expect(try domain.run("virDomainGetVcpus").items.first?["state"] == .enumeration(name: "VIR_VCPU_RUNNING", 1))
        let faulty = Value.structure([.init("disk", .string("vda")), .init("error", .enumeration(name: "VIR_DOMAIN_DISK_ERROR_UNSPEC", 1))])
        #expect(try domain.run("virDomainGetDiskErrors") == .list([faulty]))
        #expect(try domain.run("virDomainIsActive") == .boolean(true))
        #expect(try domain.run("virDomainGetAutostart") == .boolean(false))
        #expect(try domain.run("virDomainGetSecurityLabel")["enforcing"] == .boolean(true))
        #expect(try domain.run("virConnectIsSecure") == .boolean(true))
        #expect(try domain.run("virConnectGetVersion") == .version(2))
        guard case .version(let version) = try domain.run("virConnectGetLibVersion") else {
            Issue.record("no version")
            return
        }
        #expect(version >= 9_000_000)
    }

    @Test func `CPUs are a set, and what is returned beside them a field`() throws {
        let domain = try OwnDomain()
        #expect(try domain.run("virDomainGetVcpuPinInfo") == .list([.cpus(#require(CPUSet("0-7"))), .cpus(#require(CPUSet("0-7")))]))
        let map = try domain.run("virNodeGetCPUMap")
        #expect(map["cpus"] == .integer(8))
        guard case .cpus(let online)? = map["cpumap"] else {
            Issue.record("no CPUs")
            return
        }
        #expect(online.description == "0,2,4")
    }

    @Test func `counters of bytes have a unit and counts have none`() throws {
        let statistics = try OwnDomain().run("virDomainBlockStats", [("disk", "vda")])
        #expect(statistics.fieldNames == ["rd_req", "rd_bytes", "wr_req", "wr_bytes", "errs"])
        for (name, unit) in [("rd_bytes", .bytes), ("rd_req", nil), ("errs", nil)] as [(String, Commands.Unit?)] {
            guard case .integer(_, let found)? = statistics[name] else {
                Issue.record("no number: \(name)")
                continue
            }
            #expect(found == unit, "\(name)")
        }
    }

    @Test func `scheduler parameters have libvirt's names and types`() throws {
        let domain = try OwnDomain()
        #expect(try domain.run("virDomainGetSchedulerParameters") == .structure([.init("weight", .unsigned(50))]))
        #expect(try domain.run("virDomainGetSchedulerType") == .structure([.init("type", .string("fair")), .init("nparams", .integer(1))]))
    }

    @Test func `XML is a fragment, and text that only speaks of it is text`() throws {
        let domain = try OwnDomain()
        guard case .xml(let fragment) = try domain.run("virDomainGetXMLDesc") else {
            Issue.record("no XML")
            return
        }
        #expect(fragment.text.hasPrefix("<domain type='test'"))
        #expect(try command("virConnectDomainXMLToNative").value(of: result(.string("not XML"))) == .string("not XML"))
        #expect(throws: CommandError.self) { try command("virDomainGetXMLDesc").value(of: result(.string("<domain"))) }
    }

    private func result(_ datum: Datum) -> CallResult { CallResult(datum) }

    @Test func `a command that changes something gives nothing but success`() throws {
        let domain = try OwnDomain()
        #expect(try domain.run("virDomainSuspend") == .none)
        #expect(try domain.run("virDomainSetMemory", [("memory", "512")]) == .none)
        #expect(try domain.run("virDomainGetInfo")["memory"] == .unsigned(512, .kibibytes))
    }

    @Test func `what libvirt refuses is thrown as it said it`() throws {
        let domain = try OwnDomain()
        let codes =
            [("virDomainResume", [], .internalError), ("virDomainGetSchedulerParametersFlags", [], .invalidArgument)]
            as [(String, Given, LibvirtError.Code)]
        for (name, given, code) in codes {
            let error = #expect(throws: CommandError.self) { try domain.run(name, given) }
            guard case .libvirt(let reason)? = error else {
                Issue.record("not libvirt's: \(String(describing: error))")
                continue
            }
            #expect(reason.code == code)
        }
    }

    @Test func `defining a domain gives its identity`() throws {
        let xml = OwnDomain.xml()
        // Open all the while: the test driver forgets its domains when its last connection closes.
        let connection = try Connection(uri: "test:///default", readOnly: false)
        guard case .object(let link) = try OwnDomain.run("virDomainDefineXML", [("xml", xml)], on: ObjectPath([]), of: connection) else {
            Issue.record("no domain")
            return
        }
        defer { _ = try? OwnDomain.run("virDomainUndefine", on: link.identity.path, of: connection) }
        #expect(xml.contains("<name>\(link.identity.name)</name>"))
        #expect(link.owner == nil)
        let uuid = try OwnDomain.run("virDomainGetUUIDString", on: link.identity.path, of: connection)
        #expect(link.identity.uuid.map { .string($0.description) } == uuid)
    }
}
