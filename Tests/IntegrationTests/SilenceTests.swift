// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import TestSupport
import Testing

/// A host that does not answer delays nobody but those who ask for it.
@Suite(.blocking, .serialized, .timeLimit(.minutes(3))) struct SilenceTests {
    private static func isLogLine(_ line: String) -> Bool {
        line.prefixMatch(of: #/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[-+][0-9:]+) /#) != nil
    }

    private func seconds(_ body: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        try body()
        let time = (ContinuousClock.now - start).components
        return Double(time.seconds) + Double(time.attoseconds) / 1e18
    }

    @Test func `a silent host stops neither files, lists, the other host nor the end`() throws {
        let silent = try SilentHost()
        let server = try Server(connect: ["test:///default", silent.uri], waits: false)
        let client = server.client
        let hanging = try (0..<20).map { _ in try client.begin("/hosts/qemu/virNodeGetInfo") }
        let file = try seconds { () throws in #expect(try client.get("/public/css/handlervirt.css").status == 200) }
        #expect(file < 5)
        for _ in 0..<3 {
            let list = try seconds { () throws in
                let response = try client.get("/virt")
                #expect(response.status == 200)
                #expect(try response.strings("/hv:vms/hv:vm/hv:name") == ["test"])
                #expect(try response.strings("/hv:vms/hv:host/@name") == ["qemu"])
            }
            #expect(list < 8)
        }
        let vm = try seconds { () throws in #expect(try client.get(Given.vm).status == 200) }
        #expect(vm < 8)
        #expect(try client.post("\(Given.vm)/virDomainSuspend").status == 200)
        #expect(try client.get("/hosts").strings("//hv:host[@name='qemu']/hv:state") == ["unreachable"])
        #expect(try client.get("/hosts/qemu", accept: "text/html").status == 200)
        let command = try client.get("/hosts/qemu/virConnectGetVersion", timeout: 40)
        #expect(command.status == 504)
        #expect(try command.string("/hv:fault/hv:host/@name") == "qemu")
        let more = try client.begin("/hosts/qemu/virNodeGetInfo")
        let end = try seconds { () throws in #expect(server.stop(within: 20) == 0) }
        #expect(end < 10)
        withExtendedLifetime((hanging, more)) {}
    }

    @Test func `a host that is not there is named, and the rest stands`() throws {
        let server = try Server(connect: ["test:///default", "qemu+unix:///system?socket=/nonexistent/socket"])
        let response = try server.client.get("/virt")
        #expect(response.status == 200)
        #expect(try response.strings("/hv:vms/hv:host/@name") == ["qemu"])
        #expect(try server.client.get("/hosts/qemu/virNodeGetInfo").status == 502)
        #expect(try server.client.get("/hosts/qemu").string("/hv:host/hv:state") == "unreachable")
        #expect(server.stop() == 0)
    }

    @Test func `standard error holds log lines, the audit's and nothing else`() throws {
        let server = try Server(connect: ["test:///default", "qemu+unix:///system?socket=/nonexistent/socket"])
        let client = server.client
        for target in ["/virt", "/virt/nobody/nosuch", "/hosts", "/virt?view=html", "/virt/nobody/%ff", "/hosts/qemu/virNodeGetInfo"] {
            _ = try client.get(target)
        }
        for file in try Repository.corpus("hostile").prefix(20) {
            _ = try client.post(Given.define, try Repository.bytes(file), type: "application/xml")
        }
        _ = try client.post("\(Given.vm)/virDomainReset")
        _ = try client.post("\(Given.vm)/virDomainCreate")
        #expect(server.stop() == 0)
        #expect(server.logLines.count > 20)
        let audit = server.logLines.filter { $0.hasPrefix(#"{"time":""#) }
        #expect(audit.count >= 4)
        for line in audit { #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any], "\(line)") }
        for line in server.logLines where !audit.contains(line) { #expect(Self.isLogLine(line), "\(line)") }
    }

    @Test func `many clients at once are all answered`() throws {
        let server = try Server()
        let client = server.client
        let failures = Tally()
        DispatchQueue.concurrentPerform(iterations: 200) { number in
            let target = ["/virt", Given.vm, "/hosts/test", "/virt?view=html", "\(Given.vm)/virDomainGetInfo"][number % 5]
            if (try? client.get(target).status) != 200 { failures.add() }
        }
        #expect(failures.value == 0)
    }
}
