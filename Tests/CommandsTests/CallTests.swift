// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@testable import Commands

@Suite struct CallTests {
    /// Reading commands that can be run without parameters.
    static let plain = CommandTable.all.filter { command in
        command.isReading && command.parameters.allSatisfy { !$0.isRequired } && command.name != unsupported
    }
    /// libvirt adds VIR_TYPED_PARAM_STRING_OKAY to its flags, and the test driver does not know it.
    private static let unsupported = "virDomainGetSchedulerParametersFlags"

    /// Runs a command, one of a domain on a running one of its own.
    private func run(_ name: String, _ given: [(name: String, text: String)] = []) throws -> Value {
        let command = try #require(CommandTable.command(name))
        let arguments = try Arguments(given, for: command)
        let connection = try Connection(uri: "test:///default", readOnly: false)
        switch command.call {
        case .host(let call): return try call(connection, arguments)
        case .domain(let call):
            let result = try connection.createDomain(xml: Self.xml(), flags: 0) { domain throws(LibvirtError) -> Result<Value, CommandError> in
                defer { try? domain.destroy() }
                do throws(CommandError) { return .success(try call(domain, arguments)) } catch { return .failure(error) }
            }
            return try result.get()
        }
    }

    private static func xml() -> String {
        """
        <domain type='test'><name>call-\(UInt64.random(in: 0...UInt64.max))</name><memory>1024</memory><vcpu>2</vcpu><os><type>hvm</type></os>
        <devices><disk type='file'><source file='/nowhere'/><target dev='vda'/></disk></devices></domain>
        """
    }

    @Test(arguments: plain.map(\.name)) func `a command that reads gives a value`(name: String) throws {
        #expect(try run(name) != .none)
    }

    @Test func `a structure has the fields of the C one, with units`() throws {
        guard case .structure(let fields) = try run("virDomainGetInfo") else {
            Issue.record("no structure")
            return
        }
        #expect(fields.map(\.name) == ["state", "maxMem", "memory", "nrVirtCpu", "cpuTime"])
        #expect(fields[0].value == .enumeration(name: "VIR_DOMAIN_RUNNING", 1))
        #expect(fields[1].value == .unsigned(1024, .kibibytes))
        #expect(fields[3].value == .unsigned(2))
    }

    @Test func `counters of bytes have a unit and counts have none`() throws {
        guard case .structure(let fields) = try run("virDomainBlockStats", [("disk", "vda")]) else {
            Issue.record("no structure")
            return
        }
        #expect(fields.contains { $0.name == "rd_bytes" && $0.value == .integer(value(of: $0), .bytes) })
        #expect(fields.contains { $0.name == "rd_req" && $0.value == .integer(value(of: $0)) })
    }

    private func value(of field: Value.Field) -> Int64 {
        guard case .integer(let number, _) = field.value else { return -1 }
        return number
    }

    @Test func `scheduler parameters have libvirt's names and types`() throws {
        #expect(try run("virDomainGetSchedulerParameters") == .structure([.init("weight", .unsigned(50))]))
        #expect(try run("virDomainGetSchedulerType") == .structure([.init("type", .string("fair")), .init("nparams", .integer(1))]))
    }

    @Test func `a command that changes something gives nothing but success`() throws {
        #expect(try run("virDomainSuspend") == .none)
        #expect(try run("virDomainSetMemory", [("memory", "512")]) == .none)
    }

    @Test func `what the test driver does not support is libvirt's error`() throws {
        let error = #expect(throws: CommandError.self) { try run(Self.unsupported) }
        guard case .libvirt(let reason)? = error else {
            Issue.record("not libvirt's: \(String(describing: error))")
            return
        }
        #expect(reason.code == .invalidArgument)
        #expect(reason.message.contains("unsupported flags (0x4)"))
    }

    @Test func `what libvirt refuses is thrown as it said it`() throws {
        let error = #expect(throws: CommandError.self) { try run("virDomainResume") }
        guard case .libvirt(let reason)? = error else {
            Issue.record("not libvirt's: \(String(describing: error))")
            return
        }
        #expect(reason.code == .internalError)
    }

    @Test func `defining a domain gives its identity`() throws {
        // Open all the while: the test driver forgets its domains when its last connection closes.
        let connection = try Connection(uri: "test:///default", readOnly: false)
        let xml = Self.xml()
        guard case .domain(let identity) = try run("virDomainDefineXML", [("xml", xml)]) else {
            Issue.record("no domain")
            return
        }
        defer { try? connection.withDomain(named: identity.name) { domain throws(LibvirtError) in try domain.undefine() } }
        #expect(xml.contains("<name>\(identity.name)</name>"))
        #expect(identity.owner == nil)
        let uuid = try connection.withDomain(named: identity.name) { domain throws(LibvirtError) in try domain.uuidString() }
        #expect(identity.uuid == uuid)
    }
}
