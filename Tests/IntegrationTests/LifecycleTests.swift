// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Testing

private let hypervisor = ProcessInfo.processInfo.environment["HANDLERVIRT_TEST_QEMU"]
private let guest = ProcessInfo.processInfo.environment["HANDLERVIRT_TEST_GUEST"]

/// A domain's life on a real QEMU, each step compared with what virsh says.
@Suite(
    .blocking, .serialized, .timeLimit(.minutes(5)),
    .enabled(if: hypervisor != nil, "HANDLERVIRT_TEST_QEMU is not set: Tests/testbed/host.sh up prints it"))
struct LifecycleTests {
    private let uri: String
    private let server: Server
    private var client: HTTPClient { server.client }

    init() throws {
        uri = try #require(hypervisor)
        server = try Server(connect: [uri])
    }

    private func define(_ xml: String) throws -> (href: String, uuid: String) {
        let response = try client.post("/hosts/qemu/virDomainDefineXML", xml: xml)
        try #require(response.status == 200, "\(response.text)")
        let href = try #require(try response.string("/hv:command/hv:result/hv:object/@href"))
        return (href, try #require(try response.string("/hv:command/hv:result/hv:object/@id")))
    }

    /// The domain's state over HTTP, which virsh confirms.
    private func state(_ domain: (href: String, uuid: String), sourceLocation: SourceLocation = #_sourceLocation) throws -> String? {
        var ours: String?
        let agrees = Server.eventually {
            ours = try client.get(domain.href).string("/hv:vm/hv:state")
            let theirs = try Virsh.run(uri, "domstate", domain.uuid).trimmingCharacters(in: .whitespacesAndNewlines)
            return ours == (theirs == "shut off" ? "shutoff" : theirs == "in shutdown" ? "shutdown" : theirs)
        }
        #expect(agrees, sourceLocation: sourceLocation)
        return ours
    }

    private func info(_ domain: (href: String, uuid: String)) throws -> [String: String] {
        var info: [String: String] = [:]
        for line in try Virsh.run(uri, "dominfo", domain.uuid).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { info[parts[0]] = parts[1] }
        }
        return info
    }

    private func run(
        _ command: String, _ form: String = "", on domain: (href: String, uuid: String), status: Int = 200,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        let response = try client.post("\(domain.href)/\(command)", form: form)
        #expect(response.status == status, "\(command) \(form): \(response.text)", sourceLocation: sourceLocation)
        return response
    }

    private func remove(_ domain: (href: String, uuid: String)) {
        _ = try? Virsh.run(uri, "destroy \(domain.uuid); undefine \(domain.uuid) --nvram")
    }

