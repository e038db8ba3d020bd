// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation
import Testing

/// What is wrong with a request is told by the status and by the fault, and nothing happens.
@Suite(.blocking, .serialized, .timeLimit(.minutes(3))) struct FaultTests {
    private let server: Server
    private var client: HTTPClient { server.client }

    init() throws { server = try Server() }

    private func expect(
        _ response: HTTPResponse, _ status: Int, parameter: String? = nil, code: String? = nil, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(response.status == status, comment, sourceLocation: sourceLocation)
        guard response.type == "application/xml" else {
            Issue.record("\(comment): \(response.type) is no fault document", sourceLocation: sourceLocation)
            return
        }
        #expect(response.root == "fault", comment, sourceLocation: sourceLocation)
        #expect(try response.string("/hv:fault/hv:status") == String(status), comment, sourceLocation: sourceLocation)
        #expect(try response.string("/hv:fault/@id") == response.header("X-Request-Id"), comment, sourceLocation: sourceLocation)
        if let parameter {
            #expect(try response.string("/hv:fault/hv:parameter/@name") == parameter, comment, sourceLocation: sourceLocation)
        }
        if let code { #expect(try response.string("/hv:fault/hv:code/@name") == code, comment, sourceLocation: sourceLocation) }
    }

    @Test func `what does not exist is 404`() throws {
        for target in [
            "/virt/nobody/nosuch", "/virt/nosuch/nosuch", "/virt/nobody/6695eb01-0000-0000-0000-000000000000", "/hosts/nosuch", "/nosuch",
            "/virt/nobody/test/virNoSuch", "/virt/nobody/test/virDomainGetInfo/more", "/hosts/test/virNoSuch", "/commands/virNoSuch",
            "/hosts/test/domains/6695eb01-0000-0000-0000-000000000000", "/hosts/test/virDomainGetInfo", "/virt/nobody/test/virNodeGetInfo",
            "/public/nosuch.css", "/public/~Li4/Package.swift", "/public/~Li4vUGFja2FnZS5zd2lmdA", "/stylesheets/~Li4/Package.swift",
            "/schema/nosuch", "/virt/nobody/\(String(repeating: "x", count: 300))", "/virt/nobody/%3Cb%3E", "/virt/nobody/a%2fb", "/virt/nobody/a+b",
            "/virt/nobody/a%3Fb", "/virt/nobody/~Li4", "/virt/nobody/~", "/virt/nobody/~YS9i",
        ] {
            try expect(try client.get(target), 404, "GET \(target)")
        }
        for target in ["/virt/nobody/nosuch/virDomainDestroy", "/hosts/nosuch/virDomainDefineXML", "/virt/nobody/test/virNoSuch"] {
            try expect(try client.post(target), 404, "POST \(target)")
        }
    }

    @Test func `an address that cannot be read is 400, or 414 if it is too long`() throws {
        for target in [
            "/virt/nobody/%ff", "/virt/nobody/%00", "/virt/nobody/a%00b", "/virt/nobody/%", "/virt/nobody/%zz", "/virt/nobody/..",
            "/virt/nobody/%2e%2e",
            "/virt/./test", "/virt//test", "/virt/nobody/~!", "/virt/nobody/test/%c0%af", "/public/../Package.swift", "/public/%2e%2e/Package.swift",
            "/virt?q=%ff", "/virt?q=%", "/virt/nobody/~/_w",
        ] {
            let response = try client.get(target)
            #expect((400...404).contains(response.status), "GET \(target)")
            #expect(response.root == "fault", "GET \(target)")
        }
        for target in ["/virt/nobody/%ff", "/virt/nobody/%00", "/virt/nobody/%zz", "/virt/nobody/%2e%2e"] {
            try expect(try client.get(target), 400, "GET \(target)")
        }
        try expect(try client.get("/virt/nobody/" + String(repeating: "x", count: 17_000)), 414, "17,000 characters")
    }

    @Test func `a parameter that does not fit is 422 and named`() throws {
        let vm = Given.vm
        for (target, parameter) in [
            ("/virt?nosuch=1", "nosuch"), ("/virt?sort=nosuch", "sort"), ("/virt?max=0", "max"), ("/virt?max=-1", "max"), ("/virt?max=x", "max"),
            ("/virt?state=nosuch", "state"), ("/virt?view=nosuch", "view"), ("\(vm)?x=1", "x"), ("/hosts?x=1", "x"), ("/commands?x=1", "x"),
            ("\(vm)/virDomainGetXMLDesc?flags=VIR_NO_SUCH", "flags"), ("\(vm)/virDomainGetXMLDesc?flags=1", "flags"),
            ("\(vm)/virDomainGetXMLDesc?flag=VIR_DOMAIN_XML_INACTIVE", "flag"), ("\(vm)/virDomainGetState?x=%3Cb%3E", "x"),
            ("\(vm)?view=csv", "view"), ("\(vm)/virDomainDestroy?x=1", "x"),
        ] {
            try expect(try client.get(target), 422, parameter: parameter, "GET \(target)")
        }
        for (command, form, parameter) in [
            ("virDomainSetMemory", "", "memory"), ("virDomainSetMemory", "memory=", "memory"), ("virDomainSetMemory", "memory=x", "memory"),
            ("virDomainSetMemory", "memory=-1", "memory"), ("virDomainSetMemory", "memory=0", "memory"),
            ("virDomainSetMemory", "memory=1&memory=2", "memory"),
            ("virDomainSetMemory", "memory=18446744073709551616", "memory"), ("virDomainSetMemory", "memory=9223372036854775807", "memory"),
            ("virDomainSetMemory", "memory=1&x=2", "x"), ("virDomainSetMemory", "memory=1+", "memory"),
            ("virDomainSetVcpus", "nvcpus=99999999", "nvcpus"), ("virDomainSetVcpus", "nvcpus=0", "nvcpus"),
            ("virDomainSetAutostart", "autostart=maybe", "autostart"), ("virDomainSetAutostart", "", "autostart"),
            ("virDomainDestroyFlags", "flags=VIR_DOMAIN_XML_SECURE", "flags"), ("virDomainReboot", "flags=%3Cscript%3E", "flags"),
        ] {
            try expect(try client.post("\(vm)/\(command)", form: form), 422, parameter: parameter, "\(command) \(form)")
        }
        try expect(try client.post(Given.define, form: ""), 422, parameter: "xml", "no xml")
        try expect(try client.post("\(vm)/virDomainSetVcpus", form: "nvcpus=3"), 422, code: "VIR_ERR_INVALID_ARG", "more than the maximum")
    }

    @Test func `a method that is not for the address is 405 and says which are`() throws {
        for (method, target, allowed) in [
            ("POST", "/virt", "GET, HEAD"), ("DELETE", Given.vm, "GET, HEAD"), ("PUT", "/hosts", "GET, HEAD"),
            ("POST", "/public/css/handlervirt.css", "GET, HEAD"),
            ("DELETE", "\(Given.vm)/virDomainDestroy", "GET, HEAD, POST"), ("PATCH", "/commands", "GET, HEAD"), ("OPTIONS", "/virt", "GET, HEAD"),
            ("TRACE", "/virt", "GET, HEAD"),
        ] {
            let response = try client.get(target, method: method)
            try expect(response, 405, "\(method) \(target)")
            #expect(response.header("Allow") == allowed, "\(method) \(target)")
            #expect(try response.strings("/hv:fault/hv:method") == allowed.components(separatedBy: ", "))
        }
        let secret = try client.get("\(Given.vm)/virDomainGetXMLDesc?flags=VIR_DOMAIN_XML_SECURE")
        try expect(secret, 405, "passwords by GET")
        #expect(secret.header("Allow") == "POST")
    }

    @Test func `a body that is of no use is 400, 413 or 415`() throws {
        let xml = Given.domain("new")
        for (body, comment) in [
            ("<domain", "cut"), ("", "empty"), ("<a></b>", "crossed"), ("<!DOCTYPE domain><domain/>", "DOCTYPE"),
            ("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>", "entity"), ("{}", "JSON"),
        ] {
            try expect(try client.post(Given.define, xml: body), 400, Comment(rawValue: comment))
        }
        try expect(try client.post(Given.define, [0x3C, 0x61, 0xFF, 0x3E], type: "application/xml"), 400, "bytes that are not UTF-8")
        try expect(try client.post(Given.define, "xml=%ff".utf8, type: "application/x-www-form-urlencoded"), 400, "a form that is not UTF-8")
        try expect(try client.post(Given.define, "x".utf8, type: "multipart/form-data"), 400, "no boundary")
        try expect(try client.post(Given.define, "x".utf8, type: "multipart/form-data; boundary=b"), 400, "no such boundary")
        for type in ["application/json", "text/plain", "application/octet-stream", "nonsense", "image/svg+xml"] {
            try expect(try client.post(Given.define, xml.utf8, type: type), 415, Comment(rawValue: type))
        }
        try expect(try client.post(Given.define, xml.utf8), 415, "no type")
        try expect(try client.post("\(Given.vm)/virDomainSuspend", xml.utf8, type: "application/xml"), 415, "XML for a command that takes none")
        let large = [UInt8](repeating: 0x20, count: 5 << 20)
        try expect(try client.post(Given.define, large, type: "application/xml"), 413, "5 MiB")
        let chunks = Array("400000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x400000) + Array("\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n".utf8)
        let head = "POST \(Given.define) HTTP/1.1\r\nHost: 127.0.0.1:\(client.port)\r\nConnection: close\r\nContent-Type: application/xml\r\n"
        #expect(try client.send(raw: Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + chunks).status == 413)
        #expect(try client.get("/virt").strings("//hv:vm/hv:name") == ["test"])
    }

    @Test func `what the state forbids is 409 and names the state`() throws {
        for (command, state) in [("virDomainCreate", "running"), ("virDomainResume", "running")] {
            let response = try client.post("\(Given.vm)/\(command)")
            try expect(response, 409, Comment(rawValue: command))
            #expect(try response.string("/hv:fault/hv:state") == state)
            #expect(try response.string("/hv:fault/hv:outcome") == "failed")
            #expect(try response.string("/hv:fault/hv:code/@name") != nil)
            #expect(try response.string("/hv:fault/hv:host/@name") == "test")
        }
        #expect(try client.post("\(Given.vm)/virDomainDestroy").status == 200)
        for command in ["virDomainDestroy", "virDomainShutdown", "virDomainSuspend", "virDomainResume", "virDomainReboot"] {
            let response = try client.post("\(Given.vm)/\(command)")
            try expect(response, 409, Comment(rawValue: command))
            #expect(try response.string("/hv:fault/hv:state/@name") == "VIR_DOMAIN_SHUTOFF", Comment(rawValue: command))
        }
        #expect(try client.post(Given.define, xml: Given.domain("other", uuid: Given.uuid)).status == 409)
        #expect(try client.post(Given.define, xml: Given.domain("test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e1930")).status == 409)
    }

    @Test func `what the hypervisor does not have is 501`() throws {
        let response = try client.get("\(Given.vm)/virDomainGetSchedulerParametersFlags")
        try expect(response, 501, code: "VIR_ERR_INVALID_ARG", "the test driver knows no flags of scheduler parameters")
    }

    @Test func `nothing that was sent comes back unescaped`() throws {
        let nasty = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%26"
        for target in [
            "/virt/nobody/\(nasty)", "/virt/\(nasty)", "/virt?q=\(nasty)", "/virt?\(nasty)=1", "/virt?sort=\(nasty)", "/hosts/\(nasty)", "/\(nasty)",
            "\(Given.vm)/\(nasty)", "\(Given.vm)?\(nasty)=\(nasty)", "\(Given.vm)/virDomainSetMemory?memory=\(nasty)", "/commands/\(nasty)",
            "\(Given.vm)/virDomainGetXMLDesc?flags=\(nasty)", "/hosts/test/virDomainDefineXML?xml=\(nasty)",
        ] {
            for accept in ["text/html", "application/xml", "application/json"] {
                let response = try client.get(target, accept: accept)
                if accept != "application/json" { #expect(!response.text.contains("<script>"), "\(accept) \(target)") }
                #expect(response.header("X-Content-Type-Options") == "nosniff")
                #expect(response.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
                #expect(!(response.header("Location") ?? "").contains("<"))
            }
        }
        let posted = try client.post("\(Given.vm)/virDomainSetMemory", form: "memory=\(nasty)", accept: "text/html")
        #expect(posted.status == 422)
        #expect(!posted.text.contains("<script>"))
    }

    @Test func `a request that is no HTTP ends in 400 or a closed connection, and the server lives`() throws {
        for text in [
            "nonsense\r\n\r\n", "GET\r\n\r\n", "GET /virt HTTP/9.9\r\n\r\n", "GET /virt HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
            "\0\0\0\0\r\n\r\n",
            "POST \(Given.define) HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /virt HTTP/1.1\r\nHost: a\r\n bad header\r\n\r\n", "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n",
        ] {
            let response = try? client.send(raw: Array(text.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n").utf8), timeout: 5)
            #expect(response == nil || (400...505).contains(response?.status ?? 0), "\(text.debugDescription): \(response?.status ?? 0)")
        }
        #expect(try client.get("/virt").status == 200)
    }
}
