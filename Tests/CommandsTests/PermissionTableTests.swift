// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import TestSupport
import Testing

@testable import Commands
@testable import Libvirt

@Suite struct PermissionTableTests {
    private static let names = PermissionTable.requirements.keys.sorted()

    @Test func `every command has its line`() {
        #expect(CommandTable.all.map(\.name).filter { PermissionTable.requirements[$0] == nil && LibraryVersion.number < 9_001_000 } == [])
    }

    @Test(arguments: names) func `a line is of a function that there is, and can be read`(name: String) throws {
        let requirements = try #require(PermissionTable.requirements[name])
        #expect(!requirements.isEmpty)
        let command = try command(name)
        let objects: Set = [
            "connect", "domain", "network", "network_port", "storage_pool", "storage_vol", "interface", "node_device", "nwfilter",
            "nwfilter_binding", "secret", "hv",
        ]
        for requirement in requirements {
            #expect(objects.contains(requirement.permission.object))
            #expect(requirement.permission.action.wholeMatch(of: /[a-z_]+/) != nil)
            for constant in requirement.flags + requirement.absent {
                #expect(command.parameters.flatMap(\.constants).contains { $0.isNamed(constant) }, "\(constant)")
            }
        }
        // It asks for something about the object that it is called on, or that it makes.
        let own =
            [command.object, command.namedByXML].compactMap { $0?.permission("x").object } + requirements.filter(\.isFilter).map(\.permission.object)
        #expect(requirements.contains { own.contains($0.permission.object) || command.function.returnType.hasSuffix("Ptr") }, "\(own)")
    }

    /// What libvirt's RPC annotations ask for; after a question mark only with one of those constants.
    private static let facts = [
        "virDomainCreate": "domain:start", "virDomainShutdown": "domain:init_control",
        "virDomainShutdownFlags": "domain:init_control domain:write?VIR_DOMAIN_SHUTDOWN_GUEST_AGENT",
        "virDomainReboot": "domain:init_control domain:write?VIR_DOMAIN_REBOOT_GUEST_AGENT",
        "virDomainReset": "domain:reset", "virDomainDestroy": "domain:stop", "virDomainDestroyFlags": "domain:stop",
        "virDomainSuspend": "domain:suspend", "virDomainResume": "domain:suspend", "virDomainUndefine": "domain:delete",
        "virDomainRename": "domain:save domain:write", "virDomainManagedSave": "domain:hibernate",
        "virDomainDefineXML": "domain:save domain:write", "virDomainCreateXML": "domain:start domain:write",
        "virDomainRestore": "domain:start domain:write", "virDomainCoreDump": "domain:core_dump",
        "virDomainSendKey": "domain:send_input", "virDomainInjectNMI": "domain:inject_nmi", "virDomainSetUserPassword": "domain:set_password",
        "virDomainSetTime": "domain:set_time", "virDomainGetTime": "domain:write", "virDomainGetHostname": "domain:write",
        "virDomainGetGuestInfo": "domain:write", "virDomainGetGuestVcpus": "domain:write", "virDomainGetFSInfo": "domain:fs_freeze",
        "virDomainSetSchedulerParameters": "domain:save domain:write", "virDomainGetSchedulerParameters": "domain:read",
        "virDomainGetXMLDesc": "domain:read domain:read_secure?VIR_DOMAIN_XML_MIGRATABLE|VIR_DOMAIN_XML_SECURE",
        "virDomainGetVcpusFlags": "domain:read domain:write?VIR_DOMAIN_VCPU_GUEST",
        "virDomainInterfaceAddresses": "domain:read domain:write?VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT",
        "virDomainBlockPeek": "domain:block_read", "virDomainMemoryPeek": "domain:mem_read",
        "virDomainBackupBegin": "domain:block_write domain:checkpoint",
        "virDomainSnapshotCreateXML": "domain:fs_freeze?VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE domain:snapshot",
        "virDomainSnapshotGetXMLDesc": "domain:read domain:read_secure?VIR_DOMAIN_SNAPSHOT_XML_SECURE",
        "virDomainAttachDevice": "domain:write", "virDomainGetInfo": "domain:read", "virDomainGetName": "domain:getattr",
        "virConnectGetDomainCapabilities": "connect:write", "virConnectDomainXMLToNative": "connect:write",
        "virConnectGetCapabilities": "connect:read",
        "virConnectListAllDomains": "*domain:getattr connect:search_domains", "virConnectGetAllDomainStats": "*domain:read connect:search_domains",
        "virNodeSuspendForDuration": "connect:pm_control", "virNodeGetInfo": "connect:read", "virConnectGetVersion": "connect:getattr",
        "virNetworkCreate": "network:start", "virNetworkDefineXML": "network:save network:write", "virNetworkPortCreateXML": "network_port:create",
        "virStoragePoolBuild": "storage_pool:format", "virStorageVolCreateXML": "storage_vol:create", "virStorageVolResize": "storage_vol:resize",
        "virStoragePoolListAllVolumes": "*storage_vol:getattr storage_pool:search_storage_vols",
        "virSecretGetValue": "secret:read_secure", "virSecretSetValue": "secret:write", "virInterfaceChangeBegin": "connect:interface_transaction",
        "virNodeDeviceReset": "node_device:detach", "virNWFilterBindingDelete": "nwfilter_binding:delete",
    ]

