// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import Libvirt

/// What `test:///default` holds.
enum Given {
    static let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"
    static let vm = "/virt/nobody/\(uuid)"
    static let define = "/hosts/test/virDomainDefineXML"

    /// The address of a command on an object of its kind; nil where there is none of that kind.
    static func target(_ command: Command) -> String? {
        let object: String? =
            switch command.object {
            case .connection: "/hosts/test"
            case .domain: vm
            case .network: "/hosts/test/networks/default"
            case .pool: "/hosts/test/pools/default-pool"
            case .interface: "/hosts/test/interfaces/eth1"
            case .device: "/hosts/test/devices/computer"
            case .snapshot, .checkpoint, .port, .volume, .filter, .binding, .secret: nil
            }
        return object.map { "\($0)/\(command.name)" }
    }

    static func domain(_ name: String, uuid: String? = nil) -> String {
        // By scalars: to Swift, an ampersand with an accent on it is another character.
        let references: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\t": "&#9;"]
        let escaped = name.unicodeScalars.map { references[$0] ?? String($0) }.joined()
        return
            "<domain type='test'><name>\(escaped)</name>\(uuid.map { "<uuid>\($0)</uuid>" } ?? "")<memory>1024</memory><os><type>hvm</type></os></domain>"
    }
}
