// SPDX-License-Identifier: GPL-2.0-or-later

import Testing

@testable import Web

@Suite struct EntityTagTests {
    @Test(arguments: ["": "\"cbf29ce484222325-0\"", "a": "\"af63dc4c8601ec8c-1\"", "foobar": "\"85944171f73967e8-6\""])
    func `a tag is the FNV-1a hash and the length`(text: String, tag: String) {
        #expect(EntityTag.of(text.utf8) == tag)
        #expect(EntityTag.of(Array(text.utf8)) == tag)
    }

    @Test(arguments: [
        "\"a\"", "W/\"a\"", "*", " * ", "\"b\", \"a\"", "\"b\",W/\"a\" ,\"c\"", ",,\"a\"", "\"x,y\", \"a\"", "\t\"a\"", "\"a\" \"b\"", "\"\", \"a\"",
    ])
    func `a list that holds the tag matches`(field: String) {
        #expect(EntityTag.matches(ifNoneMatch: field, tag: "\"a\""))
        #expect(EntityTag.matches(ifNoneMatch: field, tag: "W/\"a\""))
    }

    @Test(arguments: [
        "", " ", "a", "\"a", "\"b\"", "w/\"a\"", "*, \"a\"", "**", "\"b\" \"a\"", "\"b\";\"a\"", "\"b, \"a\"", ",", "W/", "\"A\"", "W/ \"a\"",
    ])
    func `any other does not`(field: String) {
        #expect(!EntityTag.matches(ifNoneMatch: field, tag: "\"a\""))
    }
}
