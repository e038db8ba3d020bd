// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import FoundationXML

// usage: LibvirtAPIGenerator libvirt-api.xml INSTALLED-VERSION OUTPUT.swift
guard CommandLine.arguments.count == 4 else {
    FileHandle.standardError.write(Data("usage: LibvirtAPIGenerator libvirt-api.xml INSTALLED-VERSION OUTPUT.swift\n".utf8))
    exit(2)
}
let description = try APIDescription(contentsOf: URL(filePath: CommandLine.arguments[1]))
let source = Data(SwiftSource(description, installed: Version(CommandLine.arguments[2])).text.utf8)
let output = URL(filePath: CommandLine.arguments[3])
// SwiftPM runs this more often than the input changes; a file that stays as it is lets nothing be compiled anew.
if (try? Data(contentsOf: output)) != source { try source.write(to: output, options: .atomic) }
