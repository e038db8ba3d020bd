// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

@Suite struct SchemaTests {
    private static let schema = """
        <element name="vm" ns="urn:handlervirt:1" xmlns="http://relaxng.org/ns/structure/1.0"
            datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
          <attribute name="href" ns=""><data type="anyURI"/></attribute>
          <zeroOrMore><element name="vcpus"><data type="unsignedInt"/></element></zeroOrMore>
        </element>
        """

    private func schema(_ text: String) throws -> Schema {
        let tree = try TemporaryTree(["schema.rng": text])
        return try Schema(file: tree.root + "/schema.rng")
    }

    @Test func `a valid document passes`() throws {
        let schema = try schema(Self.schema)
        var writer = Writer()
        writer.element("vm", [.href: "/virt"]) { $0.element("vcpus", text: "2") }
        try schema.validate(try Document(parsing: writer.finish()))
    }

    @Test(arguments: ["<vm/>", "<h:vm xmlns:h='urn:handlervirt:1'/>", "<h:vm xmlns:h='urn:handlervirt:1' href='/'>\n<h:vcpus>two</h:vcpus></h:vm>"])
    func `an invalid document is refused`(text: String) throws {
        let schema = try schema(Self.schema)
        let document = try Document(parsing: text)
        let error = failure { () throws(XMLError) in try schema.validate(document) }
        #expect(error?.kind == .schema)
        #expect(error?.line == (text.contains("two") ? 2 : 1))
    }

    @Test func `a schema that is none is an error`() throws {
        #expect(failure { () throws(XMLError) in _ = try Schema(file: "/nonexistent.rng") }?.kind == .notFound)
        let grammar = "<grammar xmlns='http://relaxng.org/ns/structure/1.0'>\n<start><ref name='x'/></start></grammar>"
        let tree = try TemporaryTree(["schema.rng": grammar])
        let error = failure { () throws(XMLError) in _ = try Schema(file: tree.root + "/schema.rng") }
        #expect(error?.kind == .schema)
        #expect(error?.message.contains("x") == true)
    }

    @Test func `threads may validate by one schema`() throws {
        let schema = try schema(Self.schema)
        let wrong = Counter()
        for _ in 0..<8 {
            Thread {
                for number in 0..<100 {
                    let vcpus = number % 2 == 0 ? "2" : "two"
                    let text = "<vm xmlns='urn:handlervirt:1' href='/'><vcpus>\(vcpus)</vcpus></vm>"
                    let valid = (try? schema.validate(Document(parsing: text))) != nil
                    if valid != (number % 2 == 0) { wrong.add(1) }
                }
                wrong.finish()
            }.start()
        }
        for _ in 0..<8 { wrong.wait() }
        #expect(wrong.value == 0)
    }
}
