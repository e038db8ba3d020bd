// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Libvirt

/// How much of a value may be written where others than its caller read it.
public enum Disclosure: Hashable, Sendable {
    case text(String)
    /// How long it is, and what its hash is: XML, buffers, commands of a monitor.
    case digest([UInt8])
    /// How long it is: something in it may be a password, at which one could guess by the hash, as the rest is known.
    case length(Int)
    /// Nothing.
    case secret

    fileprivate static func of(_ bytes: [UInt8]) -> Disclosure {
        mayHoldSecret(String(decoding: bytes, as: UTF8.self)) ? .length(bytes.count) : .digest(bytes)
    }

    /// Of a text that somebody wrote freely. QEMU takes options, and passwords among them, where a path or a URI is expected.
    fileprivate static func of(_ text: String) -> Disclosure {
        mayHoldSecret(text) || text.lowercased().drop(while: \.isWhitespace).hasPrefix("json:") ? .length(text.utf8.count) : .text(text)
    }

    /// Whether it speaks of something secret, as it is written or with its percents decoded.
    private static func mayHoldSecret(_ text: String) -> Bool {
        let decoded = text.contains("%") ? PercentEncoding.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) } : nil
        return [text, decoded ?? ""].map { $0.lowercased() }.contains { text in
            ["passw", "secret", "private key", "pwd", "token", "credential", ":key="].contains { text.contains($0) }
        }
    }
}

extension Parameter {
    /// Whether its value is a secret in itself: passwords, secrets, and keys that are pressed, which may spell one.
    public var isSecret: Bool {
        kind != .boolean && ["password", "passwd", "secret", "keycodes"].contains { name.contains($0) } && constants.isEmpty
    }

    fileprivate var isDigested: Bool {
        switch kind {
        case .xml, .list(of: .xml), .bytes: true
        default: ["metadata", "cmd", "nativeConfig", "srcSpec"].contains(name)
        }
    }
}

extension Command {
    /// Whether a page may show again what was given to a parameter: no secret, and no XML, in which one may be, when it has done its work.
    public func shows(_ name: String, hasRun: Bool) -> Bool {
        guard let parameter = parameters.first(where: { $0.name == name }) else { return true }
        return switch parameter.kind {
        case .bytes: object != .secret
        case .xml, .list(of: .xml): isReading || !hasRun
        default: !parameter.isSecret
        }
    }
}

extension Arguments {
    /// What was given, as it may be written down.
    public var disclosed: [(name: String, value: Disclosure)] {
        let texts = given.map { name, text -> (name: String, value: Disclosure) in
            guard let parameter = command.parameters.first(where: { $0.name == name }), !isSecret(parameter) else { return (name, .secret) }
            return (name, disclosure(of: text, for: parameter))
        }
        let names = Set(given.map(\.name))
        let raw = command.parameters.filter { !names.contains($0.name) }.compactMap { parameter in
            bytes(parameter.name).map { (name: parameter.name, value: isSecret(parameter) ? Disclosure.secret : .of($0)) }
        }
        return texts + raw
    }

    private func disclosure(of text: String, for parameter: Parameter) -> Disclosure {
        if parameter.isDigested { return .of(bytes(parameter.name) ?? Array(text.utf8)) }
        // What is one of some names, or a number, is nothing else.
        return parameter.constants.isEmpty ? .of(text) : .text(text)
    }

    private func isSecret(_ parameter: Parameter) -> Bool { parameter.isSecret || (command.object == .secret && parameter.kind == .bytes) }
}
