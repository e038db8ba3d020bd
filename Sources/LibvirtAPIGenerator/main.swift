// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import FoundationXML

// usage: LibvirtAPIGenerator libvirt-api.xml OUTPUT.swift
guard CommandLine.arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: LibvirtAPIGenerator libvirt-api.xml OUTPUT.swift\n".utf8))
    exit(2)
}
let description = try APIDescription(contentsOf: URL(filePath: CommandLine.arguments[1]))
try SwiftSource(description).text.write(to: URL(filePath: CommandLine.arguments[2]), atomically: true, encoding: .utf8)
