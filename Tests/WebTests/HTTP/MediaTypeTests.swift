// SPDX-License-Identifier: GPL-2.0-or-later

import Testing

@testable import Web

@Suite struct MediaTypeTests {
    @Test(
        arguments: [
            ("text/html", "text/html", [:]), (" Text/HTML ;Charset=UTF-8", "text/html", ["charset": "UTF-8"]), ("*/*;q=0.1", "*/*", ["q": "0.1"]),
            ("a/b;x=\"y;z, \\\"\\q\"; w=1;", "a/b", ["x": "y;z, \"q", "w": "1"]), ("a/b; ; x=\"\"", "a/b", ["x": ""]),
            ("a/b;x=\"ü%22\"", "a/b", ["x": "ü%22"]),
            ("application/vnd.a+xml", "application/vnd.a+xml", [:]),
        ] as [(String, String, [String: String])])
    func `a media type is parsed`(text: String, essence: String, parameters: [String: String]) throws {
        let type = try #require(MediaType(text))
        #expect(type.essence == essence)
        #expect(type.parameters == parameters)
        #expect(type.matches(essence.uppercased()))
        #expect(!type.matches("text/plain"))
    }

    @Test(arguments: [
        "", "text", "text/", "/html", "text /html", "text/html x", "a/b;x", "a/b;x=", "a/b;=y", "a/b;x =y", "a/b;x=1;X=2", "a/b;x=\"", "a/b;x=\"\\\"",
        "a/b;x=\"\n\"", "a/b;x=\"\\\0\"", "a/b,c/d", "ä/b",
    ])
    func `anything else is none`(text: String) {
        #expect(MediaType(text) == nil)
    }
}
