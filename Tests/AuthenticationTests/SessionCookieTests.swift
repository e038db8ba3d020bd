// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Authentication

@Suite struct SessionCookieTests {
    @Test(
        arguments: [
            (["handlervirt=a"], "a"), (["x=1; handlervirt=a; y=2"], "a"), (["x=1;handlervirt=a"], "a"), (["x=1", "handlervirt=a"], "a"),
            (["handlervirt=a=b"], "a=b"), (["handlervirt="], ""), (["handlervirt=a; handlervirt=a"], nil), (["handlervirt=a", "handlervirt=b"], nil),
            (["Handlervirt=a"], nil), (["handlervirt"], nil), (["handlervirt =a"], nil), (["xhandlervirt=a"], nil), (["__Host-handlervirt=a"], nil),
            ([""], nil), ([], nil), ([";;; =;"], nil), (["\u{212A}=1; handlervirt=\u{FF}\0"], "\u{FF}\0"),
        ] as [([String], String?)])
    func `the value is that of the one cookie of the name`(headers: [String], value: String?) {
        #expect(SessionCookie.value(in: headers, isSecure: false) == value)
    }

    @Test func `with TLS it bears another name, and neither is taken for the other`() {
        #expect(SessionCookie.value(in: ["__Host-handlervirt=a; handlervirt=b"], isSecure: true) == "a")
        #expect(SessionCookie.value(in: ["handlervirt=b"], isSecure: true) == nil)
        #expect(SessionCookie.setting("v", age: 60, isSecure: true) == "__Host-handlervirt=v; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure")
        #expect(SessionCookie.setting("", age: 0, isSecure: false) == "handlervirt=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    }
}
