// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// libvirt's own client, to which the server is compared.
enum Virsh {
    /// What `virsh` prints for one or more commands, separated by `;`.
    static func run(_ uri: String, _ arguments: String...) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["LC_ALL=C", "virsh", "-q", "-c", uri] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
