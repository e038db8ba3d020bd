// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Commands
import Testing

@Suite struct PermissionTests {
    @Test(arguments: ["virDomainSetMemoryFlags", "virDomainSetVcpusFlags"])
    func `changing the stored configuration asks for saving`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        let number = try #require(command.parameters.first { $0.isRequired }?.name)
        func permissions(_ flags: String...) throws -> Set<Permission> {
            Set(command.permissions(for: try Arguments([(number, "1")] + flags.map { ("flags", $0) }, for: command)))
        }
        let prefix = name == "virDomainSetVcpusFlags" ? "VIR_DOMAIN_VCPU_" : "VIR_DOMAIN_MEM_"
        #expect(try permissions(prefix + "CONFIG") == ["domain:write", "domain:save"])
        #expect(try permissions(prefix + "LIVE", prefix + "CONFIG") == ["domain:write", "domain:save"])
        #expect(try permissions(prefix + "LIVE") == ["domain:write"])
    }

    @Test func `setting memory without flags asks for saving, and only live does not`() throws {
        let command = try #require(CommandTable.command("virDomainSetMemoryFlags"))
        let none = try Arguments([("memory", "1")], for: command)
        #expect(Set(command.permissions(for: none)) == ["domain:write", "domain:save"])
        let live = try Arguments([("memory", "1"), ("flags", "VIR_DOMAIN_AFFECT_LIVE")], for: command)
        #expect(command.permissions(for: live) == ["domain:write"])
        let maximum = try Arguments([("memory", "1"), ("flags", "VIR_DOMAIN_MEM_MAXIMUM")], for: command)
        #expect(Set(command.permissions(for: maximum)) == ["domain:write", "domain:save"])
    }

    @Test(arguments: ["VIR_DOMAIN_XML_SECURE", "VIR_DOMAIN_XML_MIGRATABLE"])
    func `secrets in the XML are not reading`(flag: String) throws {
        let command = try #require(CommandTable.command("virDomainGetXMLDesc"))
        let permissions = command.permissions(for: try Arguments([("flags", "VIR_DOMAIN_XML_INACTIVE"), ("flags", flag)], for: command))
        #expect(permissions == ["domain:read", "domain:read_secure"])
        #expect(permissions.contains { !$0.isReading })
        #expect(command.permissions == ["domain:read"])
        #expect(command.permissions(for: try Arguments([("flags", "VIR_DOMAIN_XML_INACTIVE")], for: command)) == ["domain:read"])
    }

    @Test(arguments: CommandTable.all.filter { !$0.isReading }.map(\.name))
    func `a command that changes something asks for it whatever its flags are`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(command.permissions.contains { !$0.isReading })
        let gate = Gate(mode: .readOnly)
        #expect(!gate.decide(.anonymous, command.permissions, .host("test")).isAllowed)
    }

    @Test(arguments: CommandTable.all.filter { $0.isReading }.map(\.name))
    func `a command that reads is allowed on a read-only server`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(Gate(mode: .readOnly).decide(.anonymous, command.permissions, .host("test")).isAllowed)
    }
}
