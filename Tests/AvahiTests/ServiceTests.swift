// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Testing

@Suite struct ServiceTests {
    private func service(_ items: [[UInt8]]) -> Service {
        Service(
            key: .init(interface: 1, version: .ipv6, name: "a", type: "_a._tcp", domain: "local"), hostName: "", address: "", port: 0, text: items)
    }

    @Test func `a TXT item is found by its key, whatever its case, and the first one counts`() {
        let service = service([Array("flag".utf8), Array("UUID=1".utf8), Array("uuid=2".utf8), Array("uuidx=3".utf8), Array("empty=".utf8)])
        #expect(service.value(of: "uuid") == Array("1".utf8))
        #expect(service.value(of: "empty") == [])
        #expect(service.value(of: "flag") == nil)
        #expect(service.value(of: "uui") == nil)
    }

    @Test func `hostile items are data`() {
        let service = service([[], [0x3d], [0xff, 0x3d, 0], Array("name=".utf8) + [0, 0xff, 10], [UInt8](repeating: 0x3d, count: 60_000)])
        #expect(service.value(of: "") == [])
        #expect(service.value(of: "name") == [0, 0xff, 10])
    }
}
