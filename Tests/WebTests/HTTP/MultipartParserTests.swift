// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Web

@Suite struct MultipartParserTests {
    typealias Event = MultipartParser.Event

    private static let head = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
    private static let begin = Event.part(name: "a", filename: nil, contentType: nil)

    private static let bodies: [(body: String, outcome: MultipartOutcome)] = [
        ("--B--\r\n", .events([])), ("--B--", .events([])), ("--B--\t \r", .events([])), ("\r\n--B--\r\n--B\r\njunk", .events([])),
        ("preamble --B\r\n--Bx\r\n --B\r\n--B--\r\nepilogue", .events([])),
        (head + "x\r\n--B--\r\n", .events([begin, data("x"), .end])),
        (head + "\r\n--B--\r\n", .events([begin, .end])), (head + "--B--", .events([begin, .end])),
        (head + "x\r\n--B \t \r\n" + head.dropFirst(4) + "y\r\n--B--", .events([begin, data("x"), .end, begin, data("y"), .end])),
        // Data that begins like the boundary
        (head + "--\r\n-\r\n--\r\n--C\r\n\r\r\n\n--B\r\r\n--B--", .events([begin, data("--\r\n-\r\n--\r\n--C\r\n\r\r\n\n--B\r"), .end])),
        (
            head + "--Bx\r\n--Bx\r\n--B-\r\n--B -\r\n--B\n\r\n--B-x\r\n--B \rx\r\n--B--",
            .events([begin, data("--Bx\r\n--Bx\r\n--B-\r\n--B -\r\n--B\n\r\n--B-x\r\n--B \rx"), .end])
        ),
        (head + "\r\n--B\r\r\n--B--", .events([begin, data("\r\n--B\r"), .end])),
        (head + "\r\n--B-\r\n--B--", .events([begin, data("\r\n--B-"), .end])),
        (head + "\r\n--B\r\r\r\n--B--", .events([begin, data("\r\n--B\r\r"), .end])), (head + "\r\r\n--B--", .events([begin, data("\r"), .end])),
        (head + "\r\n-\r\n--B--", .events([begin, data("\r\n-"), .end])),
        (head + "\r\n--B" + blanks(300) + "\r\n--B--", .events([begin, data("\r\n--B" + blanks(300)), .end])),
        (head + "\r\n--B" + blanks(256) + "\r\n", .failure(.incomplete)),
        // Bodies that are cut short
        ("", .failure(.incomplete)), ("--B", .failure(.incomplete)), ("--B-", .failure(.incomplete)), ("--B\r\n", .failure(.incomplete)),
        (head, .failure(.incomplete)), (head + "x\r\n--B\r", .failure(.incomplete)), (head + "x\r\n--C--\r\n", .failure(.incomplete)),
        ("--b--\r\n", .failure(.incomplete)),
        (head + "x\n--B--\n", .failure(.incomplete)), (" --B--\r\n", .failure(.incomplete)),
        // Malformed ones
        ("--B--x", .failure(.malformed)), (head + "x\r\n--B--\n", .failure(.malformed)), ("--B--\rx", .failure(.malformed)),
        ("--B\r\n--B--\r\n", .failure(.incomplete)), ("--B\r\n--B--\r\n\r\n", .failure(.malformed)), ("--B\r\n\r\nx\r\n--B--", .failure(.malformed)),
        ("--B\r\nContent-Disposition: form-data\n", .failure(.malformed)),
        ("--B\r\n" + blanks(9000), .failure(.headerTooLarge)),
        (String(repeating: head + "\r\n", count: 100) + "--B--", .events(Array(repeating: [begin, .end], count: 100).flatMap(\.self))),
        (String(repeating: head + "\r\n", count: 101) + "--B--", .failure(.tooManyParts)),
    ]

    @Test(arguments: bodies)
    func `a body is parsed alike in chunks of any size`(body: String, outcome: MultipartOutcome) throws {
        let bytes = Array(body.utf8)
        #expect(try MultipartOutcome(of: [bytes[...]]) == outcome)
        #expect(try MultipartOutcome(of: bytes.indices.map { bytes[$0...$0] }) == outcome)
        for cut in bytes.indices.prefix(200) {
            #expect(try MultipartOutcome(of: [bytes[..<cut], [], bytes[cut...]]) == outcome, "cut at \(cut)")
        }
        for seed in UInt64(0)..<20 {
            #expect(try MultipartOutcome(of: chunks(of: bytes, seed: seed)) == outcome, "seed \(seed)")
        }
    }

