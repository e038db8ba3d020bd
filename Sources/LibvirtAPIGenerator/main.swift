// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import FoundationXML

// usage: LibvirtAPIGenerator libvirt-api.xml INSTALLED-VERSION OUTPUT.swift
guard CommandLine.arguments.count == 4 else {
    FileHandle.standardError.write(Data("usage: LibvirtAPIGenerator libvirt-api.xml INSTALLED-VERSION OUTPUT.swift\n".utf8))
    exit(2)
}
let description = try APIDescription(contentsOf: URL(filePath: CommandLine.arguments[1]))
let source = SwiftSource(description, installed: Version(CommandLine.arguments[2]))
try source.text.write(to: URL(filePath: CommandLine.arguments[3]), atomically: true, encoding: .utf8)
