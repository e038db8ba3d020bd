// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Commands
import Foundation
import Testing

/// Views, conditional requests, forms and lists on libvirt's own test host.
@Suite(.blocking, .serialized, .timeLimit(.minutes(3))) struct PageTests {
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    private let server: Server
    private var client: HTTPClient { server.client }

    init() throws { server = try Server() }

    private func state() throws -> String? { try client.get(Given.vm).string("/hv:vm/hv:state") }

    @Test func `every address has a document of its root`() throws {
        for (target, root) in [
            ("/virt", "vms"), ("/virt/nobody", "vms"), (Given.vm, "vm"), ("/virt/nobody/test", "vm"), ("\(Given.vm)/virDomainGetInfo", "command"),
            ("\(Given.vm)/domainGetInfo", "command"), ("\(Given.vm)/virDomainDestroy", "command"), ("/hosts", "hosts"), ("/hosts/test", "host"),
            ("/hosts/test/virNodeGetInfo", "command"), (Given.define, "command"), ("/hosts/test/domains/\(Given.uuid)", "vm"),
            ("/hosts/test/domains/\(Given.uuid)/virDomainGetState", "command"), ("/commands", "commands"), ("/commands/virDomainDestroy", "commands"),
        ] {
            let xml = try client.get(target)
            #expect(xml.status == 200, "\(target)")
            #expect(xml.type == "application/xml", "\(target)")
            #expect(xml.root == root, "\(target)")
            let html = try client.get(target, accept: Self.browser)
            #expect(html.status == 200 && html.type == "text/html", "\(target)")
            for link in try xml.strings("/*/hv:link[@rel='self' or @rel='up']/@href") {
                #expect(try client.get(link).status == 200, "\(target) leads to \(link)")
            }
        }
        let root = try client.get("/")
        #expect(root.status == 302 && root.header("Location") == "/virt")
        #expect(try client.get("/virt/nosuch").string("/hv:vms/hv:total") == "0")
    }

    @Test func `every reading command answers, or fails with a fault`() throws {
        for command in CommandTable.all where command.isReading {
            #expect(try client.get("/commands/\(command.name)", accept: Self.browser).status == 200)
            guard let target = Given.target(command) else { continue }
            let response = try client.get(target)
            #expect([200, 403, 404, 409, 422, 501, 502].contains(response.status), "\(command.name): \(response.text)")
            #expect(response.status != 404 || response.text.contains("VIR_ERR_NO_"), "\(command.name): \(response.text)")
        }
    }

    @Test func `a view has its content type, by name or by Accept`() throws {
        for (target, view, type) in [
            ("/virt", "xml", "application/xml"), ("/virt", "html", "text/html"), ("/virt", "raw", "application/xml"),
            ("/virt", "json", "application/json"),
            ("/virt", "csv", "text/csv"), (Given.vm, "json", "application/json"), (Given.vm, "html", "text/html"),
            (Given.vm, "raw", "application/xml"),
            ("/hosts", "csv", "text/csv"), ("/commands", "json", "application/json"),
        ] {
            let response = try client.get("\(target)?view=\(view)", accept: "text/plain")
            #expect(response.status == 200, "\(target) as \(view)")
            #expect(response.type == type, "\(target) as \(view)")
            #expect(response.header("Content-Type")?.lowercased().contains("charset=utf-8") == true || view == "json", "\(target) as \(view)")
            if view == "json" { _ = try JSONSerialization.jsonObject(with: Data(response.body)) }
            if view == "raw" { #expect(response.text.contains("<?xml-stylesheet")) }
        }
        for (accept, type) in [
            ("text/html", "text/html"), ("*/*", "application/xml"), ("application/json", "application/json"), ("text/csv", "text/csv"),
            ("application/xml", "application/xml"), (Self.browser, "text/html"), ("text/html;q=0.1,application/json", "application/json"),
            ("text/html;q=0", "application/xml"), ("nonsense", "application/xml"),
        ] {
            #expect(try client.get("/virt", accept: accept).type == type, "\(accept)")
        }
        for target in try client.get("/virt").strings("/hv:vms/hv:link[@rel='alternate']/@href") {
            #expect(try client.get(target).status == 200, "\(target)")
        }
        let fault = try client.get("/virt/nobody/nosuch?view=html")
        #expect(fault.status == 404 && fault.type == "text/html")
        #expect(try client.get("/virt/nobody/nosuch?view=json").type == "application/json")
    }

    @Test func `HEAD is GET without a body`() throws {
        for target in [
            "/", "/virt", "/virt?view=html", Given.vm, "/hosts", "/public/css/handlervirt.css", "/virt/nobody/nosuch", "\(Given.vm)/virDomainDestroy",
        ] {
            let (get, head) = (try client.get(target), try client.get(target, method: "HEAD"))
            #expect(get.status == head.status, "\(target)")
            for name in ["Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Location"]
            where !(name == "ETag" && (target == Given.vm || target.hasPrefix("/virt"))) {
                #expect(get.header(name) == head.header(name), "\(target): \(name)")
            }
        }
    }

    @Test func `an entity tag saves the body`() throws {
        for target in ["/commands", "/commands?view=html", "/public/css/handlervirt.css", "\(Given.vm)/virDomainGetName"] {
            let first = try client.get(target)
            let tag = try #require(first.header("ETag"), "\(target)")
            let second = try client.get(target, headers: ["If-None-Match: \(tag)"])
            #expect(second.status == 304, "\(target)")
            #expect(second.header("ETag") == tag && second.header("Vary") != nil)
            #expect(try client.get(target, headers: ["If-None-Match: W/\(tag), \"x\""]).status == 304)
            #expect(try client.get(target, headers: ["If-None-Match: \"x\""]).status == 200)
        }
        let vary = try client.get("/virt").header("Vary") ?? ""
        for name in ["Accept", "Cookie", "Authorization", "Accept-Language", "Accept-Encoding"] { #expect(vary.contains(name)) }
        #expect(try client.get("/virt").header("Cache-Control") == "private, no-cache")
    }

    @Test func `GET and HEAD of a modifying command change nothing`() throws {
        let before = try #require(try client.get("\(Given.vm)/virDomainGetXMLDesc").foreign)
        for command in CommandTable.all where !command.isReading {
            guard let target = Given.target(command) else { continue }
            let query = command.parameters.contains { $0.name == "memory" } ? "?memory=4096" : ""
            for method in ["GET", "HEAD"] {
                let response = try client.get(target + query, method: method)
                #expect(response.status == 200, "\(method) \(target)")
                if method == "GET" { #expect(try response.strings("/hv:command/hv:outcome").isEmpty) }
            }
        }
        _ = try client.get("\(Given.define)?xml=\(PathSegment.encode(Given.domain("new")).replacing("~", with: ""))")
        #expect(try client.get("\(Given.vm)/virDomainGetXMLDesc").foreign == before)
        #expect(try client.get("/virt").strings("//hv:vm/hv:name") == ["test"])
    }

    @Test func `a browser is sent to what changed, everyone else gets the command`() throws {
        let suspended = try client.post("\(Given.vm)/virDomainSuspend", accept: Self.browser)
        #expect(suspended.status == 303 && suspended.header("Location") == Given.vm)
        #expect(Server.eventually { try state() == "paused" })
        let resumed = try client.post("\(Given.vm)/virDomainResume")
        #expect(resumed.status == 200)
        #expect(try resumed.string("/hv:command/hv:outcome") == "ok")
        #expect(Server.eventually { try state() == "running" })
        let defined = try client.post(Given.define, xml: Given.domain("new"), accept: Self.browser)
        #expect(defined.status == 303)
        let place = try #require(defined.header("Location"))
        #expect(try client.get(place).string("/hv:vm/hv:name") == "new")
        let undefined = try client.post("\(place)/virDomainUndefine", accept: Self.browser)
        #expect(undefined.status == 303 && undefined.header("Location") == "/virt")
        #expect(try client.post("\(Given.vm)/virDomainResume", accept: Self.browser).type == "text/html")
    }

    @Test func `a form, a multipart form and XML do the same`() throws {
        let xml = Given.domain("a&b <c> \u{1F600} +")
        let encoded = xml.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let multipart = "--B\r\nContent-Disposition: form-data; name=\"xml\"\r\n\r\n\(xml)\r\n--B--\r\n"
        for (body, type) in [
            (xml, "application/xml"), (xml, "text/xml; charset=utf-8"), ("xml=\(encoded)", "application/x-www-form-urlencoded"),
            (multipart, "multipart/form-data; boundary=B"),
        ] {
            let response = try client.post(Given.define, body.utf8, type: type)
            #expect(response.status == 200, "\(type): \(response.text)")
            let href = try #require(try response.string("/hv:command/hv:result/hv:object/@href"), "\(type)")
            #expect(try client.get(href).string("/hv:vm/hv:name") == "a&b <c> \u{1F600} +", "\(type)")
            #expect(try client.post("\(href)/virDomainUndefine").status == 200)
        }
        for (body, type) in [
            ("memory=4096", "application/x-www-form-urlencoded"),
            ("--B\r\nContent-Disposition: form-data; name=\"memory\"\r\n\r\n4096\r\n--B--\r\n", "multipart/form-data; boundary=B"),
        ] {
            #expect(try client.post("\(Given.vm)/virDomainSetMemory", form: "memory=8192").status == 200)
            #expect(try client.post("\(Given.vm)/virDomainSetMemory", body.utf8, type: type).status == 200, "\(type)")
            #expect(Server.eventually { try client.get(Given.vm).string("/hv:vm/hv:memory") == "4096" }, "\(type)")
        }
        #expect(try client.post("\(Given.vm)/virDomainSetMemory?memory=2048").status == 200)
        #expect(Server.eventually { try client.get(Given.vm).string("/hv:vm/hv:memory") == "2048" })
    }

    @Test func `a form of another site is refused`() throws {
        let own = "http://127.0.0.1:\(client.port)"
        for (headers, status) in [
            (["Origin: http://evil.example"], 403), (["Origin: null"], 403), (["Origin: http://127.0.0.1"], 403),
            (["Sec-Fetch-Site: cross-site"], 403), (["Sec-Fetch-Site: none"], 403), (["Origin: \(own)", "Origin: \(own)"], 403),
            (["Cookie: a=b"], 200), (["Cookie: a=b", "Origin: \(own)"], 200), (["Cookie: a=b", "Authorization: Basic YTpi"], 200),
            (["Sec-Fetch-Site: same-site"], 403), (["Origin: \(own).evil.example"], 403), (["Origin: \(own)", "Sec-Fetch-Site: cross-site"], 403),
            (["Origin: \(own)", "Sec-Fetch-Site: same-origin"], 200), ([], 200),
        ] {
            let response = try client.post("\(Given.vm)/virDomainSuspend", headers: headers)
            #expect(response.status == status, "\(headers)")
            #expect(Server.eventually { try state() == (status == 200 ? "paused" : "running") }, "\(headers)")
            if status == 200 { _ = try client.post("\(Given.vm)/virDomainResume") }
        }
    }

    @Test func `a server for reading refuses every modifying command and offers none`() throws {
        let server = try Server(access: "read-only")
        defer { withExtendedLifetime(server) {} }  // it ends with its last reference
        let reader = server.client
        let before = try #require(try reader.get("\(Given.vm)/virDomainGetXMLDesc").foreign)
        let commands = try reader.get("/commands").strings("/hv:commands/hv:command[hv:method='POST']/@name")
        #expect(commands.count > 10)
        for name in commands {
            guard let target = CommandTable.command(name).flatMap(Given.target) else { continue }
            for response in [
                try reader.get(target), try reader.post(target), try reader.post(target, form: "memory=4096&nvcpus=1&autostart=1&flags="),
                try reader.post(target, xml: Given.domain("new")),
            ] {
                #expect(response.status == 403, "\(target)")
                #expect(try response.string("/hv:fault/hv:access") == "read-only")
            }
        }
        for target in ["/virt", Given.vm, "/hosts/test"] {
            let page = try reader.get(target)
            #expect(try page.strings("//hv:action[hv:method='POST'] | //hv:link[@rel='create']").isEmpty, "\(target)")
            #expect(try page.string("/*/hv:access") == "read-only")
            #expect(!(try reader.get(target, accept: "text/html").text.contains("method=\"post\"")), "\(target)")
        }
        #expect(try reader.post("\(Given.vm)/virDomainGetXMLDesc", form: "flags=VIR_DOMAIN_XML_SECURE").status == 403)
        #expect(try reader.get("\(Given.vm)/virDomainGetXMLDesc").foreign == before)
        #expect(try reader.get("/virt").string("/hv:vms/hv:total") == "1")
    }

    @Test func `a list is sorted, filtered and paged`() throws {
        for (name, memory) in [("b", 3), ("a", 2), ("C", 1), ("web-1", 5), ("web-2", 4)] {
            let xml = Given.domain(name).replacing("<memory>1024", with: "<memory>\(memory * 1024)")
            #expect(try client.post(Given.define, xml: xml).status == 200)
        }
        func names(_ query: String) throws -> [String] { try client.get("/virt\(query)").strings("/hv:vms/hv:vm/hv:name") }
        #expect(try Set(names("")) == ["a", "b", "C", "test", "web-1", "web-2"])
        #expect(try names("?sort=memory&state=shutoff") == ["C", "a", "b", "web-2", "web-1"])
        #expect(try names("?sort=-memory&state=shutoff") == ["web-1", "web-2", "b", "a", "C"])
        #expect(try names("?state=running") == ["test"])
        #expect(try names("?q=WEB&sort=name") == ["web-1", "web-2"])
        #expect(try names("?q=\(Given.uuid.prefix(8))") == ["test"])
        #expect(try names("?host=test&q=web-1") == ["web-1"])
        #expect(try names("?host=nosuch").isEmpty)
        #expect(try names("?sort=&state=&q=").count == 6)
        let all = try names("?sort=name")
        #expect(try names("?sort=-name") == Array(all.reversed()))
        var seen: [String] = []
        var next: String? = "/virt?sort=name&max=2"
        var previous: String?
        while let target = next, seen.count < 10 {
            let page = try client.get(target)
            #expect(try page.string("/hv:vms/hv:total") == "6")
            seen += try page.strings("/hv:vms/hv:vm/hv:name")
            next = try page.string("/hv:vms/hv:link[@rel='next']/@href")
            previous = try page.string("/hv:vms/hv:link[@rel='previous']/@href")
        }
        #expect(seen == all)
        #expect(try client.get(try #require(previous)).strings("/hv:vms/hv:vm/hv:name") == Array(all[2..<4]))
        let list = try client.get("/virt?q=web")
        #expect(try list.string("//hv:filter[@name='shutoff']") == "2")
        for href in try list.strings("//hv:sorts/hv:sort/@href | //hv:filters/hv:filter/@href") {
            #expect(try client.get(href).status == 200, "\(href)")
        }
        #expect(try client.get("/virt?view=csv").text.split(whereSeparator: \.isNewline).count == 7)
    }
}
