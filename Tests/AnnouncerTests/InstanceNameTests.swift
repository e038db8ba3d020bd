// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Announcer

@Suite struct InstanceNameTests {
    @Test func `a name that fits stays as it is`() {
        for name in ["web", " ", "..", "x%2fy", "a?b#c&d", "<b>", "web #2", "Kärnten", "👩‍💻"] { #expect(InstanceName.of(name, else: "x") == name) }
    }

    @Test(arguments: ["a", "é", "€", "😀"]) func `a long name is cut to 63 bytes of whole scalars`(_ scalar: String) {
        for length in 1...80 {
            let name = "x" + String(repeating: scalar, count: length)
            let label = InstanceName.of(name, else: "")
            #expect(label.utf8.count <= 63)
            #expect(label.utf8.count > 63 - scalar.utf8.count || label == name)
            #expect(name.utf8.starts(with: label.utf8))
            #expect(!label.unicodeScalars.contains("\u{FFFD}"))
        }
    }

    @Test func `what would make a list lie is replaced`() {
        #expect(InstanceName.of("a\tb\u{1b}[2Jc\u{7f}\u{202e}\u{85}", else: "x") == "a\u{FFFD}b\u{FFFD}[2Jc\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect(InstanceName.of("", else: "x") == "x")
    }

    @Test func `drivers are a closed set, in lower case`() {
        #expect(Driver(type: "QEMU") == .qemu)
        #expect(Driver(type: "Xen") == .xen)
        #expect(Driver(type: "qemu+ext") == nil)
        #expect(Driver(type: "") == nil)
    }
}
