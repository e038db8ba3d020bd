// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Operations
import XML

/// The facts about an object, in rows and on its page.
struct ObjectFields {
    private let record: ObjectRecord
    private let host: String
    private let owner: String?
    private let users: [(uses: Set<DomainUse>, vm: VM)]

    init(_ record: ObjectRecord, host: String, vm: VM?, users: [(uses: Set<DomainUse>, vm: VM)]) {
        self.record = record
        self.host = host
        owner = vm?.owner
        self.users = users
    }

    func write(to writer: inout Writer) {
        for field in record.fields {
            switch field.value {
            case .text(let text): writer.element(field.name, text: text)
            case .truth(let truth): writer.element(field.name, text: truth.map { String($0) } ?? "")
            case .bytes(let number): writer.element(field.name, [.unit: "bytes"], text: number.map { String($0) } ?? "")
            case .seconds(let number): writer.element(field.name, [.unit: "s"], text: number.map { String($0) } ?? "")
            case .constant(let name, let word): writer.element(field.name, [.name: name], text: word)
            case .object(let identity):
                let href = identity.map { Links.object($0.path, host: host, owner: owner) }
                writer.element(field.name, [.name: identity?.name.description, .href: href])
            case .users(let wanted):
                writer.element(field.name) { writer in
                    for (uses, vm) in users where !uses.isDisjoint(with: wanted) {
                        writer.element("vm", [.name: vm.record.name, .href: Links.vm(vm)])
                    }
                }
            }
        }
    }
}
