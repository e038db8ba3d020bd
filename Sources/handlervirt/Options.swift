// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Foundation
import Logging
import Web

/// The command line. What it leaves out is read from the environment: `HANDLERVIRT_LISTEN` and so on.
struct Settings: ParsableArguments {
    @Option(help: "Address to serve, HOST:PORT (default: 127.0.0.1:8080).")
    var listen: String?

    @Option(help: "A libvirt host's connection URI; repeatable (default: test:///default).")
    var connect: [String] = []

    @Option(help: "Whether domains may be modified: read-only or read-write (default: read-only).")
    var access: String?

    @Flag(help: "Allow read-write access for everyone on an address other than loopback.")
    var insecure = false

    @Option(help: "A directory that overrides the built-in stylesheets, file by file.")
    var stylesheets: String?

    @Option(help: "Who transforms when a browser asks: server or client (default: server).")
    var render: String?

    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning, error or critical (default: info).")
    var logLevel: String?
}

/// What the server does, read and checked.
struct Effective {
    let host: String
    let port: Int
    let uris: [String]
    let access: AccessMode
    let stylesheets: URL?
    let rendering: WebConfiguration.Rendering
    let logLevel: Logger.Level

    /// A flag beats the environment. Throws a `ValidationError` that names the option.
    init(_ settings: Settings, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let (host, port) = try Self.address(settings.listen ?? environment["HANDLERVIRT_LISTEN"] ?? "127.0.0.1:8080")
        self.host = host
        self.port = port
        let named = environment["HANDLERVIRT_CONNECT"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        let uris = settings.connect.isEmpty ? named : settings.connect
        self.uris = uris.isEmpty ? ["test:///default"] : uris
        access = try Self.choice("access", settings.access ?? environment["HANDLERVIRT_ACCESS"]) ?? .readOnly
        rendering = try Self.choice("render", settings.render ?? environment["HANDLERVIRT_RENDER"]) ?? .server
        logLevel = try Self.choice("log-level", settings.logLevel ?? environment["HANDLERVIRT_LOG_LEVEL"]) ?? .info
        stylesheets = try (settings.stylesheets ?? environment["HANDLERVIRT_STYLESHEETS"]).map(Self.directory)
        let isInsecure = settings.insecure || ["1", "true", "yes"].contains(environment["HANDLERVIRT_INSECURE"] ?? "")
        guard access == .readOnly || isInsecure || Self.isLoopback(host) else {
            throw ValidationError(
                "Everyone who reaches \(host) could modify every domain. Listen on 127.0.0.1, or use --access read-only, or say --insecure.")
        }
    }

    private static func address(_ text: String) throws -> (String, Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port),
            colon > text.startIndex
        else { throw ValidationError("--listen is HOST:PORT, for example 127.0.0.1:8080 or [::1]:8080; this is \(text).") }
        return (text[..<colon].trimmingCharacters(in: ["[", "]"]), port)
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ option: String, _ text: String?) throws -> Choice?
    where Choice.RawValue == String {
        guard let text else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        throw ValidationError("--\(option) is one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", ")); this is \(text).")
    }

    private static func directory(_ path: String) throws -> URL {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw ValidationError("--stylesheets: there is no directory \(path).")
        }
        return URL(filePath: path).standardizedFileURL
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.split(separator: ".").count == 4 && host.allSatisfy { $0.isNumber || $0 == "." })
    }
}
