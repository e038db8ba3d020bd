// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Cluster
import Commands
import Documents
import Inventory
import Libvirt
import Operations
import Settings

extension WebResponder {
    /// The one domain that an address means, or the answer that lists several.
    enum FoundDomain {
        case one(VM, address: String)
        case several(Answer)
    }

    func domain(_ address: Resource.DomainAddress, _ asked: AskedRequest) async throws -> FoundDomain {
        switch address {
        case .owner(let owner, let key):
            do {
                let vms = try await operations.candidates(key, owner: owner, for: asked.caller)
                return vms.count == 1 ? .one(vms[0], address: Links.vm(vms[0])) : .several(try ambiguous(vms, asked))
            } catch let failure as Failure where failure.kind == .notFound {
                guard let others = try? await operations.candidates(key, for: asked.caller), others.count == 1 else { throw failure }
                return .several(try moved(others[0], asked))
            }
        case .host(let host, let uuid):
            let vm = try await operations.vm(uuid: uuid, host: host, for: asked.caller)
            return .one(vm, address: Links.domain(uuid: vm.record.uuid.description, host: vm.host))
        }
    }

    /// The domain is another one's by now: 302 to where it is, or 409 for a POST, which was meant for what was there.
    private func moved(_ vm: VM, _ asked: AskedRequest) throws -> Answer {
        let address = Links.vm(vm)
        guard !asked.isPost else {
            throw Fault(409, "This virtual machine belongs to \(vm.owner), so nothing was done.", advice: "Its address is \(address) now.")
        }
        return .redirect(asked.target.target(replacing: 3, by: address), status: 302)
    }

    /// Several domains bear the name: 300 with all of them, or 409 for a POST, which must not guess.
    private func ambiguous(_ vms: [VM], _ asked: AskedRequest) throws -> Answer {
        guard !asked.isPost else {
            let isOne = Set(vms.map(\.record.uuid)).count == 1
            throw Fault(
                409,
                isOne
                    ? "\(vms.count) hosts hold this virtual machine, and it is not clear which copy is meant, so nothing was done."
                    : "\(vms.count) virtual machines bear this name, so nothing was done.",
                advice: isOne ? "Use the address of the copy that is meant, on its host." : "Use the UUID of the one that is meant.")
        }
        return list(vms, query: try VMQuery([]), owner: nil, hosts: [], status: 300, asked)
    }

    /// A domain's page: read anew now that somebody looks, if its host answers in time.
    func vm(_ known: VM, at address: String, _ asked: AskedRequest) async throws -> Answer {
        guard let (vm, isFresh) = await operations.refreshed(known, for: asked.caller) else { throw Vanished() }
        let target = Target(vm: vm)
        let document = VMDocument(
            page: page(for: asked, up: Links.vms), vm: vm, address: address, offer: offer(on: target, asked),
            result: isFresh ? try await description(of: target, asked) : nil)
        return .document(document.bytes, root: "vm")
    }

    /// What the caller may do with an object.
    func offer(on target: Target, _ asked: AskedRequest) -> Offer {
        Offer(
            commands: operations.actions(on: target, for: asked.caller), collections: operations.collections(of: target, for: asked.caller),
            editsXML: EditableXML(target.kind).map { operations.mayEdit(target, by: $0.description, $0.flags, $0.define, for: asked.caller) }
                ?? false,
            changesOwner: target.isDomain && operations.mayChangeOwner(of: target, for: asked.caller))
    }

    /// The form that changes a domain's owner, or the change.
    func owner(of address: Resource.DomainAddress, _ asked: AskedRequest) async throws -> Answer {
        let known: VM, own: String
        switch try await domain(address, asked) {
        case .several(let answer): return answer
        case .one(let vm, let address): (known, own) = (vm, address)
        }
        try operations.admitChangeOfOwner(of: known, for: asked.caller)
        guard asked.isPost else {
            try admitQuery([], asked)
            return .document(OwnerDocument(page: page(for: asked, up: own), vm: known, address: own, isDone: false).bytes, root: "command")
        }
        let fields = try RequestForm(limits: settings.limits, body: asked.body)
            .content(of: asked.request, for: OwnerDocument.name, []).fields
        let name = try OwnerDocument.owner(
            in: asked.target.query.filter { $0.name != "view" }.map { ($0.name, $0.value) } + fields.map { ($0.name, $0.text) })
        let vm = try await operations.changeOwner(of: known, to: name, for: asked.caller)
        let now = if case .host = address { own } else { Links.vm(vm) }
        if asked.isBrowser { return .redirect(now) }
        return .document(OwnerDocument(page: page(for: asked, up: now), vm: vm, address: now, isDone: true).bytes, root: "command")
    }

    /// That a domain was known and is not there any more. If it was found at its own address it may be on another host by now.
    struct Vanished: Error {}

    /// An object's XML for its page; nil if libvirt has none, or wrote what is no XML: the rest of the page stands.
    func description(of target: Target, _ asked: AskedRequest) async throws -> Value? {
        guard let command = ObjectRecord.description(target.kind).flatMap({ CommandTable.command($0.name) }) else { return nil }
        do {
            let arguments = try Arguments([], for: command)
            return try await operations.run(command, on: target, with: arguments, isHasty: true, for: asked.caller)
        } catch let failure as Failure where failure.kind == .notFound && target.isDomain {
            throw Vanished()
        } catch let failure as Failure where [.hypervisor, .unsupported, .conflict, .timeout, .unreachable].contains(failure.kind) {
            return nil
        }
    }
}
