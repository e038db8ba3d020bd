// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Libvirt
import Testing

@Suite struct ErrorTests {
    @Test func `a missing domain is an error with code, domain, level and message`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let error = try #require(failure { () throws(LibvirtError) in try connection.withDomain(named: "no-such") { _ in } })
        #expect(error.code == .noDomain)
        #expect(error.code.rawValue == 42)
        #expect(error.code.name == "VIR_ERR_NO_DOMAIN")
        #expect(error.domain == 12)
        #expect(error.domainName == "VIR_FROM_TEST")
        #expect(error.level == 2)
        #expect(error.levelName == "VIR_ERR_ERROR")
        #expect(error.message == "Domain not found")
        #expect(error.description == "VIR_ERR_NO_DOMAIN: \(error.message)")
    }

    @Test func `a missing UUID is the same error`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let uuid = try #require(UUID(randomUUID()))
        let error = failure { () throws(LibvirtError) in try connection.withDomain(uuid: uuid) { _ in } }
        #expect(error?.code == .noDomain)
    }

    @Test func `a URI of no driver does not connect`() {
        let error = failure { () throws(LibvirtError) in _ = try Connection(uri: "nosuch:///system", readOnly: true) }
        #expect(error != nil)
        #expect(error?.message.isEmpty == false)
    }

    @Test func `a read-only connection refuses to destroy`() throws {
        let own = try OwnObject.domain()
        try own.call(.virDomainCreate)
        let reader = OwnObject(try Connection(uri: "test:///default", readOnly: true), own.path)
        let error = reader.refusal(.virDomainDestroy)
        #expect(error?.code == .operationDenied)
        #expect(error?.code.rawValue == 29)
        #expect(try own.state() == "running")
    }

    @Test func `an error is that of the call that failed, not of an earlier one`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let errors = [
            failure { () throws(LibvirtError) in try connection.withDomain(named: "no-such") { _ in } },
            OwnObject(connection, ObjectPath([])).refusal(.virDomainDefineXML, ["xml": .string(OwnObject.domainXML(uuid: randomUUID()))]),
            failure { () throws(LibvirtError) in _ = try connection.keepAlive(interval: 5, count: 3) },
            failure { () throws(LibvirtError) in try connection.withDomain(named: "no-such") { _ in } },
        ]
        #expect(errors.map(\.?.code) == [.noDomain, .operationDenied, .noSupport, .noDomain])
        #expect(Set(errors.map(\.?.message)).count == 3)
    }

    @Test func `a code newer than our libvirt has no name`() {
        let error = LibvirtError(code: .init(rawValue: 99_999), message: "new")
        #expect(error.code.name == nil)
        #expect(error.description == "libvirt error 99999: new")
    }

    @Test(arguments: [
        (LibvirtError.Code.internalError, "VIR_ERR_INTERNAL_ERROR"), (.noSupport, "VIR_ERR_NO_SUPPORT"), (.noConnect, "VIR_ERR_NO_CONNECT"),
        (.invalidConnection, "VIR_ERR_INVALID_CONN"), (.invalidArgument, "VIR_ERR_INVALID_ARG"),
        (.operationFailed, "VIR_ERR_OPERATION_FAILED"), (.xmlError, "VIR_ERR_XML_ERROR"), (.domainExists, "VIR_ERR_DOM_EXIST"),
        (.operationDenied, "VIR_ERR_OPERATION_DENIED"), (.systemError, "VIR_ERR_SYSTEM_ERROR"), (.rpc, "VIR_ERR_RPC"),
        (.noDomain, "VIR_ERR_NO_DOMAIN"), (.authenticationFailed, "VIR_ERR_AUTH_FAILED"),
        (.operationInvalid, "VIR_ERR_OPERATION_INVALID"), (.configurationUnsupported, "VIR_ERR_CONFIG_UNSUPPORTED"),
        (.operationTimeout, "VIR_ERR_OPERATION_TIMEOUT"), (.argumentUnsupported, "VIR_ERR_ARGUMENT_UNSUPPORTED"),
        (.operationUnsupported, "VIR_ERR_OPERATION_UNSUPPORTED"), (.agentUnresponsive, "VIR_ERR_AGENT_UNRESPONSIVE"),
        (.accessDenied, "VIR_ERR_ACCESS_DENIED"), (.noSecret, "VIR_ERR_NO_SECRET"), (.noNetworkPort, "VIR_ERR_NO_NETWORK_PORT"),
        (.networkExists, "VIR_ERR_NETWORK_EXIST"), (.poolBuilt, "VIR_ERR_STORAGE_POOL_BUILT"),
        (.volumeExists, "VIR_ERR_STORAGE_VOL_EXIST"), (.noDomainMetadata, "VIR_ERR_NO_DOMAIN_METADATA"), (.xmlDetail, "VIR_ERR_XML_DETAIL"),
        (.xmlInvalidSchema, "VIR_ERR_XML_INVALID_SCHEMA"),
    ])
    func `our name of a code is libvirt's`(code: LibvirtError.Code, name: String) {
        #expect(code.name == name)
    }

    @Test func `libvirt writes nothing to stderr or stdout, from any thread`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]) {
            try provoke()
            let (done, failures) = (DispatchSemaphore(value: 0), Failures())
            for _ in 0..<4 {
                Thread {
                    do { try provoke() } catch { failures.add() }
                    done.signal()
                }.start()
            }
            try #require(wait(for: done, times: 4))
            try #require(failures.count == 0)
        }
        #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
        #expect(result?.standardOutputContent.count { $0 == UInt8(ascii: "\n") } ?? 9 < 2)
    }

    @Test func `the event loop ends after it is told to stop`() async {
        await #expect(processExitsWith: .success) {
            let (begun, done, failures) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), Failures())
            let connection = try Connection(uri: "test:///default", readOnly: true)
            Thread {
                begun.signal()
                do { try EventLoop.run() } catch { failures.add() }
                done.signal()
            }.start()
            try #require(wait(for: begun, times: 1))
            try #require(try connection.type() == "TEST")
            EventLoop.stop()
            try #require(wait(for: done, times: 1))
            try #require(failures.count == 0)
        }
    }
}

/// False if it is not signalled so often within a minute.
private func wait(for semaphore: DispatchSemaphore, times: Int) -> Bool {
    (0..<times).allSatisfy { _ in semaphore.wait(timeout: .now() + 60) == .success }
}

private final class Failures: @unchecked Sendable {
    // Guarded by `lock`.
    private var number = 0
    private let lock = NSLock()

    func add() { lock.withLock { number += 1 } }
    var count: Int { lock.withLock { number } }
}

/// Errors of the library, of the test driver and of its XML parser.
private func provoke() throws {
    struct Unexpected: Error {}
    guard failure(of: { () throws(LibvirtError) in _ = try Connection(uri: "nosuch:///", readOnly: true) }) != nil else { throw Unexpected() }
    let connection = try Connection(uri: "test:///default", readOnly: false)
    guard failure(of: { () throws(LibvirtError) in try connection.withDomain(named: "nosuch") { _ in } }) != nil else { throw Unexpected() }
    for xml in ["", "<domain", "<domain/>", "<domain type='test'><name>x</name></domain>"] {
        let host = OwnObject(connection, ObjectPath([]))
        guard host.refusal(.virDomainDefineXML, ["xml": .string(xml)]) != nil else { throw Unexpected() }
    }
}