    @Test(arguments: facts.keys.sorted()) func `a command asks for what libvirt asks for`(name: String) throws {
        let asked = try command(name).requirements.filter { !$0.permission.isOwn }.map { requirement in
            #expect(requirement.absent.isEmpty)
            let text = requirement.isFilter ? "*\(requirement.permission)" : "\(requirement.permission)"
            return requirement.flags.isEmpty ? text : "\(text)?\(requirement.flags.sorted().joined(separator: "|"))"
        }
        #expect(asked.sorted().joined(separator: " ") == Self.facts[name])
    }

    @Test(arguments: names.filter { (PermissionTable.requirements[$0] ?? []).contains { !$0.absent.isEmpty } })
    func `where saving depends on the impact, the command can be told`(name: String) throws {
        let command = try command(name)
        let impact = try #require(command.impact)
        let action = Permission(command.object == .network ? "network:save" : "domain:save")
        let required = command.parameters.filter(\.isRequired).map { ($0.name, Self.example($0)) }
        func permissions(_ flags: String...) throws -> [Permission] {
            command.permissions(for: try Arguments(required + flags.map { ("flags", $0) }, for: command))
        }
        #expect(try permissions().contains(action))
        #expect(try permissions(impact.config).contains(action))
        #expect(try permissions(impact.live, impact.config).contains(action))
        #expect(try !permissions(impact.live).contains(action))
        #expect(try permissions(impact.live).contains { $0.action == "write" })
    }

    private static func example(_ parameter: Parameter) -> String {
        switch parameter.kind {
        case .enumeration: parameter.constants.first?.name ?? ""
        default: "1"
        }
    }

    @Test(arguments: CommandTable.all.map(\.name)) func `GET does what only reads, and nothing else`(name: String) throws {
        let command = try command(name)
        let onlyReads = command.permissions.allSatisfy { $0.action == "read" || $0.action == "getattr" || $0.action.hasPrefix("search_") }
        #expect(command.isReading == onlyReads)
        #expect(!command.permissions.isEmpty)
        #expect(Gate(mode: .readOnly).decide(.anonymous, command.permissions, .host("test")).isAllowed == command.isReading)
    }

    @Test func `a function that is newer than the table asks for all, and is never done by GET`() throws {
        let function = Function(
            name: "virDomainGetPolish", module: "libvirt-domain", since: "99.0.0", returnType: "int", returnDocumentation: "0",
            documentation: "Reads.",
            arguments: [.init(name: "domain", type: "virDomainPtr", documentation: "a domain")], fields: []
        ) { _, _ in CallResult(.none) }
        let command = try #require(Command(function, note: Note(), requirements: PermissionTable.requirements[function.name]))
        #expect(command.permissions == ["domain:write", "domain:save"])
        #expect(!command.isReading)
        #expect(command.role == .configuration)
        #expect(command.title == "Polish")
        #expect(!Gate(mode: .readOnly).decide(.anonymous, command.permissions, .host("test")).isAllowed)
        #expect(Command(.virConnectDomainEventRegister, note: Note(), requirements: nil) == nil)
    }

    @Test(arguments: names) func `a flag asks for what it asks for by whatever name it goes`(name: String) throws {
        let command = try command(name)
        for requirement in command.requirements where !requirement.flags.isEmpty {
            for flag in requirement.flags {
                guard let parameter = command.parameters.first(where: { $0.constants.contains { $0.isNamed(flag) } }) else { continue }
                let constant = try #require(parameter.constants.first { $0.isNamed(flag) })
                for text in constant.names {
                    var fields = Samples.fields(of: command).filter { $0.name != parameter.name }
                    fields.append((name: parameter.name, text: text))
                    let arguments = try Arguments(fields, raw: Samples.bytes(of: command), for: command)
                    #expect(command.permissions(for: arguments).contains(requirement.permission), "\(text)")
                }
            }
        }
    }
}
