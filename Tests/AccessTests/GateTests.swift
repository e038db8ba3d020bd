// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Testing

@Suite struct GateTests {
    private let vm = ObjectReference.domain(host: "test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "test", owner: nil)

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

    @Test func `one denied permission denies the call`() {
        #expect(!Gate(mode: .readOnly).decide(.anonymous, ["domain:read", "domain:stop"], vm).isAllowed)
    }
}
