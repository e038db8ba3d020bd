// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Commands
import Foundation
import Libvirt
import Testing

/// The places of libvirt's other objects, on its own test host.
@Suite(.blocking, .serialized, .timeLimit(.minutes(3))) struct ObjectTests {
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    private let server: Server
    private var client: HTTPClient { server.client }

    init() throws { server = try Server() }

    private func post(_ target: String, xml: String) throws -> String {
        let response = try client.post(target, xml: xml)
        try #require(response.status == 200, "\(target): \(response.text)")
        return try #require(try response.string("/hv:command/hv:result/hv:object/@href"))
    }

    private func network(_ name: String) -> String {
        "<network><name>\(name)</name><forward mode='nat'/><ip address='10.9.0.1' netmask='255.255.255.0'/></network>"
    }

    /// Follows every link of a document to a collection or an object, and so on, each once.
    @Test func `every object is reached from its host by links, in every view`() throws {
        _ = try post("/hosts/test/pools/default-pool/virStorageVolCreateXML", xml: "<volume><name>a b</name><capacity>4096</capacity></volume>")
        _ = try post("\(Given.vm)/virDomainSnapshotCreateXML", xml: "<domainsnapshot><name>before</name></domainsnapshot>")
        var queue = ["/hosts/test", Given.vm]
        var seen: [String: String] = [:]
        while let target = queue.popLast() {
            guard seen[target] == nil else { continue }
            let page = try client.get(target)
            guard page.status == 200 else {
                #expect(page.status == 501, "\(target): \(page.text)")  // the test driver has no secrets, filters and bindings
                seen[target] = "501"
                continue
            }
            seen[target] = page.root
            #expect(try page.string("/*/@href") == target)
            #expect(try client.get(target, accept: Self.browser).status == 200, "\(target)")
            for href in try page.strings("/*/hv:link[@rel='alternate']/@href") { #expect(try client.get(href).status == 200, "\(href)") }
            queue += try page.strings("//hv:link[@rel='collection']/@href")
            queue += try page.strings("/*[hv:total]/*[@name][not(self::hv:link or self::hv:object)]/@href")
        }
        let roots = Set(seen.values)
        let wanted: Set = [
            "networks", "network", "pools", "pool", "volumes", "volume", "interfaces", "interface", "devices", "device", "snapshots", "snapshot",
        ]
        #expect(wanted.isSubset(of: roots), "\(wanted.subtracting(roots))")
        #expect(seen["/hosts/test/pools/default-pool/volumes/a%20b"] == "volume")
    }

    @Test func `a network is defined, started, changed, listed with who uses it, and gone`() throws {
        let address = try post("/hosts/test/virNetworkDefineXML", xml: network("lan"))
        #expect(address == "/hosts/test/networks/lan")
        func fact(_ name: String) throws -> String? { try client.get(address).string("/hv:network/hv:\(name)") }
        #expect(try [fact("active"), fact("persistent"), fact("autostart"), fact("forward")] == ["false", "true", "false", "nat"])
        #expect(try client.get(address).string("//hv:action[@name='virNetworkDestroy']/hv:obstacle") == "The network is not active.")
        #expect(try client.post("\(address)/virNetworkCreate").status == 200)
        #expect(try client.post("\(address)/virNetworkCreate").status == 409)
        #expect(try client.post("\(address)/virNetworkSetAutostart", form: "autostart=true").status == 200)
        #expect(try [fact("active"), fact("autostart")] == ["true", "true"])

        let guest = Given.domain("on-lan").replacing(
            "</domain>", with: "<devices><interface type='network'><source network='lan'/></interface></devices></domain>")
        let vm = try post(Given.define, xml: guest)
        let list = try client.get("/hosts/test/networks")
        #expect(try list.string("/hv:networks/hv:network[@name='lan']/hv:used-by/hv:vm/@href") == vm)
        #expect(try list.string("/hv:networks/hv:total") == "2")
        #expect(try client.get("/hosts/test/networks?view=csv").text.contains("lan"))

        let stopped = try client.post("\(address)/virNetworkDestroy", accept: Self.browser)
        #expect(stopped.status == 303 && stopped.header("Location") == address)
        let gone = try client.post("\(address)/virNetworkUndefine", accept: Self.browser)
        #expect(gone.status == 303 && gone.header("Location") == "/hosts/test/networks")
        let missing = try client.get(address)
        #expect(missing.status == 404)
        #expect(try missing.string("/hv:fault/hv:code/@name") == "VIR_ERR_NO_NETWORK")
    }

    @Test func `a transient object has neither autostart nor a configuration to delete`() throws {
        let address = try post("/hosts/test/virNetworkCreateXML", xml: network("passing"))
        let page = try client.get(address)
        #expect(try page.string("/hv:network/hv:persistent") == "false")
        for name in ["virNetworkSetAutostart", "virNetworkUndefine"] {
            let obstacle = try page.string("//hv:action[@name='\(name)']/hv:obstacle")
            #expect(obstacle == "The network is transient: it has no stored configuration.", "\(name)")
        }
        let gone = try client.post("\(address)/virNetworkDestroy", accept: Self.browser)
        #expect(gone.status == 303 && gone.header("Location") == "/hosts/test/networks")
    }

    @Test func `XML is edited from what is configured, with its secrets, and written back`() throws {
        let vm = try post(
            Given.define,
            xml: Given.domain("edited").replacing(
                "</domain>", with: "<devices><graphics type='vnc' passwd='hidden'/></devices></domain>"))
        let page = try client.get(vm)
        #expect(try page.string("//hv:links/hv:link[@rel='configuration']/@href") == "\(vm)/virDomainGetXMLDesc?flags=VIR_DOMAIN_XML_INACTIVE")
        let edit = try #require(try page.string("//hv:links/hv:link[@rel='edit']/@href"))
        #expect(edit == "\(vm)/virDomainGetXMLDesc?flags=VIR_DOMAIN_XML_INACTIVE&flags=VIR_DOMAIN_XML_SECURE")
        #expect(try client.get(edit).status == 405)
        let form = try client.get(edit, accept: Self.browser)
        #expect(form.status == 200 && form.text.contains("method=\"post\"") && !form.text.contains("hidden<"))
        #expect(!form.text.contains("passwd"))

        let read = try client.post("\(vm)/virDomainGetXMLDesc", form: "flags=VIR_DOMAIN_XML_INACTIVE&flags=VIR_DOMAIN_XML_SECURE")
        let action = "/hv:command/hv:edit/hv:action"
        #expect(try read.string("\(action)/@href") == Given.define)
        let xml = try #require(try read.string("\(action)//hv:parameter[@name='xml']/hv:value"))
        #expect(xml.contains("passwd=\"hidden\"") || xml.contains("passwd='hidden'"))
        let body = URLEncodedForm.encode([("xml", xml.replacing("<memory unit='KiB'>1024", with: "<memory unit='KiB'>2048"))])
        #expect(try client.post(Given.define, form: body).status == 200)
        #expect(Server.eventually { try client.get(vm).string("/hv:vm/hv:maximum-memory") == "2048" })
        let after = try client.post("\(vm)/virDomainGetXMLDesc", form: "flags=VIR_DOMAIN_XML_SECURE").text
        #expect(after.contains("hidden"))
        #expect(!(try client.get("\(vm)/virDomainGetXMLDesc").text.contains("hidden")))
    }

    @Test func `snapshots are made, reverted to and deleted`() throws {
        let list = "\(Given.vm)/snapshots"
        #expect(try client.get(list).string("/hv:snapshots/hv:total") == "0")
        let first = try post("\(Given.vm)/virDomainSnapshotCreateXML", xml: "<domainsnapshot><name>a/b</name></domainsnapshot>")
        #expect(first == "\(list)/~YS9i")
        let second = try post("\(Given.vm)/virDomainSnapshotCreateXML", xml: "<domainsnapshot><name>..</name></domainsnapshot>")
        let page = try client.get(second)
        #expect(try page.string("/hv:snapshot/@name") == "..")
        #expect(try page.string("/hv:snapshot/hv:current") == "true")
        #expect(try page.string("/hv:snapshot/hv:parent/@href") == first)
        #expect(try page.string("/hv:snapshot/hv:object/@href") == Given.vm)
        #expect(try client.post("\(Given.vm)/virDomainDestroy").status == 200)
        #expect(try client.post("\(first)/virDomainRevertToSnapshot").status == 200)
        #expect(Server.eventually { try client.get(Given.vm).string("/hv:vm/hv:state") == "running" })
        let children = try client.get("\(first)/virDomainSnapshotListAllChildren")
        #expect(try children.strings("//hv:result/hv:list/hv:object/@href") == [second])
        let gone = try client.post("\(second)/virDomainSnapshotDelete", accept: Self.browser)
        #expect(gone.status == 303 && gone.header("Location") == list)
        #expect(try client.get("/hosts/test/domains/\(Given.uuid)/snapshots").strings("//hv:snapshot/@name") == ["a/b"])
    }

    @Test func `odd names make the round through URLs`() throws {
        for name in ["..", ".", "~x", "a?b#c&amp;d", "x%2fy", " ", "ünï", "virNetworkDestroy", "ports"] {
            let address = try post("/hosts/test/virNetworkDefineXML", xml: network(name))
            let page = try client.get(address)
            #expect(try page.string("/hv:network/@name") == name.replacing("&amp;", with: "&"), "\(address)")
            #expect(try page.string("/hv:network/@href") == address)
            #expect(try client.get("\(address)/virNetworkGetName").string("//hv:result/hv:string") == name.replacing("&amp;", with: "&"))
            #expect(try client.get("\(address)/ports").status != 404 || name == "", "\(address)")
            #expect(try client.post("\(address)/virNetworkUndefine").status == 200)
        }
    }

    @Test func `lists are paged by a cursor`() throws {
        for index in 1...5 {
            _ = try post(
                "/hosts/test/pools/default-pool/virStorageVolCreateXML", xml: "<volume><name>v\(index)</name><capacity>1</capacity></volume>")
        }
        var names: [String] = []
        var next: String? = "/hosts/test/pools/default-pool/volumes?max=2"
        while let target = next {
            let page = try client.get(target)
            #expect(try page.string("/hv:volumes/hv:total") == "5")
            names += try page.strings("/hv:volumes/hv:volume/@name")
            next = try page.string("/hv:volumes/hv:link[@rel='next']/@href")
        }
        #expect(names == (1...5).map { "v\($0)" })
        #expect(try client.get("/hosts/test/pools/default-pool/volumes?max=0").status == 422)
        #expect(try client.get("/hosts/test/pools/default-pool/volumes?sort=x").status == 422)
    }

    @Test func `the reference is searched, and says what is missing and why`() throws {
        let all = try client.get("/commands")
        #expect(try all.strings("/hv:commands/hv:command/@name").count == CommandTable.all.count)
        let found = try client.get("/commands?q=autostart").strings("/hv:commands/hv:command/@name")
        #expect(found.contains("virNetworkSetAutostart") && !found.contains("virDomainDestroy"))
        let missing = try client.get("/commands?missing")
        #expect(try missing.strings("/hv:commands/hv:function/@name").contains("virConnectClose"))
        #expect(try missing.strings("/hv:commands/hv:function[not(string(hv:reason))]/@name").isEmpty)
        let one = try client.get("/commands/virDomainPinVcpu")
        #expect(try one.string("//hv:example")?.contains("-d 'cpumap=0-3,^2'") == true)
        #expect(try one.string("//hv:since") == "0.1.4")
        #expect(try client.get("/openapi.json").type == "application/json")
    }

    @Test func `parameters that do not fit are named, before libvirt is called`() throws {
        for (command, form, parameter) in [
            ("virDomainSetVcpus", "nvcpus=0", "nvcpus"), ("virDomainSetVcpus", "nvcpus=two", "nvcpus"),
            ("virDomainSetMemoryParameters", "hard_limits=1", "hard_limits"), ("virDomainSetMemoryParameters", "hard_limit=-1", "hard_limit"),
            ("virDomainSetMetadata", "type=VIR_DOMAIN_METADATA_ELEMENT&metadata=x&key=k", "uri"),
            ("virDomainSetMetadata", "type=TITLE&metadata=x", "type"), ("virDomainPinVcpu", "vcpu=0&cpumap=3-1", "cpumap"),
            ("virDomainSetBlockIoTune", "disk=vda&total_bytes_sec=1&read_bytes_sec=1", "total_bytes_sec"),
            ("virDomainSendKey", "codeset=VIR_KEYCODE_SET_LINUX", "keycodes"),
            ("virDomainMigrate", "dconn=nowhere", "dconn"),
        ] {
            let response = try client.post("\(Given.vm)/\(command)", form: form)
            #expect(response.status == 422, "\(command) \(form): \(response.text)")
            #expect(try response.string("/hv:fault/hv:parameter/@name") == parameter, "\(command) \(form)")
            #expect(try response.strings("/hv:fault/hv:code").isEmpty)
        }
    }

    @Test func `a change is for the running domain and its configuration unless the caller says otherwise`() throws {
        let running = try client.get("\(Given.vm)/virDomainSetMemoryFlags")
        let flags = "//hv:parameter[@name='flags']/hv:value"
        #expect(try running.strings(flags) == ["VIR_DOMAIN_AFFECT_LIVE", "VIR_DOMAIN_AFFECT_CONFIG"])
        let off = try post(Given.define, xml: Given.domain("off"))
        #expect(try client.get("\(off)/virDomainSetMemoryFlags").strings(flags) == ["VIR_DOMAIN_AFFECT_CONFIG"])
        // The test driver changes both vCPU counts at once, but only one memory: that is refused, and asked for once more without flags.
        #expect(try client.post("\(Given.vm)/virDomainSetVcpusFlags", form: "nvcpus=1").status == 200)
        func vcpus(_ flag: String) throws -> String? {
            try client.get("\(Given.vm)/virDomainGetVcpusFlags?flags=\(flag)").string("//hv:result/hv:integer")
        }
        #expect(try [vcpus("VIR_DOMAIN_AFFECT_LIVE"), vcpus("VIR_DOMAIN_AFFECT_CONFIG")] == ["1", "1"])
        #expect(try client.post("\(Given.vm)/virDomainSetMemoryFlags", form: "memory=4096").status == 200)
        #expect(Server.eventually { try client.get(Given.vm).string("/hv:vm/hv:memory") == "4096" })
    }
}
