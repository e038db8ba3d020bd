// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import PackagePlugin

/// Writes the constants and the functions' documentation of the installed libvirt as Swift, from its `libvirt-api.xml`.
@main struct LibvirtAPIPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let description = try apiFile()
        let output = context.pluginWorkDirectoryURL.appending(path: "LibvirtAPI.swift")
        return [
            .buildCommand(
                displayName: "Reading \(description.path)",
                executable: try context.tool(named: "LibvirtAPIGenerator").url,
                arguments: [description.path, output.path],
                inputFiles: [description],
                outputFiles: [output])
        ]
    }

    /// Where libvirt says that its description is: the pkg-config variable `libvirt_api`, or `LIBVIRT_API` in the environment.
    private func apiFile() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["LIBVIRT_API"] { return URL(filePath: path) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["pkg-config", "--variable=libvirt_api", "libvirt"]
        process.standardOutput = pipe
        try process.run()
        let answer = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let path = String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, !path.isEmpty else { throw PluginError.noAPIFile }
        return URL(filePath: path)
    }
}

enum PluginError: Error, CustomStringConvertible {
    case noAPIFile
    var description: String { "pkg-config does not know libvirt's libvirt_api: install libvirt-dev" }
}
