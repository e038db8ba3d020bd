// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

/// The corpus of domain XML, each file on a real connection to libvirt's test driver.
@Suite(.blocking, .serialized, .timeLimit(.minutes(10))) struct CorpusTests {
    private let server: Server
    private var client: HTTPClient { server.client }

    init() throws { server = try Server() }

    private func label(_ file: String) -> Comment { Comment(rawValue: (file as NSString).lastPathComponent) }

    /// What is random where the file does not give it. A whole text, so that all else is compared byte by byte.
    private func withoutRandom(_ xml: String, of file: [UInt8]) -> String {
        let text = String(decoding: file, as: UTF8.self)
        var xml = xml.trimmingCharacters(in: .newlines)
        if !text.contains("<uuid>") || text.contains("<uuid></uuid>") || text.contains("<uuid/>") {
            xml = xml.replacing(/<uuid>[-0-9a-f]{36}<\/uuid>/, with: "<uuid/>")
        }
        if text.contains("<genid/>") { xml = xml.replacing(/<genid>[-0-9a-f]{36}<\/genid>/, with: "<genid/>") }
        let given = Set(text.matches(of: /address=['"]([0-9a-fA-F:]{17})['"]/).map { $0.1.lowercased() })
        return xml.replacing(/<mac address='([0-9a-f:]{17})'\/>/) { match in given.contains(String(match.1)) ? String(match.0) : "<mac/>" }
    }

    @Test func `a domain that was posted reads as in virsh`() throws {
        var compared = 0
        for file in try Repository.corpus("domains") {
            let bytes = try Repository.bytes(file)
            let defined = try client.post(Given.define, bytes, type: "application/xml")
            guard defined.status == 200, let href = try defined.string("/hv:command/hv:result/hv:object/@href") else {
                Issue.record("\(label(file)): \(defined.status) \(defined.text.prefix(1_500))")
                continue
            }
            #expect(try client.get("/virt").status == 200, label(file))
            #expect(try client.get(href, accept: "text/html").status == 200, label(file))
            let read = try client.get("\(href)/virDomainGetXMLDesc")
            let uuid = try #require(try defined.string("/hv:command/hv:result/hv:object/@id"))
            let name = try client.get("\(href)/virDomainGetName").string("/hv:command/hv:result/hv:string") ?? ""
            let key = String(decoding: bytes, as: UTF8.self).lowercased().contains(uuid) || uuid.hasPrefix("00000000-0000") ? uuid : name
            let quoted = "'" + key.replacing("'", with: "'\\''") + "'"
            var dump = try Virsh.run("test:///default", "define '\(file)'; dumpxml \(quoted)")
            if !dump.contains("<domain") { dump = try Virsh.run("test:///default", "define '\(file)'; dumpxml '\(uuid)'") }
            if let start = dump.firstRange(of: "<domain") {
                // Random UUIDs and addresses apart, the element is libvirt's very text.
                let (ours, theirs) = (withoutRandom(read.foreign ?? "", of: bytes), withoutRandom(String(dump[start.lowerBound...]), of: bytes))
                #expect(ours == theirs, label(file))
                compared += 1
            } else {
                Issue.record("\(label(file)): virsh printed \(dump.prefix(300))")
            }
            #expect(try client.post("\(href)/virDomainUndefine").status == 200, label(file))
        }
        #expect(compared > 150)
        #expect(try client.get("/virt").string("/hv:vms/hv:total") == "1")
        #expect(server.isRunning)
    }

    @Test(arguments: ["hostile", "lethal"]) func `what is wrong is refused and nothing happens`(folder: String) throws {
        for file in try Repository.corpus(folder) {
            let status = (file as NSString).lastPathComponent.prefix(3)
            let response = try client.post(Given.define, try Repository.bytes(file), type: "application/xml", timeout: 20)
            #expect(String(response.status) == status, "\(label(file)): \(response.text.prefix(600))")
            let list = try client.get("/virt")
            #expect(try list.strings("/hv:vms/hv:vm/hv:name") == ["test"], label(file))
            try #require(server.isRunning, label(file))
        }
    }

    @Test func `what libvirt prints without escaping spoils no page`() throws {
        for file in try Repository.corpus("unescaped") {
            let response = try client.post(Given.define, try Repository.bytes(file), type: "application/xml")
            #expect([200, 422].contains(response.status), label(file))
            for view in ["xml", "html", "json", "csv"] { #expect(try client.get("/virt?view=\(view)").status == 200, label(file)) }
            let ids = try client.get("/virt").strings("/hv:vms/hv:vm/@id").filter { $0 != Given.uuid }
            for id in ids {
                for view in ["xml", "html", "json"] { #expect(try client.get("/virt/nobody/\(id)?view=\(view)").status == 200, label(file)) }
                let text = try client.get("/virt/nobody/\(id)/virDomainGetXMLDesc")
                #expect([200, 502].contains(text.status), label(file))
                #expect(try client.post("/virt/nobody/\(id)/virDomainUndefine").status == 200, label(file))
            }
        }
        #expect(try client.get("/virt").string("/hv:vms/hv:total") == "1")
    }
}
