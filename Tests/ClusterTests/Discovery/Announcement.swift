// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi

@testable import Cluster

/// What somebody on the network says.
struct Announcement {
    var type = Announcements.hostType
    var name = "label"
    var host = "node1.local"
    var address = "192.0.2.11"
    var interface: Int32 = 2
    var version = Service.Version.ipv4
    var port: UInt16 = 16_514
    var text = ["txtvers=1", "host-uuid=\(Self.uuid(1))", "driver=qemu", "domains=3", "transports=tls,tcp", "tls-port=16514", "tcp-port=16509"]

    static func uuid(_ number: Int) -> String {
        let digits = String(number)
        return "5ca1ab1e-0000-4000-8000-\(String(repeating: "0", count: 12 - digits.count))\(digits)"
    }

    static func host(_ number: Int) -> Announcement {
        var announcement = Announcement(name: "host \(number)", host: "node\(number).local", address: "192.0.2.\(number % 200 + 10)")
        announcement.text[1] = "host-uuid=\(uuid(number))"
        return announcement
    }

    /// A domain of such a host.
    func domain(_ number: Int, name: String? = nil) -> Announcement {
        var announcement = self
        announcement.type = Announcements.domainType
        announcement.name = "vm \(number)"
        announcement.text = [text[0], text[1], text[2], "uuid=\(Self.uuid(number))", "name=\(name ?? "vm\(number)")", "owner=root"]
        return announcement
    }

    func with(_ item: String) -> Announcement {
        var announcement = self
        let key = item.prefix { $0 != "=" } + "="
        announcement.text = announcement.text.filter { !$0.hasPrefix(key) } + [item]
        return announcement
    }

    func without(_ key: String) -> Announcement {
        var announcement = self
        announcement.text.removeAll { $0.hasPrefix("\(key)=") }
        return announcement
    }

    var key: Service.Key { Service.Key(interface: interface, version: version, name: name, type: type, domain: "local") }

    var service: Service { Service(key: key, hostName: host, address: address, port: port, text: text.map { Array($0.utf8) }) }
}
