// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

/// No cell of a list is a formula to a spreadsheet.
@Suite struct FormulaTests {
    /// The list of one VM of this title, read as RFC 4180 says.
    private func row(title: String, memory: String = "1024") throws -> [String] {
        let text = """
            <hv:vms xmlns:hv="urn:handlervirt:1"><hv:vm href="/virt/a/b"><hv:name>n</hv:name>\(Fragment(element: "hv:title", text: title).text)\
            <hv:memory unit="KiB">\(memory)</hv:memory></hv:vm></hv:vms>
            """
        let rows = Self.rows(String(decoding: try Files.render(text, as: "csv"), as: UTF8.self))
        #expect(rows.count == 2)
        return zip(rows[0], rows[1]).filter { ["title", "memory_KiB"].contains($0.0) }.map(\.1)
    }

    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"":
                // The second of two within quotes stands for one.
                if !isQuoted, index > 0, scalars[index - 1] == "\"" { cell.append("\"") }
                isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(String(cell))
                cell = .init()
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(String(cell).trimmingCharacters(in: .newlines))
                cell = .init()
                rows.append([])
            default: cell.append(scalar)
            }
        }
        return rows.filter { !$0.isEmpty }
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\u{ff1d}1", "\u{ff0b}1", "\u{ff0d}1", "\u{ff20}x", "=cmd|' /C calc'!A0", " =1",
        "  \t=1",
        "\"=1", "'=1", "\"\"=1", "\u{a0}=1", "\u{feff}=1", "\u{200b}@x", "=HYPERLINK(\"http://x\",\"y\")", "-2+3", "=\n", "\u{3000}=1",
    ])
    func `a cell that could be a formula begins with an apostrophe`(title: String) throws {
        let cell = try row(title: title)[0]
        #expect(cell.hasPrefix("'"), "\(cell)")
        #expect(cell.dropFirst().filter { !"'\n\r".contains($0) } == title.filter { !"'\n\r".contains($0) } || title.contains("'"), "\(cell)")
    }

    @Test(arguments: ["a", "a=b", "1", "a-b", "", "\"a\"", "it's", " a", "a,b", "http://x", "a\nb", "a\r\nb", "~", "1-2", "\u{e4}"])
    func `every other cell is as it is`(title: String) throws {
        #expect(try row(title: title)[0] == title)
    }

    @Test func `a line within a cell is none either`() throws {
        for line in ["=1", "+1", "-1", "@x", "\t=1", "\u{ff1d}1", "\"=1"] {
            #expect(try row(title: "a\n\(line)")[0] == "a\n'\(line)")
            #expect(try row(title: "a\r\n\(line)")[0] == "a\r\n'\(line)")
            #expect(try row(title: "a\r\(line)")[0] == "a\r'\(line)")
        }
    }

    @Test func `a number of ours stays one, and only a number`() throws {
        for number in ["-1", "-1.5", "0", "12345678901234"] { #expect(try row(title: "", memory: number)[1] == number) }
        for text in ["-1+2", "=1", "--1", "-", "+1", "-1;=1"] { #expect(try row(title: "", memory: text)[1] == "'" + text) }
    }

    @Test func `many lines are no trouble`() throws {
        let text = String(repeating: "=1\n", count: 20_000)
        #expect(try row(title: text)[0].components(separatedBy: "\n").dropLast().allSatisfy { $0 == "'=1" })
    }
}