    @Test(arguments: UInt64(0)..<8)
    func `any data survive`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = ["\r", "\n", "\r\n", "-", "--", "--B", "--Bo", "\r\n--B", "\r\n--Bo", "Bo", "B", "o", " ", "x", "\0", "\u{FF}"].map {
            Array($0.utf8)
        }
        for round in 0..<200 {
            var body: [UInt8] = []
            var expected: [Event] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let content = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in pieces.randomElement(using: &random)! }
                if endsEarly(content) { continue }
                body += Array("--Bo\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + content + Array("\r\n".utf8)
                expected += [Self.begin] + (content.isEmpty ? [] : [.data(content)]) + [.end]
            }
            body += Array("--Bo--\r\n".utf8)
            #expect(try MultipartOutcome(of: [body[...]], boundary: "Bo") == .events(expected), "seed \(seed), round \(round)")
            #expect(try MultipartOutcome(of: chunks(of: body, seed: seed), boundary: "Bo") == .events(expected), "seed \(seed), round \(round)")
        }
    }

    @Test func `no mutation crashes, and each is parsed alike in chunks of any size`() throws {
        let seed: UInt64 = 3
        var random = SeededGenerator(seed: seed)
        let second =
            "--B\r\nContent-Disposition: form-data; name=\"f\\\"%22\"; filename=\"ü.iso\"\r\nContent-Type: a/b\r\n\r\n\r\n--Bx\r\n--B--\r\nend"
        let body = Array((Self.head + "x\r\n" + second).utf8)
        for round in 0..<10_000 {
            let bytes = random.mutation(of: body)
            let whole = try MultipartOutcome(of: [bytes[...]])
            #expect(try MultipartOutcome(of: chunks(of: bytes, seed: random.next())) == whole, "seed \(seed), round \(round)")
        }
    }

    @Test func `an error is final`() throws {
        var parser = try MultipartParser(boundary: "B")
        #expect(throws: MultipartError.self) { try parser.feed(Array("--B\r\n\r\n".utf8)) }
        #expect(throws: MultipartError.self) { try parser.feed(Array("\r\n--B--\r\n".utf8)) }
        #expect(throws: MultipartError.self) { try parser.finish() }
    }

    @Test func `data are given as they come`() throws {
        var parser = try MultipartParser(boundary: "B")
        #expect(try parser.feed(Array(Self.head.utf8)) == [Self.begin])
        #expect(try parser.feed(Array("abc\r\n--".utf8)) == [Self.data("abc")])
        #expect(try parser.feed(Array("d".utf8)) == [Self.data("\r\n--d")])
        #expect(try parser.feed([]) == [])
    }

    @Test func `the limits are those that are set`() throws {
        let limits = MultipartParser.Limits(parts: 1, headerBytes: Self.head.utf8.count - 5)
        let one = Array((Self.head + "x\r\n--B--").utf8)
        #expect(try MultipartOutcome(of: [one[...]], limits: limits) == .events([Self.begin, Self.data("x"), .end]))
        let two = Array((Self.head + "x\r\n" + Self.head + "\r\n--B--").utf8)
        #expect(try MultipartOutcome(of: [two[...]], limits: limits) == .failure(.tooManyParts))
        let smaller = MultipartParser.Limits(parts: 1, headerBytes: limits.headerBytes - 1)
        #expect(try MultipartOutcome(of: [one[...]], limits: smaller) == .failure(.headerTooLarge))
    }

    @Test(arguments: ["", "a ", "a\r\n", "a\"b", "ü", "a\0b", String(repeating: "a", count: 71)])
    func `a boundary that RFC 2046 forbids is refused`(boundary: String) {
        let error = #expect(throws: MultipartError.self) { try MultipartParser(boundary: boundary) }
        #expect(error?.code == .boundary)
    }

    @Test(arguments: ["B", "a b", "'()+_,-./:=?", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "--", String(repeating: "-", count: 70)])
    func `a boundary that RFC 2046 allows is found`(boundary: String) throws {
        let body = Array("--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--\(boundary)--\r\n".utf8)
        #expect(try MultipartOutcome(of: body.indices.map { body[$0...$0] }, boundary: boundary) == .events([Self.begin, Self.data("x"), .end]))
    }

    @Test func `the boundary is read from the content type`() throws {
        #expect(MultipartParser.boundary(of: try #require(MediaType("Multipart/Form-Data; Boundary=\"a b\""))) == "a b")
        #expect(MultipartParser.boundary(of: try #require(MediaType("multipart/form-data"))) == nil)
        #expect(MultipartParser.boundary(of: try #require(MediaType("multipart/mixed; boundary=a"))) == nil)
    }

    private static func data(_ text: String) -> Event { .data(Array(text.utf8)) }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func chunks(of bytes: [UInt8], seed: UInt64) -> [ArraySlice<UInt8>] {
        var random = SeededGenerator(seed: seed)
        var chunks: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 0...7, using: &random)
            chunks.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return chunks
    }

    /// Whether a part of this content holds a line that a parser may take for the boundary `Bo`.
    private func endsEarly(_ content: [UInt8]) -> Bool {
        let text = Array("\r\n".utf8) + content + Array("\r\n".utf8)
        let delimiter = Array("\r\n--Bo".utf8)
        return text.indices.contains { index in
            text[index...].starts(with: delimiter) && Array("\r- ".utf8).contains(text[(index + delimiter.count)...].first ?? 0)
        }
    }
}