    @Test func `a firmware-only machine lives its life`() throws {
        let domain = try define(
            """
            <domain type='qemu'><name>life-\(UInt32.random(in: 0 ... .max))</name><memory unit='MiB'>64</memory><vcpu current='1'>2</vcpu>
            <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features></domain>
            """)
        defer { remove(domain) }
        #expect(try state(domain) == "shutoff")
        let text = try Virsh.run(uri, "dumpxml", domain.uuid)
        #expect(try client.get("\(domain.href)/virDomainGetXMLDesc").foreign == text.trimmingCharacters(in: .newlines))

        #expect(try run("virDomainDestroy", on: domain, status: 409).string("/hv:fault/hv:code/@name") == "VIR_ERR_OPERATION_INVALID")
        #expect(try run("virDomainSuspend", on: domain, status: 409).string("/hv:fault/hv:state") == "shutoff")

        #expect(try run("virDomainCreate", on: domain).string("/hv:command/hv:outcome") == "ok")
        #expect(try state(domain) == "running")
        let again = try run("virDomainCreate", on: domain, status: 409)
        #expect(try again.string("/hv:fault/hv:code/@name") == "VIR_ERR_OPERATION_INVALID")
        #expect(try again.string("/hv:fault/hv:state/@name") == "VIR_DOMAIN_RUNNING")

        for _ in 0..<2 {
            let response = try client.post("\(domain.href)/virDomainSuspend")
            #expect([200, 409].contains(response.status))
            #expect(try state(domain) == "paused")
        }
        _ = try run("virDomainResume", on: domain)
        #expect(try state(domain) == "running")
        let resumed = try client.post("\(domain.href)/virDomainResume")
        #expect([200, 409].contains(resumed.status))
        _ = try run("virDomainReset", on: domain)
        #expect(try state(domain) == "running")

        _ = try run("virDomainSetAutostart", "autostart=true", on: domain)
        #expect(try info(domain)["Autostart"] == "enable")
        #expect(Server.eventually { try client.get(domain.href).string("/hv:vm/hv:autostart") == "true" })
        _ = try run("virDomainSetAutostart", "autostart=0", on: domain)
        #expect(try info(domain)["Autostart"] == "disable")

        _ = try run("virDomainSetMaxMemory", "memory=131072", on: domain, status: 409)
        _ = try run("virDomainSetVcpus", "nvcpus=99", on: domain, status: 422)
        _ = try run("virDomainSetVcpusFlags", "nvcpus=2&flags=VIR_DOMAIN_AFFECT_CONFIG", on: domain)
        _ = try run("virDomainSetMemoryFlags", "memory=32768&flags=VIR_DOMAIN_AFFECT_CONFIG", on: domain)

        _ = try run("virDomainDestroyFlags", "flags=VIR_DOMAIN_DESTROY_GRACEFUL", on: domain)
        #expect(try state(domain) == "shutoff")
        #expect(Server.eventually { try client.get(domain.href).string("/hv:vm/hv:vcpus") == info(domain)["CPU(s)"] })
        #expect(try info(domain)["CPU(s)"] == "2")
        #expect(try info(domain)["Used memory"] == "32768 KiB")
        #expect(try client.get("\(domain.href)/virDomainGetInfo").string("//hv:field[@name='memory']/hv:integer") == "32768")

        _ = try run("virDomainCreateWithFlags", "flags=VIR_DOMAIN_START_PAUSED", on: domain)
        #expect(try state(domain) == "paused")
        _ = try run("virDomainUndefine", on: domain)
        #expect(Server.eventually { try client.get(domain.href).string("/hv:vm/hv:persistent") == "false" })
        _ = try run("virDomainSetAutostart", "autostart=1", on: domain, status: 409)
        _ = try run("virDomainDestroy", on: domain)
        #expect(Server.eventually { try client.get(domain.href).status == 404 })
        #expect(!(try Virsh.run(uri, "list", "--all", "--uuid").contains(domain.uuid)))
    }

    @Test func `what QEMU cannot do says so`() throws {
        let domain = try define("<domain type='qemu'><name>cannot</name><memory>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>")
        defer { remove(domain) }
        let wrong = try client.post("/hosts/qemu/virDomainDefineXML", xml: Given.domain("x"))
        #expect(wrong.status == 422, "\(wrong.text)")
        let flags = try client.post("\(domain.href)/virDomainShutdownFlags", form: "flags=VIR_DOMAIN_SHUTDOWN_INITCTL")
        #expect([409, 501].contains(flags.status), "\(flags.text)")
        _ = try run("virDomainCreate", on: domain)
        let initctl = try client.post("\(domain.href)/virDomainShutdownFlags", form: "flags=VIR_DOMAIN_SHUTDOWN_INITCTL")
        #expect(initctl.status == 501, "\(initctl.text)")
        let lifted = try client.post("\(domain.href)/virDomainSetMemory", form: "memory=\(1 << 40)")
        #expect(lifted.status == 422, "\(lifted.text)")
    }

