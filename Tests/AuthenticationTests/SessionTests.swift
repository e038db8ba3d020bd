// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import Authentication

@Suite struct SessionTests {
    private let key = SessionKey(Array(repeating: 7, count: 32))
    private let session = Session(
        name: "J\u{FC}rgen", issued: Clock.epoch, expires: Clock.epoch + 60, identifier: Array(1...16), mark: Array(repeating: 9, count: 32))

    @Test func `what was written is read`() {
        let text = session.text(signedWith: key)
        #expect(Session(text, key: key) == session)
        #expect(text.utf8.count < Session.longest && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\",;\\".utf8.contains($0) })
        let longest = Session(name: String(repeating: "\u{1F986}", count: 32), issued: 1, expires: 2, mark: Array(repeating: 0, count: 32))
        #expect(Session(longest.text(signedWith: key), key: key) == longest)
    }

    @Test func `a change of any byte makes it none, and so does each cut`() {
        let bytes = Array(session.text(signedWith: key).utf8)
        for index in bytes.indices {
            for change in [UInt8(1), 2, 0x20, 0x80] {
                var forged = bytes
                forged[index] ^= change
                #expect(Session(String(decoding: forged, as: UTF8.self), key: key) == nil, "\(index)")
            }
            #expect(Session(String(decoding: bytes[..<index], as: UTF8.self), key: key) == nil, "\(index)")
            #expect(Session(String(decoding: bytes[(index + 1)...], as: UTF8.self), key: key) == nil, "\(index)")
        }
        for end in ["=", ".", "A", "AA", " ", "\0"] { #expect(Session(session.text(signedWith: key) + end, key: key) == nil) }
    }

    @Test func `another key takes it for nothing`() {
        #expect(Session(session.text(signedWith: key), key: SessionKey(Array(repeating: 8, count: 32))) == nil)
        #expect(Session(session.text(signedWith: key), key: .random()) == nil)
    }

    @Test(arguments: ["", ".", "v1.", "v1..", "v2.AA.AA", "v1.AAAA", String(repeating: "v1.", count: 5000), "v1.\u{212A}.\u{212A}"])
    func `what is no session is none`(text: String) { #expect(Session(text, key: key) == nil) }

    @Test func `what is signed and too short is none`() {
        let signed = Array("v1.AAAA".utf8)
        let signature = Data(key.signature(of: signed)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
        #expect(Session("v1.AAAA.\(signature)", key: key) == nil)
    }

    @Test func `a mark tells users and hashes apart, and no key's is another's`() throws {
        let (one, other) = (try PasswordHash(HashVectors.cheap), try PasswordHash(HashVectors.cheapSHA))
        let mark = key.mark(of: one, name: "anna")
        #expect(mark == key.mark(of: one, name: "anna"))
        #expect(mark != key.mark(of: other, name: "anna") && mark != key.mark(of: one, name: "ann"))
        #expect(mark != SessionKey.random().mark(of: one, name: "anna") && SessionKey.random() != SessionKey.random())
    }

    private func session(_ name: String = "anna", issued: Int, expires: Int = 100) -> Session {
        Session(name: name, issued: issued, expires: expires, mark: [])
    }

    @Test func `who logs out often makes nobody else's logout forgotten`() {
        var ended = EndedSessions(capacity: 3)
        let other = session("bert", issued: 0)
        ended.insert(other, at: 0)
        for second in 1...50 { ended.insert(session(issued: second), at: second) }
        #expect(ended.contains(other) && ended.count == 4)
        #expect(!ended.contains(session("bert", issued: 0)) && !ended.contains(session("carol", issued: 0)))
    }

    @Test func `of too many ended sessions of one user none counts that was begun by the first of them`() {
        var ended = EndedSessions(capacity: 3)
        let sessions = [5, 4, 7, 6, 8].map { session(issued: $0) }
        for session in sessions { ended.insert(session, at: 8) }
        #expect(sessions.allSatisfy(ended.contains) && ended.count == 3)
        #expect(ended.contains(session(issued: 5)) && !ended.contains(session(issued: 6)))
    }

    @Test func `what has expired takes no room`() {
        var ended = EndedSessions(capacity: 3)
        for _ in 0..<3 { ended.insert(session(issued: 1), at: 1) }
        let last = session(issued: 120, expires: 200)
        ended.insert(last, at: 150)
        #expect(ended.count == 1 && ended.contains(last) && !ended.contains(session(issued: 1, expires: 200)))
    }
}
