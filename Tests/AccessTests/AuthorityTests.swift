// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Testing

@Suite struct AuthorityTests {
    private func gate(_ grants: [Grant] = [], groups: [String: Set<String>] = [:], mode: AccessMode = .readWrite) -> Gate {
        Gate(mode: mode, visibility: .owner, authority: Authority(grants: grants, groups: groups))
    }

    private func vm(_ owner: Ownership, _ name: String = "x") -> ObjectReference { .domain(host: "h", uuid: "u", name: name, owner: owner) }

    private func mayDo(_ gate: Gate, _ name: String?, _ permission: Permission, _ object: ObjectReference) -> Bool {
        let caller = name.map { gate.authority.caller(named: $0) } ?? .anonymous
        return gate.decide(caller, permission, object).isAllowed
    }

    @Test func `nobody is anonymous where owners see their own`() {
        for object in [vm(.nobody), vm(.user("anna")), .host("h"), .server] {
            #expect(!mayDo(gate([Grant(.admin, to: .user(""), on: .everything)]), nil, .seeDomain, object))
        }
    }

    @Test func `a user owns what is his, and nothing else`() {
        let gate = gate()
        #expect(mayDo(gate, "anna", "domain:start", vm(.user("anna"))) && mayDo(gate, "anna", "domain:snapshot", vm(.user("anna"))))
        for permission in ["hv:raw", "hv:tune", "hv:owner", "domain:block_write", "domain:read_secure", "domain:migrate", "domain:delete"]
            as [Permission]
        {
            #expect(!mayDo(gate, "anna", permission, vm(.user("anna"))), "\(permission)")
        }
        for owner in [.nobody, .user("bert"), .disputed("anna or bert")] as [Ownership] { #expect(!mayDo(gate, "anna", .seeDomain, vm(owner))) }
        #expect(
            !mayDo(gate, "anna", .seeHost, .host("h")) && !mayDo(gate, "anna", .seeSettings, .server) && !mayDo(gate, "anna", .seeMetrics, .server))
    }

    @Test func `an admin may do everything, in read-only access only look`() {
        let grants = [Grant(.admin, to: .group("ops"), on: .everything)]
        let gate = gate(grants, groups: ["ops": ["carl"]])
        for permission in ["domain:write", "hv:owner", "hv:raw", "secret:read_secure"] as [Permission] {
            #expect(mayDo(gate, "carl", permission, vm(.disputed("?"))) && !mayDo(gate, "anna", permission, vm(.nobody)))
        }
        let closed = self.gate(grants, groups: ["ops": ["carl"]], mode: .readOnly)
        #expect(mayDo(closed, "carl", .seeDomain, vm(.nobody)) && mayDo(closed, "carl", .seeSettings, .server))
        for permission in ["domain:start", "hv:owner", "hv:raw", "hv:tune"] as [Permission] {
            #expect(!mayDo(closed, "carl", permission, vm(.nobody)))
        }
    }

    @Test func `a viewer looks and an operator starts and stops, neither where the owner is in dispute`() {
        let gate = gate([Grant(.viewer, to: .user("v"), on: .everything), Grant(.operator, to: .user("o"), on: .everything)])
        for name in ["v", "o"] {
            #expect(mayDo(gate, name, "domain:read", vm(.user("anna"))) && mayDo(gate, name, "connect:search_domains", .host("h")))
            #expect(mayDo(gate, name, .seeMetrics, .server) && !mayDo(gate, name, .seeSettings, .server))
            #expect(!mayDo(gate, name, "domain:write", vm(.nobody)) && !mayDo(gate, name, "domain:read_secure", vm(.nobody)))
            #expect(!mayDo(gate, name, .seeDomain, vm(.disputed("?"))))
        }
        #expect(mayDo(gate, "o", "domain:stop", vm(.user("anna"))) && !mayDo(gate, "v", "domain:stop", vm(.user("anna"))))
    }

    @Test func `a grant is for the objects that it names`() throws {
        let scope = try #require(Scope("vm:web-*"))
        let gate = gate([Grant(.owner, to: .user("bert"), on: scope)])
        #expect(mayDo(gate, "bert", "domain:write", vm(.user("anna"), "web-1")) && !mayDo(gate, "bert", .seeDomain, vm(.user("anna"), "db-1")))
        #expect(mayDo(gate, "anna", "domain:write", vm(.user("anna"), "web-1")))
    }

    @Test func `a refusal names no object`() {
        guard case .denied(let reason) = gate().decide(Caller(name: "anna"), "domain:write", vm(.user("bert"), "treasure")) else {
            Issue.record("allowed")
            return
        }
        #expect(reason.contains("domain:write") && !reason.contains("treasure") && !reason.contains("bert"))
    }

    @Test func `each built-in role is made of permissions as they were written`() {
        #expect(Role.builtIn.map(\.name) == ["admin", "operator", "owner", "owner-xml", "viewer"])
        #expect(Role.builtIn.map(\.permissions.count) == [1, 11, 33, 14, 4])
        for permission in Permission.own { #expect(Role.admin.gives(permission)) }
    }
}