    @Test(.enabled(if: guest != nil, "HANDLERVIRT_TEST_GUEST is not set: Tests/testbed/guest.sh makes the guest"))
    func `a Linux guest shuts down when its power button is pressed`() throws {
        let directory = try #require(guest)
        let serial = FileManager.default.temporaryDirectory.appending(path: "serial-\(UInt32.random(in: 0 ... .max)).log")
        let domain = try define(
            """
            <domain type='qemu'><name>linux-\(UInt32.random(in: 0 ... .max))</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>
            <os><type arch='x86_64' machine='pc'>hvm</type><kernel>\(directory)/vmlinuz</kernel><initrd>\(directory)/initrd.gz</initrd>
            <cmdline>console=ttyS0</cmdline></os><features><acpi/></features>
            <devices><serial type='file'><source path='\(serial.path)'/></serial></devices></domain>
            """)
        defer {
            remove(domain)
            try? FileManager.default.removeItem(at: serial)
        }
        _ = try run("virDomainCreate", on: domain)
        let isUp = Server.poll(seconds: 120) {
            ((try? String(decoding: Data(contentsOf: serial), as: UTF8.self)) ?? "").contains("guest is up") ? true : nil
        }
        try #require(isUp == true)
        _ = try run("virDomainShutdown", on: domain)
        let isOff = Server.poll(seconds: 60) { (try? client.get(domain.href).string("/hv:vm/hv:state")) == "shutoff" ? true : nil }
        #expect(isOff == true)
        #expect(try state(domain) == "shutoff")
        let page = try client.get(domain.href)
        #expect(try page.string("/hv:vm/hv:reason/@name") == "VIR_DOMAIN_SHUTOFF_SHUTDOWN")
        _ = try run("virDomainUndefine", on: domain)
    }

    @Test func `the statistics of a completed job stay when they are read`() throws {
        let name = "job-\(UInt32.random(in: 0 ... .max))"
        let memory = FileManager.default.temporaryDirectory.appending(path: "\(name).memory")
        let domain = try define(
            "<domain type='qemu'><name>\(name)</name><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os></domain>")
        defer {
            _ = try? Virsh.run(uri, "destroy \(domain.uuid); undefine \(domain.uuid) --snapshots-metadata")
            try? FileManager.default.removeItem(at: memory)
        }
        _ = try run("virDomainCreate", on: domain)
        let snapshot = "<domainsnapshot><memory snapshot='external' file='\(memory.path)'/></domainsnapshot>"
        #expect(try client.post("\(domain.href)/virDomainSnapshotCreateXML", xml: snapshot).status == 200)
        for _ in 0..<3 {
            let job = try client.get("\(domain.href)/virDomainGetJobStats?flags=VIR_DOMAIN_JOB_STATS_COMPLETED")
            #expect(try job.string("//hv:result//hv:field[@name='type']/hv:enum/@name") == "VIR_DOMAIN_JOB_COMPLETED")
            #expect(try job.string("//hv:field[@name='operation']/hv:enum/@name") == "VIR_DOMAIN_JOB_OPERATION_SNAPSHOT")
        }
    }

    /// QEMU is stopped as a whole: then nothing carries the agent's words, and libvirt waits for them without end.
    @Test(.enabled(if: guest != nil, "HANDLERVIRT_TEST_GUEST is not set: Tests/testbed/guest.sh makes the guest"))
    func `a guest whose agent never answers holds up nobody but who asks it`() throws {
        let directory = try #require(guest)
        let socket = try #require(ProcessInfo.processInfo.environment["HANDLERVIRT_TEST_SOCKET"])
        let name = "mute-\(UInt32.random(in: 0 ... .max))"
        let domain = try define(
            """
            <domain type='qemu'><name>\(name)</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>
            <os><type arch='x86_64' machine='pc'>hvm</type><kernel>\(directory)/vmlinuz</kernel><initrd>\(directory)/initrd.gz</initrd>
            <cmdline>console=ttyS0</cmdline></os><features><acpi/></features>
            <devices><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices></domain>
            """)
        defer { remove(domain) }
        _ = try run("virDomainCreate", on: domain)
        let answers = Server.poll(seconds: 120) { (try? client.post("\(domain.href)/virDomainGetTime").status) == 200 ? true : nil }
        try #require(answers == true)
        let pidFile = URL(filePath: socket).deletingLastPathComponent().appending(path: "qemu/\(name).pid")
        let pid = try #require(pid_t(try String(contentsOf: pidFile, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
        kill(pid, SIGSTOP)
        defer { kill(pid, SIGCONT) }
        let asked = ContinuousClock.now
        let mute = try client.post("\(domain.href)/virDomainGetTime")
        #expect(mute.status == 504)
        #expect(try mute.string("/hv:fault/hv:outcome") == "unknown")
        #expect(ContinuousClock.now - asked < .seconds(30))
        for target in ["/virt", "/hosts", "/hosts/qemu/virConnectGetHostname", "/hosts/qemu/networks"] {
            let answer = try client.get(target, timeout: 15)
            #expect(answer.status == 200, "\(target): \(answer.text)")
        }
    }
}
