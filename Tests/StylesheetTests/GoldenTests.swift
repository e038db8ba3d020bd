// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

@Suite struct GoldenTests {
    private static let schema = Result { try Schema(file: Files.top.appending(path: "Public/schema/handlervirt.rng").path) }

    @Test func `every fixture has its goldens`() {
        #expect(Files.fixtures.count >= 40)
        let bases = Set(Files.fixtures.map { String($0.dropLast(4)) })
        for view in ["html", "json"] {
            #expect(Set(Files.golden.filter { $0.hasSuffix("." + view) }.map { String($0.dropLast(5)) }) == bases)
        }
        #expect(Files.golden.count { $0.hasSuffix(".csv") } >= 5)
    }

    @Test(arguments: Files.fixtures) func `a fixture is valid`(name: String) throws {
        let document = try Document(parsing: try Files.fixture(name))
        try Self.schema.get().validate(document)
    }

    @Test(arguments: Files.fixtures) func `a fixture with an element that the schema does not know is not valid`(name: String) throws {
        let document = try Document(parsing: unheardOf(in: try Files.fixture(name)))
        #expect(throws: XMLError.self) { try Self.schema.get().validate(document) }
    }

    @Test(arguments: Files.golden) func `a fixture renders to its golden`(name: String) throws {
        let parts = name.split(separator: ".").map(String.init)
        let rendered = try Files.render(try Files.fixture(parts[0] + ".xml"), as: parts[1])
        let golden = try Data(contentsOf: Files.here.appending(path: "Golden/\(name)"))
        let isSame = rendered == [UInt8](golden)
        if !isSame {
            let actual = Files.top.appending(path: ".build/golden")
            try FileManager.default.createDirectory(at: actual, withIntermediateDirectories: true)
            try Data(rendered).write(to: actual.appending(path: name))
        }
        #expect(isSame, "what it renders to is in .build/golden; where that is right, run regenerate.sh")
    }

    @Test(arguments: Files.fixtures) func `an element that nobody claims fails the page`(name: String) throws {
        let text = try unheardOf(in: Files.fixture(name))
        let error = #expect(throws: XMLError.self) { try Files.render(text, as: "html") }
        #expect(error?.kind == .transform)
        #expect(error?.message.contains("hv:unheard-of") == true)
    }

    /// As the last child of the root.
    private func unheardOf(in text: String) throws -> String {
        let end = try #require(text.range(of: "</", options: .backwards)?.lowerBound)
        return text[..<end] + "<hv:unheard-of/>" + text[end...]
    }
}
