// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Commands
import Foundation
import Libvirt
import Testing

@testable import Documents

/// Whether it is OpenAPI at all is another tool's business.
@Suite struct OpenAPITests {
    private let description: [String: Any]
    private let paths: [String: [String: Any]]

    init() throws {
        let data = Data(OpenAPI(commands: CommandTable.all).bytes)
        description = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        paths = try #require(description["paths"] as? [String: [String: Any]])
    }

    private func operation(_ command: Command, _ method: String) -> [String: Any]? {
        paths[command.pathTemplate("{", "}")]?[method] as? [String: Any]
    }

    @Test func `every command has a path of its own`() {
        #expect(description["openapi"] as? String == "3.1.0")
        #expect(paths.count == CommandTable.all.count + 2)
        #expect(Set(CommandTable.all.map { $0.pathTemplate("{", "}") }).count == CommandTable.all.count)
        #expect(Set(paths.keys) == Set(CommandTable.all.map { $0.pathTemplate("{", "}") } + ["/login", "/logout"]))
    }

    @Test func `a command has its operations, and GET only if it reads`() throws {
        for command in CommandTable.all { try check(command) }
    }

    private func check(_ command: Command) throws {
        let name = command.name
        let post = try #require(operation(command, "post"))
        let get = operation(command, "get")
        #expect(get?["operationId"] as? String == (command.isReading ? name : "\(name)Form"), "\(name)")
        #expect(post["operationId"] as? String == (command.isReading ? "\(name)ByPOST" : name), "\(name)")
        #expect(post["summary"] as? String == command.title, "\(name)")
        #expect(post["x-libvirt-permissions"] as? [String] == command.permissions.map(\.description), "\(name)")
        #expect((post["responses"] as? [String: Any])?["200"] != nil, "\(name)")
        let asked = (get?["parameters"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
        #expect(asked == (command.isReading ? command.parameters.map(\.name) : nil), "\(name)")
        let content = (post["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]]
        let schema = content?["application/x-www-form-urlencoded"]?["schema"] as? [String: Any]
        #expect(Set((schema?["properties"] as? [String: Any] ?? [:]).keys) == Set(command.parameters.map(\.name)), "\(name)")
        #expect(Set(schema?["required"] as? [String] ?? []) == Set(command.parameters.filter(\.isRequired).map(\.name)), "\(name)")
    }

    @Test func `operations have names of their own`() {
        let identifiers = paths.values.flatMap(\.values).compactMap { ($0 as? [String: Any])?["operationId"] as? String }
        #expect(Set(identifiers).count == identifiers.count)
        #expect(identifiers.count == 2 * CommandTable.all.count + 4)
    }

    @Test func `what varies in a path is declared`() throws {
        for (path, item) in paths {
            let declared = try #require(item["parameters"] as? [[String: Any]]).compactMap { $0["name"] as? String }
            let used = path.matches(of: /\{([^}]+)\}/).map { String($0.1) }
            #expect(declared == used, "\(path)")
            #expect(Set(used).count == used.count, "\(path)")
        }
    }

    @Test func `numbers, enums and flags say what fits`() throws {
        func schema(_ name: String, _ parameter: String) throws -> [String: Any]? {
            let command = try #require(CommandTable.command(name))
            let parameters = operation(command, "get")?["parameters"] as? [[String: Any]]
            if let parameters { return parameters.first { $0["name"] as? String == parameter }?["schema"] as? [String: Any] }
            let content = (operation(command, "post")?["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]]
            let form = content?["application/x-www-form-urlencoded"]?["schema"] as? [String: Any]
            return (form?["properties"] as? [String: Any])?[parameter] as? [String: Any]
        }
        #expect(try schema("virDomainSetMemory", "memory")?["minimum"] as? UInt64 == 1)
        #expect(try schema("virDomainSetMemory", "memory")?["maximum"] as? UInt64 == 9_007_199_254_740_991)
        let truth = try #require(try schema("virDomainSetAutostart", "autostart")?["anyOf"] as? [[String: Any]])
        #expect(truth.first?["type"] as? String == "boolean" && (truth.last?["enum"] as? [Any])?.contains { $0 as? String == "off" } == true)
        let flags = try #require(try schema("virDomainGetXMLDesc", "flags"))
        #expect(flags["type"] as? String == "array")
        #expect(((flags["items"] as? [String: Any])?["enum"] as? [String])?.contains("VIR_DOMAIN_XML_SECURE") == true)
        #expect(try (schema("virDomainSetMetadata", "type")?["enum"] as? [String])?.contains("VIR_DOMAIN_METADATA_TITLE") == true)
        #expect(try schema("virSecretSetValue", "value")?["contentEncoding"] as? String == "base64")
    }
}
