// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Audit

@Suite struct AuditRecordTests {
    @Test func `a record is of the request that the task answers`() {
        let requester = Requester(request: "r1", caller: "alice", authentication: "basic", method: "POST", address: "192.0.2.1")
        Requester.$current.withValue(requester) { #expect(AuditRecord(.login).requester == requester) }
        #expect(AuditRecord(.login).requester == Requester())
    }
}
