// SPDX-License-Identifier: GPL-2.0-or-later

/// What `test:///default` holds.
enum Given {
    static let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"
    static let vm = "/virt/nobody/\(uuid)"
    static let define = "/hosts/test/virDomainDefineXML"

    static func domain(_ name: String, uuid: String? = nil) -> String {
        let escaped = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\r", with: "&#13;")
            .replacing("\t", with: "&#9;")
        return
            "<domain type='test'><name>\(escaped)</name>\(uuid.map { "<uuid>\($0)</uuid>" } ?? "")<memory>1024</memory><os><type>hvm</type></os></domain>"
    }
}
