// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// `command` of the name `owner`: the form that changes whose a domain is and, once it was sent, that it is done. The one command that is none
/// of libvirt's functions.
public struct OwnerDocument {
    /// The segment of its URL.
    public static let name = "owner"
    /// Its only parameter.
    public static let parameter = "owner"

    private let page: Page
    private let vm: VM
    private let address: String
    private let isDone: Bool

    /// - Parameters:
    ///   - address: the domain's URL as this page uses it.
    ///   - isDone: whether the domain was just made the owner's.
    public init(page: Page, vm: VM, address: String, isDone: Bool) {
        self.page = page
        self.vm = vm
        self.address = address
        self.isDone = isDone
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("command", [.name: Self.name, .href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("title", text: Self.title)
            writer.element("summary", text: Self.summary)
            writer.element("object", [.rel: ObjectKind.domain.rawValue, .id: vm.record.uuid.description, .name: vm.record.name, .href: address])
            Self.writeAction(on: vm, at: address, to: &writer)
            if isDone {
                writer.element("outcome", text: "ok")
                writer.element("result")
            }
        }
        return writer.finish()
    }

    /// The owner that a form names; nil: nobody. Throws for a form of another shape.
    public static func owner(in fields: [(name: String, text: String)]) throws(ArgumentError) -> String? {
        for field in fields where field.name != parameter {
            throw ArgumentError(parameter: field.name, message: "There is no parameter of that name.")
        }
        guard fields.count == 1 else { throw ArgumentError(parameter: parameter, message: fields.isEmpty ? "It is missing." : "It is given once.") }
        return fields[0].text.isEmpty ? nil : fields[0].text
    }

    private static let title = "Change the owner"
    private static let summary = "Whose a virtual machine is stands in its metadata, so that it moves with it."

    static func writeAction(on vm: VM, at address: String, to writer: inout Writer) {
        writer.element("action", [.rel: "configuration", .name: name, .href: Links.command(name, of: address)]) { writer in
            writer.element("title", text: title)
            writer.element("method", text: "POST")
            for permission in Operations.changingOwner { writer.element("permission", text: permission.description) }
            writer.element("parameters") { writer in
                writer.element("parameter", [.name: parameter]) { writer in
                    writer.element("type", text: "string")
                    writer.element("required", text: "false")
                    writer.element("documentation", text: "the name of its new owner; none, or nobody, for a virtual machine without one")
                    if let owner = vm.ownership.name { writer.element("value", text: owner) }
                }
            }
        }
    }
}
