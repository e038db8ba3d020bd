// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Crypto
import Logging
import Testing

@testable import Authentication

@Suite struct PasswordVerifierTests {
    private static let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let hash: PasswordHash
    private let other: PasswordHash
    private let right = Array("secret".utf8)
    private let wrong = Array("Secret".utf8)

    init() throws {
        hash = try PasswordHash(HashVectors.cheap)
        other = try PasswordHash(HashVectors.cheapSHA)
    }

    private func verifier(_ barrier: Barrier? = nil, _ change: (inout PasswordVerifier.Limits) -> Void = { _ in }) -> PasswordVerifier {
        var limits = PasswordVerifier.Limits()
        change(&limits)
        return PasswordVerifier(limits: limits, log: Self.log) { barrier?.pass() }
    }

    private func until(_ condition: () -> Bool) async { while !condition() { await Task.yield() } }

    @Test func `a success is remembered and a failure is not`() async {
        let verifier = verifier()
        for _ in 0..<3 { #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted) }
        #expect(verifier.counts == VerificationCounts(computed: 1, remembered: 2))
        for _ in 0..<3 { #expect(await verifier.verify(wrong, of: "anna", hash: hash, decoy: hash) == .refused) }
        #expect(verifier.counts == VerificationCounts(computed: 4, remembered: 2))
    }

    @Test func `a success is remembered for its name, hash and password alone`() async {
        let verifier = verifier()
        #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted)
        #expect(await verifier.verify(right, of: "bob", hash: hash, decoy: hash) == .accepted)
        #expect(await verifier.verify(right, of: "anna", hash: other, decoy: hash) == .accepted)
        #expect(verifier.counts == VerificationCounts(computed: 3))
    }

    @Test func `a success is remembered for where it came from, and not at all where that is not wanted`() async {
        let verifier = verifier()
        func verify(from address: String, remembers: Bool = true) async -> Verification {
            await verifier.verify(right, of: "anna", hash: hash, decoy: hash, from: IPAddress(address), remembers: remembers)
        }
        for address in ["192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"] {
            #expect(await verify(from: address) == .accepted)
        }
        #expect(verifier.counts == VerificationCounts(computed: 4, remembered: 2))
        #expect(await verify(from: "192.0.2.1", remembers: false) == .accepted)
        #expect(verifier.counts == VerificationCounts(computed: 5, remembered: 2))
    }

    @Test func `it is forgotten after its time`() async {
        let verifier = verifier { $0.lifetime = .zero }
        for _ in 0..<2 { #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted) }
        #expect(verifier.counts == VerificationCounts(computed: 2))
    }

    @Test func `a user that does not exist is refused after as much work, even with the password of the decoy`() async {
        let verifier = verifier()
        #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted)
        for _ in 0..<2 { #expect(await verifier.verify(right, of: "anna", hash: nil, decoy: hash) == .refused) }
        #expect(verifier.counts == VerificationCounts(computed: 3))
        #expect(await verifier.verify(right, of: "anna", hash: nil, decoy: nil) == .refused)
        #expect(verifier.counts == VerificationCounts(computed: 3))
    }

    @Test(arguments: [Verification.accepted, .refused])
    func `the same question at once is computed once`(answer: Verification) async {
        let barrier = Barrier()
        let verifier = verifier(barrier)
        let password = answer == .accepted ? right : wrong
        let answers = await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { await verifier.verify(password, of: "anna", hash: hash, decoy: hash) } }
            await until { verifier.counts.shared == 7 }
            barrier.open(1)
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: answer, count: 8))
        #expect(verifier.counts == VerificationCounts(computed: 1, shared: 7) && verifier.running == 0)
    }

    @Test func `beyond the bound one is turned away, unless it is remembered or being computed`() async {
        let barrier = Barrier()
        let verifier = verifier(barrier) { ($0.threads, $0.waiting) = (1, 1) }
        barrier.open(1)
        #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted)
        async let first = verifier.verify(right, of: "bob", hash: hash, decoy: hash)
        await until { verifier.running == 1 }
        async let second = verifier.verify(right, of: "carol", hash: hash, decoy: hash)
        await until { verifier.running == 2 }
        #expect(await verifier.verify(right, of: "dave", hash: hash, decoy: hash) == .overloaded)
        #expect(await verifier.verify(right, of: "anna", hash: hash, decoy: hash) == .accepted)
        async let third = verifier.verify(right, of: "carol", hash: hash, decoy: hash)
        await until { verifier.counts.shared == 1 }
        barrier.open(2)
        #expect(await [first, second, third] == [.accepted, .accepted, .accepted])
        #expect(verifier.counts == VerificationCounts(computed: 3, remembered: 1, shared: 1, turnedAway: 1))
        barrier.open(1)
        #expect(await verifier.verify(right, of: "dave", hash: hash, decoy: hash) == .accepted)
    }

    @Test func `of too many successes the oldest is forgotten`() {
        let key = SymmetricKey(size: .bits256)
        let marks = (0..<5).map { PasswordMark(name: "\($0)", hash: hash, password: right, key: key) }
        var accepted = AcceptedPasswords(lifetime: .seconds(60), capacity: 3)
        let start = ContinuousClock.now
        for (index, mark) in marks.enumerated() { accepted.insert(mark, at: start + .seconds(index)) }
        #expect(marks.map { accepted.contains($0, at: start + .seconds(5)) } == [false, false, true, true, true])
        #expect(!accepted.contains(marks[4], at: start + .seconds(64)) && accepted.contains(marks[4], at: start + .seconds(63)))
        accepted.insert(marks[0], at: start + .seconds(100))
        #expect(accepted.count == 1)
    }

    @Test func `marks differ with each part and from process to process`() {
        let key = SymmetricKey(size: .bits256)
        let mark = PasswordMark(name: "anna", hash: hash, password: right, key: key)
        #expect(mark == PasswordMark(name: "anna", hash: hash, password: right, key: key))
        for different in [
            PasswordMark(name: "ann", hash: hash, password: right, key: key), PasswordMark(name: "anna", hash: other, password: right, key: key),
            PasswordMark(name: "anna", hash: nil, password: right, key: key), PasswordMark(name: "anna", hash: hash, password: wrong, key: key),
            PasswordMark(name: "anna", hash: hash, password: right, key: SymmetricKey(size: .bits256)),
            PasswordMark(name: "anna", hash: hash, password: right, from: IPAddress("192.0.2.1"), key: key),
        ] { #expect(mark != different) }
    }
}
