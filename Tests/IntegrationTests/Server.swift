// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Testing

/// The server that was built, as a child process on a port of its own. It ends with this object.
final class Server: Sendable {
    private let process: Process
    private let log: URL
    let client: HTTPClient

    /// - Parameter waits: until every host was tried; a server serves after two seconds anyway.
    init(connect: [String] = ["test:///default"], access: String = "read-write", arguments: [String] = [], waits: Bool = true) throws {
        log = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString).log")
        guard FileManager.default.createFile(atPath: log.path, contents: nil) else { throw HTTPClient.Failure(description: "no \(log.path)") }
        process = Process()
        process.executableURL = URL(filePath: Repository.path(".build/debug/handlervirt"))
        process.arguments = ["--listen", "127.0.0.1:0", "--access", access] + connect.flatMap { ["--connect", $0] } + arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HANDLERVIRT_") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let (running, log) = (process, log)
        let port: UInt16? = Self.poll(seconds: 30) {
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            if let match = text.firstMatch(of: /serving .* at http:\/\/127\.0\.0\.1:([0-9]+)\//) { return UInt16(match.1) }
            return running.isRunning ? nil : 0
        }
        guard let port, port > 0 else {
            process.terminate()
            throw HTTPClient.Failure(description: "the server did not start: \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
        }
        let client = HTTPClient(port: port)
        self.client = client
        // HEAD, so that a count of GET is of what the test asks.
        if waits { _ = Self.poll(seconds: 30) { (try? client.get("/health", method: "HEAD").status) == 200 ? true : nil } }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: log)
    }

    var isRunning: Bool { process.isRunning }

    /// What it wrote to its standard error so far.
    var logLines: [String] {
        ((try? String(decoding: Data(contentsOf: log), as: UTF8.self)) ?? "").split(separator: "\n").map(String.init)
    }

    /// Sends SIGTERM. The exit status, or nil if it did not end in time or a signal ended it.
    func stop(within seconds: Double = 15) -> Int32? {
        process.terminate()
        let process = process
        return Self.poll(seconds: seconds) { process.isRunning ? nil : process.terminationReason == .exit ? process.terminationStatus : -1 }
    }

    /// Whether it comes to be so: a page follows a command at once, but where the machine itself stops for a moment.
    static func eventually(_ holds: () throws -> Bool) -> Bool { poll(seconds: 20) { (try? holds()) == true ? true : nil } == true }

    /// Asks until there is an answer. A process and a file announce nothing that one could wait for.
    static func poll<Value>(seconds: Double, _ ask: () -> Value?) -> Value? {
        let end = Date.now.addingTimeInterval(seconds)
        while Date.now < end {
            if let value = ask() { return value }
            usleep(20_000)
        }
        return ask()
    }
}
