// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Commands
@testable import Libvirt

typealias Given = [(name: String, text: String)]

func command(_ name: String) throws -> Command { try #require(CommandTable.command(name), "\(name)") }

/// What the call would hand to libvirt.
func handedOver(_ name: String, _ given: Given, raw: [String: [UInt8]] = [:]) throws -> CallArguments {
    try Arguments(given, raw: raw, for: command(name)).call(connections: [:], uris: [:])
}

/// What is refused of the parameters; nil if nothing is.
func refusal(_ name: String, _ given: Given, raw: [String: [UInt8]] = [:]) throws -> ArgumentError? {
    let command = try command(name)
    do throws(ArgumentError) {
        _ = try Arguments(given, raw: raw, for: command)
        return nil
    } catch {
        return error
    }
}

extension CallArguments {
    /// libvirt must have begun before any of its functions is called, also of those that build lists.
    func parameters(_ name: String) throws(LibvirtError) -> [TypedParameter] {
        try EventLoop.register()
        return unsafe withTypedParameters(name) { list, count in unsafe list.map { unsafe TypedParameter.list($0, count) } ?? [] }
    }

    func strings(_ name: String) -> [String?] {
        unsafe withStrings(name) { list, count in
            (0..<count).map { index in unsafe list?[index].map { unsafe String(cString: $0) } }
        }
    }
}

/// A domain of one test's own on `test:///default`, started, which is stopped with this.
final class OwnDomain: Sendable {
    let connection: Connection
    let path: ObjectPath

    init() throws {
        connection = try Connection(uri: "test:///default", readOnly: false)
        path = try Self.create(connection)
    }

    deinit { _ = try? run("virDomainDestroy") }

    static func xml() -> String {
        """
        <domain type='test'><name>call-\(UInt64.random(in: 0...UInt64.max))</name><memory>1024</memory><vcpu>2</vcpu><os><type>hvm</type></os>
        <devices><disk type='file'><source file='/nowhere'/><target dev='vda'/></disk><memballoon model='virtio'/></devices></domain>
        """
    }

    private static func create(_ connection: Connection) throws -> ObjectPath {
        guard case .object(let link) = try run("virDomainCreateXML", [("xmlDesc", xml())], on: ObjectPath([]), of: connection) else {
            throw ArgumentError(parameter: "xmlDesc", message: "It made no domain.")
        }
        return link.identity.path
    }

    /// Runs a command of a domain on this one, or one of its host.
    @discardableResult
    func run(_ name: String, _ given: Given = []) throws -> Value {
        let object = try command(name).object
        return try Self.run(name, given, on: object == .connection ? ObjectPath([]) : path, of: connection)
    }

    /// Finds the object and runs a command on it.
    static func run(_ name: String, _ given: Given = [], on path: ObjectPath, of connection: Connection) throws -> Value {
        let command = try command(name)
        let arguments = try Arguments(given, for: command)
        let result = try connection.withObject(path) { handle throws(LibvirtError) -> Result<Value, CommandError> in
            do throws(CommandError) { return .success(try command.run(on: handle, with: arguments)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}

extension Value {
    subscript(name: String) -> Value? {
        guard case .structure(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    var fieldNames: [String] { if case .structure(let fields) = self { fields.map(\.name) } else { [] } }
    var items: [Value] { if case .list(let items) = self { items } else { [] } }
}
