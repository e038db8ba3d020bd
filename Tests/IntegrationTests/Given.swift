// SPDX-License-Identifier: GPL-2.0-or-later

/// What `test:///default` holds.
enum Given {
    static let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"
    static let vm = "/virt/nobody/\(uuid)"
    static let define = "/hosts/test/virDomainDefineXML"

    static func domain(_ name: String, uuid: String? = nil) -> String {
        // By scalars: to Swift, an ampersand with an accent on it is another character.
        let references: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\t": "&#9;"]
        let escaped = name.unicodeScalars.map { references[$0] ?? String($0) }.joined()
        return
            "<domain type='test'><name>\(escaped)</name>\(uuid.map { "<uuid>\($0)</uuid>" } ?? "")<memory>1024</memory><os><type>hvm</type></os></domain>"
    }
}
