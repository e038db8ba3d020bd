// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Testing

@Suite struct GateTests {
    private let vm = ObjectReference.domain(host: "test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "test", owner: .nobody)

    @Test(arguments: ["domain:getattr", "domain:read", "connect:read", "connect:search_domains"])
    func `read-only access allows what only looks`(permission: String) {
        #expect(Gate(mode: .readOnly).decide(.anonymous, Permission(permission), vm) == .allowed)
    }

    @Test(arguments: ["domain:start", "domain:write", "domain:read_secure", "domain:send_input", "domain:open_graphics", "connect:write"])
    func `read-only access denies everything else and says so`(permission: String) {
        let decision = Gate(mode: .readOnly).decide(.anonymous, Permission(permission), vm)
        #expect(!decision.isAllowed)
        guard case .denied(let reason) = decision else { return }
        #expect(reason.contains("read-only") && reason.contains(permission))
    }

    @Test func `read-write access allows both`() {
        let gate = Gate(mode: .readWrite)
        #expect(gate.decide(.anonymous, ["domain:read", "domain:stop"], vm) == .allowed)
    }

    @Test func `all is shown where everyone sees all and no pool hides anything`() {
        #expect(Gate(mode: .readOnly).showsAll(to: .anonymous) && Gate(mode: .readWrite).showsAll(to: .anonymous))
        #expect(!Gate(mode: .readOnly, visibility: .owner).showsAll(to: .anonymous))
        #expect(!Gate(mode: .readOnly, pools: ["h": PermissionPool(name: "p", permissions: [])]).showsAll(to: .anonymous))
        #expect(!Gate(mode: .readOnly) { _ in nil }.showsAll(to: .anonymous))
    }

    @Test func `one denied permission denies the call`() {
        #expect(!Gate(mode: .readOnly).decide(.anonymous, ["domain:read", "domain:stop"], vm).isAllowed)
    }

    private let looking = PermissionPool(name: "looking", permissions: ["*:getattr", "domain:*", "connect:read"].compactMap(PermissionPattern.init))

    @Test(arguments: ["domain:getattr", "domain:start", "network:getattr", "connect:read"])
    func `a pool lets pass what it lists`(permission: String) {
        #expect(Gate(mode: .readWrite, pools: ["test": looking]).decide(.anonymous, Permission(permission), vm) == .allowed)
    }

    @Test(
        arguments: [
            .host("test"), .object(kind: "network", host: "test", name: "default", uuid: nil, parent: nil),
            .domain(host: "test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "test", owner: .user("anna")),
        ] as [ObjectReference])
    func `a pool refuses what it does not list on every object of its hosts, and is named`(object: ObjectReference) {
        let gate = Gate(mode: .readWrite, pools: ["test": looking, "other": PermissionPool(name: "closed", permissions: [])])
        guard case .denied(let reason) = gate.decide(.anonymous, "network:write", object) else {
            Issue.record("allowed")
            return
        }
        #expect(reason.contains("pool looking") && reason.contains("host test") && reason.contains("network:write"))
        #expect(!gate.decide(.anonymous, ["domain:start", "network:write"], object).isAllowed)
    }

    @Test func `a pool bounds only its own hosts, and a read-only server stays read-only`() {
        let pools = ["test": looking]
        #expect(Gate(mode: .readWrite, pools: pools).decide(.anonymous, "network:write", .host("elsewhere")) == .allowed)
        #expect(!Gate(mode: .readOnly, pools: pools).decide(.anonymous, "domain:start", vm).isAllowed)
        #expect(Gate(mode: .readWrite, pools: pools).decide(.anonymous, .raw, vm).isAllowed)
        #expect(
            !Gate(mode: .readWrite, pools: ["test": PermissionPool(name: "closed", permissions: [])]).decide(.anonymous, "domain:getattr", vm)
                .isAllowed)
    }

    @Test func `a pattern is two words, of which each may be a star`() {
        for text in ["domain:read", "domain:*", "*:getattr", "*:*", "node_device:detach", "*:search_*", "hv:raw"] {
            #expect(PermissionPattern(text)?.description == text)
        }
        for text in [
            "", "*", "domain", "domain:", ":read", "domain:re*d", "domain:**", "dom*:read", "Domain:read", "domain:read:x", " domain:read",
            "domain:read\n", "**:*",
        ] {
            #expect(PermissionPattern(text) == nil, "\(text)")
        }
    }

    @Test func `where there are users nobody unknown sees the audit, and who is known does`() {
        let gate = Gate(mode: .readWrite, knowsUsers: true)
        #expect(!gate.decide(.anonymous, .seeAudit, .server).isAllowed)
        #expect(gate.decide(Caller(name: "anna"), .seeAudit, .server) == .allowed)
        #expect(Gate(mode: .readWrite).decide(.anonymous, .seeAudit, .server) == .allowed)
        #expect(gate.decide(.anonymous, .seeMetrics, .server) == .allowed && gate.decide(.anonymous, "domain:start", vm) == .allowed)
    }

    @Test func `a host that is not in the settings may be in a pool, too`() {
        let closed = PermissionPool(name: "closed", permissions: [])
        let gate = Gate(mode: .readWrite) { $0 == "found" ? closed : nil }
        #expect(!gate.decide(.anonymous, "network:write", .host("found")).isAllowed)
        #expect(gate.decide(.anonymous, "network:write", .host("elsewhere")) == .allowed)
    }
}
