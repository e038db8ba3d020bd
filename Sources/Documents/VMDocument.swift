// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// `vm`: one domain, what it is and what may be done with it.
public struct VMDocument {
    private let page: Page
    private let vm: VM
    private let address: String
    private let offer: Offer
    private let result: Value?

    /// - Parameters:
    ///   - address: the domain's URL as this page uses it.
    ///   - result: of `virDomainGetXMLDesc`; nil if it could not be had.
    public init(page: Page, vm: VM, address: String, offer: Offer, result: Value?) {
        self.page = page
        self.vm = vm
        self.address = address
        self.offer = offer
        self.result = result
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("vm", [.id: vm.record.uuid.description, .href: address]) { writer in
            page.write(to: &writer)
            Self.writeSummary(of: vm, to: &writer)
            offer.write(on: Target(vm: vm), at: address, to: &writer)
            if let result { writer.element("result") { result.write(host: vm.host, to: &$0) } }
        }
        return writer.finish()
    }

    /// - Parameter withUsage: whether the list shows what its rows use.
    static func writeRow(_ vm: VM, actions: [Action], withUsage: Bool, to writer: inout Writer) {
        writer.element("vm", [.id: vm.record.uuid.description, .href: Links.vm(vm)]) { writer in
            writeSummary(of: vm, to: &writer)
            if withUsage, let usage = vm.usage { write(usage, to: &writer) }
            for action in actions { action.write(withParameters: false, to: &writer) }
        }
    }

    private static func writeSummary(of vm: VM, to writer: inout Writer) {
        let record = vm.record
        writer.element("name", text: record.name)
        writer.element("uuid", text: record.uuid.description)
        if let title = record.title { writer.element("title", text: title) }
        if let description = record.description { writer.element("description", text: description) }
        writer.element("owner", [.href: Links.owner(vm.owner)], text: vm.owner)
        writer.element("tags") { writer in
            for tag in record.tags { writer.element("tag", text: tag) }
        }
        if let note = record.note { writer.element("note", text: note) }
        writer.element("state", [.name: record.state.name], text: record.state.text)
        writer.element("reason", [.name: record.state.reasonName], text: record.state.reasonText)
        writer.element("vcpus", text: String(record.vcpus))
        writer.element("memory", [.unit: "KiB"], text: String(record.memory))
        writer.element("maximum-memory", [.unit: "KiB"], text: String(record.maximumMemory))
        writer.element("autostart", text: String(record.autostart))
        writer.element("persistent", text: String(record.isPersistent))
        writer.element("host", [.name: vm.host, .href: Links.host(vm.host)])
        if let age = vm.age { writer.element("stale", [.unit: "s"], text: String(age.components.seconds)) }
        if vm.isAnnouncedOnly { writer.element("announced", text: "true") }
        if !vm.others.isEmpty {
            writer.element("also") { writer in
                for host in vm.others {
                    writer.element("host", [.name: host, .href: Links.domain(uuid: record.uuid.description, host: host)])
                }
            }
        }
        if let conflict = vm.conflict { writer.element("conflict", text: conflict) }
        if let dispute = vm.ownership.dispute { writer.element("dispute", text: dispute) }
    }

    /// What it uses, measured.
    private static func write(_ usage: VM.Usage, to writer: inout Writer) {
        writer.element("usage") { writer in
            if let share = usage.share { writer.element("cpu", [.unit: "percent"], text: String((share * 10).rounded() / 10)) }
            if let time = usage.statistics.cpuTime { writer.element("cpu-time", [.unit: "ns"], text: String(time)) }
            if let resident = usage.statistics.residentMemory { writer.element("resident-memory", [.unit: "KiB"], text: String(resident)) }
        }
    }
}
