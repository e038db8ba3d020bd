// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import PackagePlugin

/// Writes the constants, the functions and their calls of the installed libvirt as Swift, from its `libvirt-api.xml`.
@main struct LibvirtAPIPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let description = try apiFile()
        let output = context.pluginWorkDirectoryURL.appending(path: "LibvirtAPI.swift")
        return [
            .buildCommand(
                displayName: "Reading \(description.path)",
                executable: try context.tool(named: "LibvirtAPIGenerator").url,
                arguments: [description.path, try pkgConfig("--modversion"), output.path],
                inputFiles: [description],
                outputFiles: [output])
        ]
    }

    /// Where libvirt says that its description is: the pkg-config variable `libvirt_api`, or `LIBVIRT_API` in the environment.
    private func apiFile() throws -> URL {
        URL(filePath: try ProcessInfo.processInfo.environment["LIBVIRT_API"] ?? pkgConfig("--variable=libvirt_api"))
    }

    private func pkgConfig(_ question: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["pkg-config", question, "libvirt"]
        process.standardOutput = pipe
        try process.run()
        let answer = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, !text.isEmpty else { throw PluginError.unknown(question) }
        return text
    }
}

enum PluginError: Error, CustomStringConvertible {
    case unknown(String)
    var description: String {
        switch self {
        case .unknown(let question): "pkg-config \(question) libvirt gives no answer: install libvirt-dev"
        }
    }
}
