// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
import Foundation
import Libvirt

/// The commands as an OpenAPI 3.1 description, from the same table that routes and runs them.
public struct OpenAPI {
    public let bytes: [UInt8]

    public init(commands: [Command]) {
        var paths = Self.doors
        for command in commands { paths[command.pathTemplate("{", "}")] = Self.path(of: command) }
        let description: [String: Any] = [
            "openapi": "3.1.0",
            "info": [
                "title": "handlervirt", "version": "1",
                "description":
                    "libvirt over HTTP: one path for each function of each kind of object. Every answer is XML, described by /schema/handlervirt.rng.",
                "license": ["name": "GPL-2.0-or-later", "identifier": "GPL-2.0-or-later"],
            ] as [String: Any],
            "servers": [["url": "/"]],
            "paths": paths, "security": Self.security,
            "components": [
                "schemas": ["Document": ["type": "string", "description": "An XML document: `command`, or `fault` where it failed."]],
                "securitySchemes": Self.schemes,
            ] as [String: Any],
        ]
        let data = try? JSONSerialization.data(withJSONObject: description, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        bytes = data.map { Array($0) } ?? []
    }

    private static func path(of command: Command) -> [String: Any] {
        var path: [String: Any] = ["parameters": places(of: command), "post": operation(command, isPost: true)]
        path["get"] = command.isReading ? operation(command, isPost: false) : form(of: command)
        return path
    }

    /// What a GET of a modifying command answers.
    private static func form(of command: Command) -> [String: Any] {
        [
            "operationId": "\(command.name)Form", "summary": "\(command.title): what it takes",
            "description": "The command with its parameters and the present values, without running it.", "tags": [command.object.rawValue],
            "responses": responses(to: "What the command takes."),
        ]
    }

    /// What any address may answer.
    static var usual: [String: [String: Any]] {
        [
            "400": response("The request cannot be read."), "421": response("The server goes by another name."),
            "429": response("There were too many failures to authenticate."),
            "503": response("The server or the host is not ready for it; worth another try."),
        ]
    }

    private static func responses(to success: String) -> [String: Any] {
        [
            "200": response(success), "401": response("Who asks is not known."), "403": response("A permission is missing."),
            "404": response("There is no such object."), "405": response("What is asked for gives secrets away: it goes by POST alone."),
            "409": response("The object's state forbids it."),
            "413": response("The request is too large."), "415": response("The body is of a type that the command does not take."),
            "422": response("A parameter does not fit."), "501": response("The host's libvirt does not have it."),
            "502": response("libvirt failed."), "504": response("The host did not answer in time."),
        ].merging(usual) { $1 }
    }

    /// The parts of the path that vary.
    private static func places(of command: Command) -> [[String: Any]] {
        command.pathTemplate("{", "}").split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            ["name": String(part.dropFirst().dropLast()), "in": "path", "required": true, "schema": ["type": "string"]]
        }
    }

    private static func operation(_ command: Command, isPost: Bool) -> [String: Any] {
        var operation: [String: Any] = [
            "operationId": isPost && command.isReading ? "\(command.name)ByPOST" : command.name,
            "summary": command.title, "description": command.function.documentation, "tags": [command.object.rawValue],
            "x-libvirt-permissions": command.permissions.map(\.description), "x-libvirt-since": command.function.since,
            "responses": responses(to: "What the function returned."),
        ]
        if isPost {
            if let body = body(of: command) { operation["requestBody"] = body }
        } else {
            operation["parameters"] = command.parameters.map { parameter in
                [
                    "name": parameter.name, "in": "query", "required": parameter.isRequired, "description": parameter.documentation,
                    "schema": schema(of: parameter),
                ]
            }
        }
        return operation
    }

    static func response(_ description: String) -> [String: Any] {
        ["description": description, "content": ["application/xml": ["schema": ["$ref": "#/components/schemas/Document"]]]]
    }

    private static func body(of command: Command) -> [String: Any]? {
        guard !command.parameters.isEmpty else { return nil }
        let properties = command.parameters.map { parameter -> (String, [String: Any]) in
            var schema = Self.schema(of: parameter)
            schema["description"] = parameter.documentation
            return (parameter.name, schema)
        }
        let required = command.parameters.filter(\.isRequired).map(\.name)
        var schema: [String: Any] = [
            "type": "object", "properties": Dictionary(uniqueKeysWithValues: properties), "additionalProperties": false,
        ]
        if !required.isEmpty { schema["required"] = required }
        var content: [String: Any] = ["application/x-www-form-urlencoded": ["schema": schema], "multipart/form-data": ["schema": schema]]
        if command.parameters.contains(where: { $0.kind == .xml }) { content["application/xml"] = ["schema": ["type": "string"]] }
        if command.parameters.contains(where: { $0.kind == .bytes }) { content["application/octet-stream"] = [String: Any]() }
        return ["required": !required.isEmpty, "content": content]
    }

    private static func schema(of parameter: Parameter) -> [String: Any] {
        let names = parameter.constants.map(\.commonName)
        if case .flags = parameter.kind { return ["type": "array", "items": ["type": "string", "enum": names]] }
        var schema = schema(of: parameter.kind, names: names)
        if parameter.isPath { schema["pattern"] = "^/" }
        if parameter.kind == .xml, parameter.isRequired { schema["minLength"] = 1 }
        return schema
    }

    private static func schema(of kind: Parameter.Kind, names: [String]) -> [String: Any] {
        switch kind {
        case .boolean: ["anyOf": [["type": "boolean"], ["enum": [1, 0, "1", "0", "on", "off", "yes", "no"]]]]
        case .signed(let range): ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .unsigned(let range): ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .double: ["type": "number"]
        case .string, .host: ["type": "string"]
        case .xml: ["type": "string", "contentMediaType": "application/xml"]
        case .bytes: ["type": "string", "contentEncoding": "base64"]
        case .cpus: ["type": "string", "pattern": "^\\^?[0-9]+(-[0-9]+)?(,\\^?[0-9]+(-[0-9]+)?)*$"]
        case .enumeration, .flags: ["type": "string", "enum": names]
        case .list(let item): ["type": "array", "items": schema(of: item, names: names)]
        }
    }
}
