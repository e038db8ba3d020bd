// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt
import Testing

@testable import Commands

@Suite struct CommandTableTests {
    private static let reading = [
        "virDomainGetXMLDesc", "virDomainGetInfo", "virDomainGetState", "virDomainGetName", "virDomainGetUUID", "virDomainGetUUIDString",
        "virDomainGetSchedulerType", "virDomainGetSchedulerParameters", "virDomainInterfaceStats", "virDomainBlockStats",
        "virDomainMemoryStats", "virNodeGetInfo", "virConnectGetCapabilities", "virConnectGetVersion", "virConnectGetHostname",
    ]
    private static let modifying = [
        "virDomainCreate", "virDomainShutdown", "virDomainReboot", "virDomainReset", "virDomainDestroy", "virDomainSuspend",
        "virDomainResume", "virDomainDefineXML", "virNetworkCreate", "virStorageVolDelete", "virSecretGetValue", "virNodeSuspendForDuration",
        "virDomainUndefine", "virDomainSetAutostart", "virDomainSetMemory", "virDomainSetVcpus",
    ]

    @Test func `there are commands enough`() {
        #expect(CommandTable.all.count { $0.isReading } >= 14)
        #expect(CommandTable.all.count { !$0.isReading } >= 12)
        #expect(CommandTable.all.map(\.name) == ObjectKind.allCases.flatMap { CommandTable.commands(of: $0) }.map(\.name))
        #expect(ObjectKind.allCases.allSatisfy { kind in CommandTable.commands(of: kind).count >= 3 })
    }

    @Test(arguments: reading) func `a command that reads can be run by GET`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(command.name == name)
        #expect(command.isReading)
        #expect(command.role == .reading)
    }

    @Test(arguments: modifying) func `a command that changes something cannot be run by GET`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(command.name == name)
        #expect(!command.isReading)
        #expect(command.role != .reading)
    }

    @Test func `names are unique`() {
        #expect(Set(CommandTable.all.map(\.name)).count == CommandTable.all.count)
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `a name is found with and without its prefix`(name: String) {
        let rest = name.dropFirst(3)
        #expect(CommandTable.command(name)?.name == name)
        #expect(CommandTable.command(rest.prefix(1).lowercased() + rest.dropFirst())?.name == name)
        #expect(CommandTable.command(String(rest)) == nil)
        #expect(CommandTable.command(name.lowercased()) == nil)
        #expect(CommandTable.command(name + " ") == nil)
        #expect(CommandTable.command(name + "\u{301}") == nil)
    }

    @Test(arguments: [
        "", "v", "vi", "vir", "VirDomainCreate", "virdomaincreate", "DomainCreate", "VIRDOMAINCREATE", "🖥️", "ß", "ǆ", " ", "\0", "virDomain",
        "virVirDomainCreate", "vir virDomainCreate", "virDomainCreate/", "../virDomainCreate", "virDomainFree", "domain",
    ])
    func `no other name is found`(name: String) {
        #expect(CommandTable.command(name) == nil)
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `a command says what it is`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(!command.title.isEmpty)
        #expect(!command.function.summary.isEmpty)
        #expect(!command.requirements.isEmpty)
        #expect(command.isReading || command.role != .reading)
        #expect(!(command.role == .forced || command.role == .removal) || command.warning != nil)
        let parts = command.note.composition?.parts ?? []
        for parameter in command.parameters where !parts.contains(parameter) {
            let argument = command.function.arguments.first { $0.name == (parameter.typed?.argument ?? parameter.name) }
            #expect(argument != nil, "\(parameter.name)")
            if parameter.typed == nil { #expect(parameter.documentation == argument?.documentation) }
        }
        #expect(Set(command.parameters.map(\.name)).count == command.parameters.count)
        #expect(command.parameters.count { $0.name == "flags" } <= 1)
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `a command is called on what its function's first argument is`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        let type = command.function.arguments.first?.type
        if name != "virGetVersion" && name != "virDomainListGetStats" { #expect(type == command.object.pointerType) }
        #expect(!command.parameters.contains { $0.name == command.function.arguments.first?.name })
        #expect(CommandTable.commands(of: command.object).contains { $0.name == name })
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `flags are single bits of the enum and have names of their own`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        for parameter in command.parameters {
            guard case .flags = parameter.kind else { continue }
            for constant in parameter.constants {
                #expect(constant.value > 0 && constant.value & (constant.value - 1) == 0 && constant.value <= UInt32.max, "\(constant.name)")
            }
            #expect(Set(parameter.constants.map(\.name)).count == parameter.constants.count)
        }
        for flag in command.requirements.flatMap({ $0.flags + $0.absent }) {
            #expect(command.parameters.flatMap(\.constants).contains { $0.isNamed(flag) }, "\(flag)")
        }
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `a title is words for people`(name: String) throws {
        let title = try #require(CommandTable.command(name)).title
        #expect(title.first?.isUppercase == true || ["libvirt", "vCPUs"].contains { title.hasPrefix($0) })
        #expect(!title.lowercased().hasPrefix("vir") && !title.contains("  ") && !title.contains("_"))
        #expect(title.count <= 60 && !title.hasSuffix(" ") && !title.hasSuffix("."))
        // No two words run together, except in the names of things.
        #expect(title.split(separator: " ").allSatisfy { $0.wholeMatch(of: /[a-z]+[A-Z][a-z]+.*/) == nil }, "\(title)")
    }

    @Test(
        arguments: [
            ("virDomainGetBlkioParameters", "Block I/O weights"), ("virDomainBackupGetXMLDesc", "Backup get XML desc"),
            ("virConnectNumOfDomains", "Num of domains"), ("virStorageVolGetKey", "Key"), ("virNodeGetSecurityModel", "Security model"),
        ])
    func `a title without a note is made of the function's name`(name: String, title: String) throws {
        #expect(try #require(CommandTable.command(name)).title == title)
    }

    @Test func `what makes an object is found from its parent`() {
        #expect(CommandTable.making(.volume, from: .pool).map(\.name) == ["virStorageVolCreateXML", "virStorageVolCreateXMLFrom"])
        #expect(CommandTable.making(.snapshot, from: .domain).map(\.name) == ["virDomainSnapshotCreateXML"])
        #expect(CommandTable.making(.network, from: .connection).first?.name == "virNetworkDefineXML")
        #expect(CommandTable.making(.volume, from: .domain).isEmpty)
    }
}
