// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Avahi

@Suite struct LabelSetTests {
    @Test func `equal names get alternatives, in each type for itself`() {
        var labels = LabelSet()
        #expect(labels.take("web", type: "_a._tcp") == "web")
        #expect(labels.take("web", type: "_b._tcp") == "web")
        #expect(labels.take("WEB", type: "_a._tcp") == "WEB #2")
        #expect(labels.take("web", type: "_a._tcp") == "web #3")
        labels.free("web #3", type: "_a._tcp")
        #expect(labels.take("web #3", type: "_a._tcp") == "web #3")
    }

    @Test func `alternatives stay within 63 bytes and whole characters`() {
        var labels = LabelSet()
        let long = String(repeating: "ä", count: 31)
        for _ in 0..<1_000 {
            let label = labels.take(long, type: "_a._tcp")
            #expect(label.utf8.count <= 63)
            #expect(!label.unicodeScalars.contains("\u{FFFD}"))
        }
    }
}
