// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Commands
import Libvirt
import Testing

@Suite struct CommandTableTests {
    private static let reading = [
        "virDomainGetXMLDesc", "virDomainGetInfo", "virDomainGetState", "virDomainGetName", "virDomainGetUUID", "virDomainGetUUIDString",
        "virDomainGetSchedulerType", "virDomainGetSchedulerParameters", "virDomainInterfaceStats", "virDomainBlockStats",
        "virDomainMemoryStats", "virNodeGetInfo", "virConnectGetCapabilities", "virConnectGetVersion", "virConnectGetHostname",
    ]
    private static let modifying = [
        "virDomainCreate", "virDomainShutdown", "virDomainReboot", "virDomainReset", "virDomainDestroy", "virDomainSuspend",
        "virDomainResume", "virDomainDefineXML", "virDomainUndefine", "virDomainSetAutostart", "virDomainSetMemory", "virDomainSetVcpus",
    ]

    @Test func `there are commands enough`() {
        #expect(CommandTable.all.count { $0.isReading } >= 14)
        #expect(CommandTable.all.count { !$0.isReading } >= 12)
        #expect(CommandTable.all.map(\.name) == (CommandTable.domain + CommandTable.host).map(\.name))
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
        #expect(command.isReading == (command.role == .reading))
        #expect((command.role == .forced || command.role == .removal) == (command.warning != nil))
        for parameter in command.parameters {
            let argument = command.function.arguments.first { $0.name == parameter.name }
            #expect(argument != nil, "\(parameter.name)")
            #expect(!parameter.documentation.isEmpty, "\(parameter.name)")
            #expect(parameter.documentation == argument?.documentation)
        }
        #expect(Set(command.parameters.map(\.name)).count == command.parameters.count)
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `a command is called on what its function's first argument is`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        let type = command.function.arguments.first?.type
        switch command.call {
        case .domain: #expect(type == "virDomainPtr")
        case .host: #expect(type == "virConnectPtr")
        }
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `flags are single bits of the enum and have names of their own`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        for parameter in command.parameters {
            guard case .flags = parameter.kind else { continue }
            #expect(!parameter.constants.isEmpty)
            for constant in parameter.constants {
                #expect(constant.value > 0 && constant.value & (constant.value - 1) == 0 && constant.value <= UInt32.max, "\(constant.name)")
            }
            #expect(Set(parameter.constants.map(\.name)).count == parameter.constants.count)
        }
        for flag in command.requirements.flatMap({ $0.flags + $0.absent }) {
            #expect(command.parameters.flatMap(\.constants).contains { $0.isNamed(flag) }, "\(flag)")
        }
    }
}
