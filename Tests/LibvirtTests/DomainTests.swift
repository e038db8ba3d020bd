// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Libvirt
import Testing

@Suite struct DomainTests {
    @Test func `what is defined is read back`() throws {
        let uuid = OwnDomain.uuid()
        try OwnDomain.with(uuid: uuid) { domain throws(LibvirtError) in
            let (name, bytes, text, identifier) = (try domain.name(), try domain.uuid(), try domain.uuidString(), try domain.identifier())
            #expect(name == "own-\(uuid)")
            #expect(bytes.description == uuid)
            #expect(text == uuid)
            #expect(identifier == nil)

            let (info, state, xml) = (try domain.info(), try domain.state(), try domain.xml())
            #expect(info.state == 5)
            #expect(info.maximumMemory == 1_048_576)
            #expect(info.memory == 524_288)
            #expect(info.vcpus == 1)
            // The test driver's CPU time is the time of day, in nanoseconds.
            #expect(abs(Double(info.cpuTime) / 1e9 - Date().timeIntervalSince1970) < 60)
            #expect(state.name == "VIR_DOMAIN_SHUTOFF")
            #expect(xml.contains("<uuid>\(uuid)</uuid>"))

            let (type, maximum, updated, persistent) =
                (try domain.osType(), try domain.maximumMemory(), try domain.isUpdated(), try domain.isPersistent())
            #expect(type == "linux")
            #expect(maximum == 1_048_576)
            #expect(!updated)
            #expect(persistent)

            let (current, limit) = (try domain.vcpus(flags: 2), try domain.vcpus(flags: 6))
            #expect(current == 1)
            #expect(limit == 4)
        }
    }

    @Test func `a domain goes through its life`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            var states = [try domain.state().text]
            try domain.create()
            let identifier = try domain.identifier()
            states.append(try domain.state().text)
            try domain.suspend()
            states.append(try domain.state().text)
            try domain.resume()
            states.append(try domain.state().text)
            try domain.shutdown()
            states.append(try domain.state().text)
            try domain.create(flags: 0)
            states.append(try domain.state().text)
            try domain.destroy()
            states.append(try domain.state().text)
            #expect(states == ["shutoff", "running", "paused", "running", "shutoff", "running", "shutoff"])
            #expect(identifier != nil)
        }
    }

    @Test func `the test driver does not start a domain paused`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            let error = failure { () throws(LibvirtError) in try domain.create(flags: 1) }
            let active = try domain.isActive()
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("unsupported flags (0x1)") == true)
            #expect(!active)
        }
    }

    /// The test driver refuses most of it with an internal error, where other drivers say that the operation is invalid.
    @Test func `a state forbids what makes no sense in it`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            let refusals = [
                failure { () throws(LibvirtError) in try domain.destroy() }, failure { () throws(LibvirtError) in try domain.suspend() },
                failure { () throws(LibvirtError) in try domain.resume() }, failure { () throws(LibvirtError) in try domain.shutdown() },
            ]
            #expect(refusals.map(\.?.code) == [.operationInvalid, .internalError, .internalError, .internalError])
            try domain.create()
            let again = failure { () throws(LibvirtError) in try domain.create() }
            #expect(again?.code == .internalError)
        }
    }

    @Test func `an undefined domain that runs becomes transient`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            try domain.create()
            try domain.undefine()
            let (active, persistent) = (try domain.isActive(), try domain.isPersistent())
            #expect(active)
            #expect(!persistent)
        }
    }

    @Test func `an undefined domain that is off is gone`() throws {
        let uuid = OwnDomain.uuid()
        let connection = try Connection(uri: "test:///default", readOnly: true)
        try OwnDomain.with(uuid: uuid) { domain throws(LibvirtError) in
            try domain.undefine(flags: 0)
            let error = failure { () throws(LibvirtError) in try connection.withDomain(named: "own-\(uuid)") { _ in } }
            #expect(error?.code == .noDomain)
        }
    }

    @Test func `memory, vCPUs and autostart are set`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            try domain.create()
            try domain.setMemory(262_144)
            let memory = try domain.info().memory
            #expect(memory == 262_144)
            try domain.setVcpus(3)
            let vcpus = try domain.info().vcpus
            #expect(vcpus == 3)
            try domain.setVcpus(2, flags: 2)
            let stored = try domain.vcpus(flags: 2)
            #expect(stored == 2)
            try domain.setAutostart(1)
            let on = try domain.autostart()
            try domain.setAutostart(0)
            let off = try domain.autostart()
            #expect(on)
            #expect(!off)
            let tooMany = failure { () throws(LibvirtError) in try domain.setVcpus(1000) }
            #expect(tooMany != nil)
        }
    }

    @Test func `the scheduler has a type and parameters`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            try domain.create()
            let (type, count) = try domain.schedulerType()
            #expect(type == "fair")
            #expect(count == 1)
            let parameters = try domain.schedulerParameters()
            #expect(parameters.map(\.name) == ["weight"])
            #expect(parameters.map(\.value) == [.uint(50)])
            // libvirt adds VIR_TYPED_PARAM_STRING_OKAY to the flags, and its test driver does not know it.
            let withFlags = failure { () throws(LibvirtError) in _ = try domain.schedulerParameters(flags: 0) }
            #expect(withFlags?.code == .invalidArgument)
            #expect(withFlags?.message.contains("unsupported flags (0x4)") == true)
        }
    }

    @Test func `an interface and a disk have counters while the domain runs`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            let off = failure { () throws(LibvirtError) in _ = try domain.interfaceStatistics(device: "own0") }
            #expect(off?.code == .operationInvalid)
            try domain.create()
            let interface = try domain.interfaceStatistics(device: "own0").map(\.name)
            #expect(
                interface == ["rx_bytes", "rx_packets", "rx_errs", "rx_drop", "tx_bytes", "tx_packets", "tx_errs", "tx_drop"])
            let disk = try domain.blockStatistics(disk: "vda").map(\.name)
            #expect(disk.starts(with: ["rd_req", "rd_bytes", "wr_req", "wr_bytes"]))
            let missing = [
                failure { () throws(LibvirtError) in _ = try domain.interfaceStatistics(device: "own1") },
                failure { () throws(LibvirtError) in _ = try domain.blockStatistics(disk: "vdz") },
            ]
            #expect(missing.map(\.?.code) == [.invalidArgument, .invalidArgument])
        }
    }

    @Test func `memory statistics have tags and values`() throws {
        try OwnDomain.with { domain throws(LibvirtError) in
            try domain.create()
            let statistics = try domain.memoryStatistics()
            let names = statistics.map { Enumeration.virDomainMemoryStatTags.name(of: Int64($0.tag)) }
            #expect(names.contains("VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON"))
            #expect(!names.contains(nil))
            #expect(Set(names).count == names.count)
            #expect(statistics.first { $0.tag == 6 }?.value == 524_288)
        }
    }
}
