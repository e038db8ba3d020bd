// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
@testable import Audit
import Cluster
import Commands
import Foundation
import Inventory
import Libvirt
import Logging
import Operations
import TestSupport
import Testing

/// What stands in the audit of a command, and that nothing is done of which nothing does.
@Suite(.serialized, .timeLimit(.minutes(2))) struct AuditingTests {
    private static let host = "audited"
    /// A test host of this suite's own: the default one is all suites'.
    private static let uri = Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "audited-\(UUID().uuidString).xml")
        let domain = "<domain type='test'><name>test</name><memory>131072</memory><os><type>hvm</type></os></domain>"
        try Data("<node>\(domain)</node>".utf8).write(to: file)
        return "test://\(file.path)"
    }
    private static let cluster = Result {
        _ = CallRecorder.shared
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try Cluster([HostConfiguration(name: host, uri: uri.get())], isReadOnly: false, deadlines: .init(patience: .seconds(60)), log: log)
    }

    private let sink = MemorySink()
    private let operations: Operations

    init() async throws {
        let cluster = try Self.cluster.get()
        cluster.start()
        await cluster.settle(within: .seconds(30))
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let grants = [Grant(.admin, to: .user("ada"), on: .everything), Grant(.viewer, to: .user("vera"), on: .everything)]
        operations = Operations(
            cluster: cluster, gate: Gate(mode: .readWrite, visibility: .owner, authority: Authority(grants: grants)),
            audit: AuditLog(sink: sink, log: quiet))
    }

    private var records: [AuditRecord] { sink.lines.compactMap { AuditRecord(line: Data($0.utf8)) } }

    private func vm() throws -> VM { try #require(operations.vms(for: Caller(name: "ada")).vms.first { $0.record.name == "test" }) }

    private func run(_ name: String, _ fields: [(String, String)] = [], on target: Target? = nil, as caller: String = "ada") async -> Failure? {
        do {
            let command = try #require(CommandTable.command(name))
            let arguments = try Arguments(fields.map { (name: $0.0, text: $0.1) }, for: command)
            _ = try await operations.run(command, on: try target ?? Target(vm: try vm()), with: arguments, for: Caller(name: caller))
            return nil
        } catch let failure as Failure {
            return failure
        } catch {
            Issue.record(error)
            return nil
        }
    }

    @Test func `a command has a line before and one after, with the hashes of the domain's XML`() async throws {
        let requester = Requester(request: "r7", method: "POST", address: "192.0.2.7")
        let failure = await Requester.$current.withValue(requester) {
            await run("virDomainSetMemoryFlags", [("memory", "65536"), ("flags", "VIR_DOMAIN_AFFECT_CONFIG")])
        }
        #expect(failure == nil)
        let (begin, end) = (try #require(records.first), try #require(records.last))
        #expect(records.count == 2)
        #expect(begin.event == .command && end.event == .end && begin.id == end.id && begin.id != nil)
        #expect(begin.requester == Requester(request: "r7", caller: "ada", method: "POST", address: "192.0.2.7"))
        #expect(end.requester == begin.requester)
        let uuid = try vm().record.uuid.description
        #expect(begin.host == Self.host && begin.name == "test" && begin.uuid == uuid)
        #expect(begin.command == "virDomainSetMemoryFlags" && begin.permissions.contains("domain:write") && begin.decision == .allowed)
        #expect(begin.parameters.map(\.name) == ["memory", "flags"] && begin.parameters.first?.value == "65536")
        #expect(end.outcome == .ok && end.duration != nil && end.code == nil)
        #expect(end.before?.count == 64 && end.after?.count == 64)
    }

    @Test func `a command that fails says so with libvirt's code`() async throws {
        let failure = await run("virDomainSetMemoryFlags", [("memory", "99999999999999"), ("flags", "VIR_DOMAIN_AFFECT_CONFIG")])
        #expect(failure != nil)
        let end = try #require(records.last)
        #expect(end.event == .end && end.outcome == .failed && end.code?.hasPrefix("VIR_ERR_") == true && end.before == end.after)
    }

    @Test func `the line is there before libvirt is called, and where it cannot be written nothing is`() async throws {
        let target = Target(vm: try vm())
        let before = CallRecorder.shared.calls(to: Self.host)
        sink.fail(AuditError("full"))
        for (name, fields) in [("virDomainSuspend", []), ("virDomainSetMemory", [("memory", "65536")])] as [(String, [(String, String)])] {
            #expect(await run(name, fields, on: target)?.kind == .unavailable)
        }
        #expect(await run("virDomainGetInfo", on: target) == nil)
        #expect(CallRecorder.shared.calls(to: Self.host) == before + 1)
        #expect(records.isEmpty)
        sink.fail(nil)
        #expect(await run("virDomainSetMemoryFlags", [("memory", "65536"), ("flags", "VIR_DOMAIN_AFFECT_CONFIG")], on: target) == nil)
        #expect(records.map(\.event) == [.command, .end])
    }

    @Test func `where the disk does not take the line nothing is done`() async throws {
        let target = Target(vm: try vm())
        let before = CallRecorder.shared.calls(to: Self.host)
        sink.failToSync(AuditError("no disk"))
        #expect(await run("virDomainSuspend", on: target)?.kind == .unavailable)
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
        #expect(records.map(\.event) == [.command, .end] && records.last?.outcome == .failed)
    }

    @Test func `what the gate refuses is a line, also of reading, and what is read is none`() async throws {
        #expect(await run("virDomainGetXMLDesc") == nil)
        #expect(records.isEmpty)
        #expect(await run("virDomainSuspend", as: "vera")?.kind == .denied)
        #expect(await run("virDomainGetXMLDesc", [("flags", "VIR_DOMAIN_XML_SECURE")], as: "vera")?.kind == .denied)
        #expect(records.map(\.event) == [.denial, .denial])
        #expect(records.allSatisfy { $0.decision == .denied && $0.requester.caller == "vera" && $0.name == "test" && $0.host == Self.host })
        #expect(records.first?.command == "virDomainSuspend" && records.first?.permissions == ["domain:suspend"])
        #expect(records.last?.permissions.contains("domain:read_secure") == true)
    }

    @Test func `what one may run is no denial`() async throws {
        let vm = try vm()
        _ = operations.actions(on: Target(vm: vm), for: Caller(name: "vera"))
        #expect(records.isEmpty)
    }

    @Test func `the server's own pages are refused with a line`() {
        #expect(throws: Failure.self) { try operations.admit(.seeAudit, for: Caller(name: "vera")) }
        #expect(records.map(\.permissions) == [["hv:audit"]])
    }

    @Test func `an owner's change has two lines, with who it was and who it is`() async throws {
        let changed = try await operations.changeOwner(of: try vm(), to: "otto", for: Caller(name: "ada"))
        #expect(records.map(\.event) == [.owner, .end])
        #expect(records.first?.parameters.map(\.value) == ["nobody", "otto"])
        #expect(records.last?.outcome == .ok && records.last?.before != records.last?.after)
        _ = try await operations.changeOwner(of: changed, to: nil, for: Caller(name: "ada"))
        sink.fail(AuditError("full"))
        let calls = CallRecorder.shared.calls(to: Self.host)
        await #expect(throws: Failure.self) { try await operations.changeOwner(of: changed, to: "eve", for: Caller(name: "ada")) }
        #expect(CallRecorder.shared.calls(to: Self.host) == calls)
    }

    private static let made = "6d61646e-0000-4000-8000-000000000001"

    private func define(_ owner: String?, named name: String, uuid: String? = nil) async -> Failure? {
        let metadata = owner.map { "<metadata><o:owner xmlns:o='urn:handlervirt:owner:1'>\($0)</o:owner></metadata>" } ?? ""
        let xml =
            "<domain type='test'><name>\(name)</name>\(uuid.map { "<uuid>\($0)</uuid>" } ?? "")<memory>1024</memory>\(metadata)"
            + "<os><type>hvm</type></os></domain>"
        return await run("virDomainDefineXML", [("xml", xml)], on: Target(host: Self.host))
    }

    @Test func `a domain that is made has a hash after, and one that is made anew both, with whose it was and is`() async throws {
        for (name, uuid) in [("named", nil), ("numbered", Self.made)] {
            let first = records.count
            #expect(await define("anna", named: name, uuid: uuid) == nil)
            #expect(records.last?.before == nil && records.last?.after?.count == 64)
            #expect(records.last?.parameters.map(\.value) == ["anna"] && records.last?.parameters.first?.name == "to")
            let vm = try #require(operations.vms(for: Caller(name: "ada")).vms.first { $0.record.name == name })
            let known = vm.record.uuid.description
            #expect(await define("anna", named: name, uuid: known) == nil)
            #expect(records.last?.before?.count == 64 && records.last?.after?.count == 64 && records.last?.parameters.isEmpty == true)
            #expect(await define("otto", named: name, uuid: known) == nil)
            #expect(records.last?.parameters.map(\.value) == ["anna", "otto"] && records.last?.parameters.map(\.name) == ["from", "to"])
            #expect(records.last?.before != records.last?.after && records.last?.before != nil)
            #expect(await define(nil, named: name, uuid: known) == nil)
            #expect(records.last?.parameters.map(\.value) == ["otto", "nobody"])
            #expect(await run("virDomainUndefine", on: Target(vm: vm)) == nil)
            #expect(records.last?.before?.count == 64 && records.last?.after == nil)
            #expect(records.dropFirst(first).allSatisfy { $0.name == name && $0.outcome != .failed })
        }
    }

    @Test func `metadata that changes the owner has two lines, and the end says whose it was and is`() async throws {
        let element = "<owner xmlns='urn:handlervirt:owner:1'>anna</owner>"
        let fields = [
            ("type", "VIR_DOMAIN_METADATA_ELEMENT"), ("key", "k"), ("uri", "urn:handlervirt:owner:1"), ("flags", "VIR_DOMAIN_AFFECT_CONFIG"),
        ]
        #expect(await define(nil, named: "given", uuid: Self.made) == nil)
        let vm = try #require(operations.vms(for: Caller(name: "ada")).vms.first { $0.record.name == "given" })
        #expect(await run("virDomainSetMetadata", fields + [("metadata", element)], on: Target(vm: vm)) == nil)
        #expect(records.last?.event == .end && records.last?.parameters.map(\.value) == ["nobody", "anna"])
        _ = await run("virDomainUndefine", on: Target(vm: vm))
    }

    @Test func `what gives secrets away is told of, though it reads`() async throws {
        #expect(await run("virDomainGetXMLDesc", [("flags", "VIR_DOMAIN_XML_SECURE")]) == nil)
        #expect(records.map(\.event) == [.command, .end] && records.first?.permissions.contains("domain:read_secure") == true)
        #expect(records.first?.parameters.map(\.value) == ["VIR_DOMAIN_XML_SECURE"] && records.last?.outcome == .ok)
        let before = CallRecorder.shared.calls(to: Self.host)
        sink.fail(AuditError("full"))
        #expect(await run("virDomainGetXMLDesc", [("flags", "VIR_DOMAIN_XML_SECURE")])?.kind == .unavailable)
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
    }

    @Test func `of what may be a secret in a text nothing is written, nor what libvirt says of it`() async throws {
        for base in [#"json:{"driver":"ssh","password":"marked-secret"}"#, "http://u:marked-word@h/x http://u:marked-word@i/y"] {
            #expect(await run("virDomainBlockRebase", [("disk", "vda"), ("base", base)]) != nil)
        }
        #expect(records.count == 4 && !sink.lines.contains { $0.contains("marked-") })
        #expect(records.compactMap { $0.parameters.last?.value } == ["(48 bytes)", "http://h/x http://i/y"])
        #expect(records.filter { $0.event == .end }.allSatisfy { $0.reason == nil && $0.code != nil })
    }

    @Test func `secrets are not written, and XML as its hash`() async throws {
        let xml = "<domain type='test'><name>made</name><memory>1024</memory><os><type>hvm</type></os></domain>"
        _ = await run("virDomainDefineXML", [("xml", xml)], on: Target(host: Self.host))
        #expect(records.first?.parameters.first?.value == Digest.summary(of: Array(xml.utf8)))
        #expect(records.first?.name == "made")
        let guarded = xml.replacing("</os>", with: "</os><devices><graphics type='vnc' passwd='marked-secret'/></devices>")
        _ = await run("virDomainDefineXML", [("xml", guarded)], on: Target(host: Self.host))
        #expect(records.contains { $0.parameters.first?.value == "(\(guarded.utf8.count) bytes)" })
        _ = await run("virDomainSetUserPassword", [("user", "root"), ("password", "marked-secret")])
        _ = await run("virDomainSendKey", [("codeset", "VIR_KEYCODE_SET_LINUX"), ("holdtime", "0"), ("keycodes", "42")])
        _ = await run("virDomainSetMetadata", [("type", "VIR_DOMAIN_METADATA_TITLE"), ("metadata", "marked-secret")])
        #expect(!sink.lines.contains { $0.contains("marked-secret") })
        let values = Dictionary(records.flatMap(\.parameters).map { ($0.name, $0.value) }) { first, _ in first }
        #expect(values["password"] == "(secret)" && values["user"] == "root")
        #expect(values["keycodes"] == "(secret)")
    }
}
