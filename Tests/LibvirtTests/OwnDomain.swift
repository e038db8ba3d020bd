// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// `test:///default` is one hypervisor for the whole process: a test that changes something does it to a domain of its own.
enum OwnDomain {
    /// Random, so that no other test has it.
    static func uuid() -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for index in 0..<32 {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digits[Int.random(in: 0..<16)])
        }
        return text
    }

    static func xml(uuid: String) -> String {
        """
        <domain type='test'><name>own-\(uuid)</name><uuid>\(uuid)</uuid><memory unit='KiB'>1048576</memory>
        <currentMemory unit='KiB'>524288</currentMemory><vcpu current='1'>4</vcpu><os><type>hvm</type></os>
        <devices><disk type='file' device='disk'><source file='/nowhere'/><target dev='vda'/></disk>
        <interface type='network'><source network='default'/><target dev='own0'/></interface>
        <memballoon model='virtio'/></devices></domain>
        """
    }

    /// Defines a domain, lends it, and removes it whatever happened.
    static func with<Result>(
        uuid: String = uuid(), _ body: (borrowing Domain) throws(LibvirtError) -> Result
    ) throws(LibvirtError) -> Result {
        let connection = try Connection(uri: "test:///default", readOnly: false)
        return try connection.defineDomain(xml: xml(uuid: uuid)) { domain throws(LibvirtError) in
            defer {
                try? domain.destroy()
                try? domain.undefine()
            }
            return try body(domain)
        }
    }
}

/// What `body` throws; nil if it does not.
func failure(of body: () throws(LibvirtError) -> Void) -> LibvirtError? {
    do throws(LibvirtError) {
        try body()
        return nil
    } catch {
        return error
    }
}
