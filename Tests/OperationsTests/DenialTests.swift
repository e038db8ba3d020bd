// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Cluster
import Commands
@testable import Inventory
import Libvirt
import Logging
import Operations
import TestSupport
import Testing

/// Who is refused makes no call to libvirt.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DenialTests {
    private static let host = "denials"
    private static let cluster = Result {
        _ = CallRecorder.shared
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try Cluster(
            [HostConfiguration(name: host, uri: "test:///default")], isReadOnly: false, deadlines: .init(patience: .seconds(60)), log: log)
    }

    private func operations() async throws -> Operations {
        let cluster = try Self.cluster.get()
        cluster.start()
        await cluster.settle(within: .seconds(30))
        let seeing = Role(name: "seeing", permissions: ["*:getattr"].compactMap(PermissionPattern.init))
        let everywhere = try #require(TextPattern("*"))
        let web = try #require(Scope("vm:web-*"))
        let grants = [
            Grant(.ownerXML, to: .user("anna"), on: web), Grant(seeing, to: .user("anna"), on: .hosts(everywhere)),
            Grant(.viewer, to: .user("vera"), on: .everything),
            Grant(seeing, to: .user("sam"), on: .everything),
        ]
        return Operations(
            cluster: cluster, gate: Gate(mode: .readWrite, visibility: .owner, authority: Authority(grants: grants)),
            audit: AuditLog(sink: MemorySink()))
    }

    /// An object of a kind as it could be; none of these is asked for anything.
    private func target(_ kind: ObjectKind) throws -> Target {
        let vm = VM(
            record: DomainRecord(uuid: try #require(UUID("6695eb01-f6a4-8304-79aa-97f2502e193f")), name: "test"), host: Self.host,
            ownership: .user("anna"))
        switch kind {
        case .connection: return Target(host: Self.host)
        case .domain: return Target(vm: vm)
        default:
            var path = ObjectPath([])
            var kinds = [kind]
            while let parent = kinds.first?.parent, parent != .connection { kinds.insert(parent, at: 0) }
            for kind in kinds { path = path.appending(kind, ObjectName(kind == .domain ? vm.record.uuid.description : "x")) }
            let record = ObjectRecord(
                identity: ObjectIdentity(path: path, name: ObjectName("x"), uuid: nil), isActive: true, isPersistent: true, fields: [])
            return Target(record, host: Self.host, vm: kinds.first == .domain ? vm : nil)
        }
    }

    @Test(arguments: ObjectKind.allCases) func `a command that is refused is not run, whatever it is given`(kind: ObjectKind) async throws {
        let operations = try await operations()
        let target = try target(kind)
        let before = CallRecorder.shared.calls(to: Self.host)
        var refused = 0
        for command in CommandTable.commands(of: kind) {
            let arguments = try Arguments(Samples.fields(of: command), raw: Samples.bytes(of: command), for: command)
            for name in ["vera", "sam", "nobody-knows"] {
                let caller = operations.gate.authority.caller(named: name)
                let permissions = command.permissions(for: arguments) + command.filters
                guard !(name == "vera" && permissions.allSatisfy(\.isReading)), !(name == "sam" && permissions.allSatisfy { $0.action == "getattr" })
                else { continue }
                let failure = await Result { () async throws(Failure) in try await operations.run(command, on: target, with: arguments, for: caller) }
                    .failure
                #expect(
                    failure?.kind == .denied || (name == "nobody-knows" && failure?.kind == .notFound),
                    "\(command.name) for \(name): \(failure?.message ?? "done")")
                refused += 1
            }
        }
        #expect(refused >= CommandTable.commands(of: kind).count)
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
    }

    @Test(
        arguments: [
            ("virDomainRename", ["new_name": "web-1"], "more"),
            (
                "virDomainSetMetadata", ["type": "VIR_DOMAIN_METADATA_ELEMENT", "key": "k", "uri": "urn:handlervirt:owner:1", "metadata": "<o/>"],
                "hv:owner"
            ),
            (
                "virDomainSetMetadata",
                ["type": "VIR_DOMAIN_METADATA_ELEMENT", "key": "k", "uri": "urn:x", "metadata": "<o xmlns='urn:handler&#118;irt:owner:1'>eve</o>"],
                "hv:owner"
            ),
        ])
    func `an owner gets no more by what he may do with his own`(name: String, fields: [String: String], reason: String) async throws {
        let operations = try await operations()
        let command = try #require(CommandTable.command(name))
        let arguments = try Arguments(fields.map { (name: $0.key, text: $0.value) }, for: command)
        let before = CallRecorder.shared.calls(to: Self.host)
        let target = try target(.domain)
        let failure = await Result { () async throws(Failure) in
            try await operations.run(command, on: target, with: arguments, for: Caller(name: "anna"))
        }.failure
        #expect(failure?.kind == .denied && failure?.message.contains(reason) == true, "\(failure?.message ?? "done")")
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
    }

    @Test(
        arguments: [
            "<domain><name>web-1</name><uuid> 6695eb01f6a4830479aa97f2502e193f</uuid></domain>",
            "<domain><name>web-1</name><uuid>6695EB01-F6A4-8304-79AA-97F2502E193F</uuid></domain>",
            "<domain><name>web-1</name><uuid>66-95eb01f6a4830479aa97f2502e193f\n</uuid></domain>",
            "<domain><name>web-1</name><uuid>what is this</uuid></domain>", "<domain><name>test</name></domain>", "<domain/>",
        ])
    func `XML that may mean another's domain is refused`(xml: String) async throws {
        let operations = try await operations()
        let command = try #require(CommandTable.command("virDomainDefineXML"))
        let arguments = try Arguments([(name: "xml", text: xml)], for: command)
        let before = CallRecorder.shared.calls(to: Self.host)
        let failure = await Result { () async throws(Failure) in
            try await operations.run(command, on: Target(host: Self.host), with: arguments, for: Caller(name: "anna"))
        }.failure
        #expect(failure?.kind == .denied, "\(failure?.message ?? "done")")
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
    }

    @Test func `an object that may not be seen is not looked for`() async throws {
        let operations = try await operations()
        let before = CallRecorder.shared.calls(to: Self.host)
        for (kind, key) in [(.network, "default"), (.network, "none"), (.pool, "default-pool"), (.interface, "eth1"), (.device, "computer")]
            as [(ObjectKind, String)]
        {
            let failure = await Result { () async throws(Failure) in
                try await operations.object(at: ObjectPath([.init(kind, ObjectName(key))]), host: Self.host, for: Caller(name: "nobody-knows"))
            }.failure
            #expect(failure?.kind == .notFound)
        }
        #expect(CallRecorder.shared.calls(to: Self.host) == before)
    }

    @Test func `what may be read is, and the recorder counts it`() async throws {
        let operations = try await operations()
        let before = CallRecorder.shared.calls(to: Self.host)
        let command = try #require(CommandTable.command("virConnectGetHostname"))
        _ = try await operations.run(command, on: Target(host: Self.host), with: try Arguments([], for: command), for: Caller(name: "vera"))
        #expect(CallRecorder.shared.calls(to: Self.host) > before)
    }
}

extension Result {
    fileprivate init(_ body: () async throws(Failure) -> Success) async where Failure: Error {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }

    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
