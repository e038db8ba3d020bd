// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import Audit

@Suite struct AuditLineTests {
    private static let nasty = [
        "", "a\nb", "a\r\nb", "\u{0}\u{1}\u{1f}\u{7f}", "\u{85}\u{2028}\u{2029}", "\"},{\"event\":\"end\"", "\\", "\\\n", "\u{202e}txt.exe",
        "\u{1b}[2J",
        "é ñ 日本 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍👩‍👧", "\u{fffe}\u{10ffff}", "</script>", String(repeating: "\"", count: 9_000), String(repeating: "\u{0}", count: 9_000),
        String(repeating: "🏴", count: 9_000), String(repeating: "x", count: 100_000),
    ]

    /// A record with a text in every field that takes one.
    private func record(_ text: String, parameters: Int = 3) -> AuditRecord {
        var record = AuditRecord(
            .command, decision: .denied, reason: text,
            requester: Requester(request: text, caller: text, authentication: text, method: text, address: text))
        record.id = text
        record.host = text
        record.uuid = text
        record.name = text
        record.command = text
        record.permissions = Array(repeating: text, count: 40)
        record.code = text
        record.outcome = .failed
        record.duration = .milliseconds(1_500)
        record.parameters = (0..<parameters).map { ("\($0)\(text)", text) }
        record.before = text
        record.after = text
        record.count = .max
        return record
    }

    @Test func `a line that is read is written the same again`() throws {
        for thousandths in 0..<1000 {
            let time = Date(timeIntervalSince1970: 1_795_000_000 + Double(thousandths) / 1000 + 0.0002)
            let line = AuditRecord(.login, decision: .allowed, time: time).line
            #expect(try #require(AuditRecord(line: Data(line.dropLast()))).line == line)
        }
    }

    @Test(arguments: nasty) func `whatever is in the fields, it is one line of JSON and no longer than the bound`(text: String) throws {
        for parameters in [0, 3, 5_000] {
            let line = record(text, parameters: parameters).line
            #expect(line.count <= AuditRecord.lineLimit)
            #expect(line.last == UInt8(ascii: "\n"))
            let body = try #require(String(bytes: line.dropLast(), encoding: .utf8))
            let special: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator, .format]
            #expect(!body.unicodeScalars.contains { special.contains($0.properties.generalCategory) })
            #expect(try JSONSerialization.jsonObject(with: Data(body.utf8)) is [String: Any])
        }
    }

    @Test(arguments: nasty.filter { $0.utf8.count < 60 }) func `what fits is read as it was written`(text: String) throws {
        var record = record(text)
        record.permissions = ["domain:start"]
        record.time = Date(timeIntervalSince1970: 1_800_000_000.123)
        let read = try #require(AuditRecord(line: Data(record.line)))
        #expect(abs(read.time.timeIntervalSince(record.time)) < 0.001)
        record.time = read.time
        // What is empty is left out.
        if text.isEmpty { record.requester.request = "" }
        #expect(read == record)
    }

    @Test func `a value that is cut says how long it was and what its hash is`() throws {
        let text = String(repeating: "é", count: 2_000)
        var record = AuditRecord(.command)
        record.parameters = [("name", text)]
        let value = try #require(AuditRecord(line: Data(record.line))?.parameters.first?.value)
        #expect(value.hasPrefix("ééé"))
        #expect(value.hasSuffix("(4000 bytes, SHA-256 \(Digest.of(Array(text.utf8))))"))
        #expect(value.utf8.count < 1_200)
    }

    @Test func `parameters that do not fit are counted`() throws {
        var record = AuditRecord(.command)
        record.parameters = (0..<1_000).map { ("p\($0)", String(repeating: "v", count: 100)) }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(record.line)) as? [String: Any])
        let written = try #require(object["parameters"] as? [Any]).count
        #expect(written > 50)
        #expect(object["omitted"] as? Int == 1_000 - written)
    }

    @Test func `members stand in a fixed order, and what is not known is left out`() {
        var record = AuditRecord(
            .end, time: Date(timeIntervalSince1970: 0),
            requester: Requester(request: "r1", caller: "anna", authentication: "basic", method: "POST", address: "192.0.2.1"))
        record.outcome = .ok
        record.id = "p1"
        record.duration = .milliseconds(12)
        #expect(
            String(decoding: record.line, as: UTF8.self)
                == #"{"time":"1970-01-01T00:00:00.000Z","event":"end","id":"p1","request":"r1","caller":"anna","authentication":"basic","method":"POST","address":"192.0.2.1","outcome":"ok","duration":12}"#
                + "\n")
    }

    @Test func `the hash is SHA-256`() {
        #expect(Digest.of(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
