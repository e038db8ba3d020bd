// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Commands
import Documents
import Foundation
import Testing
import XML

@testable import Web

@Suite struct LoginTests {
    private static let schema = Result {
        let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try Schema(file: top.appending(path: "Public/schema/handlervirt.rng").path)
    }

    private func page(_ target: String, _ entrance: Entrance? = nil) throws -> Page {
        Page(target: try RequestTarget(target), up: nil, in: Surroundings(mode: .readWrite, visibility: .everyone, entrance: entrance))
    }

    private func text(_ bytes: [UInt8]) throws -> String {
        try Self.schema.get().validate(try Document(parsing: bytes))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: ["/", "/virt", "/virt/anna/a%20b?view=html&q=%2F%2Fx", "/hosts#x", "/login-not", "/..", "/a//b"])
    func `a path of this server is where one is led`(path: String) { #expect(ReturnPath.checked(path) == path) }

    @Test(arguments: [
        nil, "", "virt", "//evil", "///evil", "/\\evil", "\\evil", "/a\\b", "http://evil/", "javascript:alert(1)", " /virt", "/vi rt", "/\tx",
        "/\r\nX: y", "/\u{0}",
        "/\u{E9}", "/\u{202E}", "/login", "/login?next=/virt", "/logout", "/logout#x", "/login/", "/login/?next=/virt", "/%6Cogin", "/logout/",
        "/" + String(repeating: "a", count: 5000),
    ])
    func `anything else is not`(text: String?) { #expect(ReturnPath.checked(text) == nil) }

    @Test func `a form holds a name, a password and perhaps where to go`() throws {
        let fields = try LoginFields([("name", "anna"), ("password", " p&=+ "), ("next", "/hosts")])
        #expect(fields.name == "anna" && fields.password == " p&=+ " && fields.next == "/hosts")
        #expect(try LoginFields([("password", ""), ("name", ""), ("next", "//evil")]).next == nil)
        for (fields, parameter) in [
            ([("name", "anna")], "password"), ([("password", "x")], "name"), ([("name", "a"), ("name", "b"), ("password", "x")], "name"),
            ([("name", "a"), ("password", "x"), ("remember", "1")], "remember"), ([], "name"),
        ] as [([RequestForm.Field], String)] {
            let error = #expect(throws: ArgumentError.self) { try LoginFields(fields) }
            #expect(error?.parameter == parameter)
        }
    }

    @Test func `documents of coming in and going out are valid`() throws {
        let form = LoginForm(next: "/virt?a=1&b=2", name: "<anna>")
        let login = try text(LoginDocument(page: try page("/login"), form: form, message: "x").bytes)
        #expect(login.contains("<hv:next>/virt?a=1&amp;b=2</hv:next><hv:name>&lt;anna&gt;</hv:name>"))
        #expect(try text(LogoutDocument(page: try page("/logout", .logout), message: "x").bytes).contains(#"<hv:link rel="logout" href="/logout"/>"#))
        var fault = Fault(401, "No.")
        fault.login = form
        let surroundings = Surroundings(mode: .readOnly, visibility: .owner)
        let stopped = try text(fault.bytes(id: UUID().uuidString, page: nil, in: surroundings))
        #expect(stopped.contains(#"<hv:login href="/login"><hv:next>/virt?a=1&amp;b=2</hv:next>"#))
    }

    @Test(arguments: [
        ("/hosts", "/login?next=%2Fhosts"), ("/virt?q=a&view=html", "/login?next=%2Fvirt%3Fq%3Da"), ("/login", "/login"),
        ("/login?next=%2Fx", "/login"),
        ("/logout", "/login"),
    ])
    func `the link to log in leads back to the page that has it`(target: String, link: String) throws {
        let bytes = LogoutDocument(page: try page(target, .login), message: "x").bytes
        #expect(try text(bytes).contains(#"<hv:link rel="login" href="\#(link)"/>"#))
    }
}
