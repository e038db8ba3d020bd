// SPDX-License-Identifier: GPL-2.0-or-later

import Testing

@testable import Addresses

@Suite struct Base64URLTests {
    @Test(arguments: [
        "": "", "f": "Zg", "fo": "Zm8", "foo": "Zm9v", "foob": "Zm9vYg", "fooba": "Zm9vYmE", "foobar": "Zm9vYmFy", "??>": "Pz8-", "???": "Pz8_",
    ])
    func `the examples of RFC 4648 hold`(plain: String, text: String) {
        #expect(Base64URL.encode(plain.utf8) == Array(text.utf8))
        #expect(Base64URL.decode(text.utf8) == Array(plain.utf8))
    }

    @Test(arguments: ["A", "AAAAA", "Zg==", "Zh", "Zm9", "+/+/", "Z g", "Zg\n", "ü"])
    func `what no encoder writes is refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
