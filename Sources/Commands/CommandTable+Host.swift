// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt
import XML

extension CommandTable {
    private static let getattr = [Requirement("connect:getattr")]

    static let hostCommands: [Command] = [
        .hostModifying(
            .virDomainDefineXML, "Define a domain", .primary, [Function.virDomainDefineXML.parameter("xml", .xml)],
            requirements: [Requirement("domain:write"), Requirement("domain:save")]
        ) { connection, arguments throws(LibvirtError) in
            try connection.defineDomain(xml: arguments.string("xml")) { domain throws(LibvirtError) in try identity(of: domain) }
        },
        .hostModifying(
            .virDomainDefineXMLFlags, "Define a domain with options", .configuration,
            [
                Function.virDomainDefineXMLFlags.parameter("xml", .xml),
                Function.virDomainDefineXMLFlags.flags(.virDomainDefineFlags),
            ],
            requirements: [Requirement("domain:write"), Requirement("domain:save")]
        ) { connection, arguments throws(LibvirtError) in
            try connection.defineDomain(xml: arguments.string("xml"), flags: arguments.flags()) { domain throws(LibvirtError) in
                try identity(of: domain)
            }
        },
        .hostModifying(
            .virDomainCreateXML, "Start a transient domain", .configuration,
            [
                Function.virDomainCreateXML.parameter("xmlDesc", .xml),
                Function.virDomainCreateXML.flags(.virDomainCreateFlags),
            ],
            requirements: [Requirement("domain:write"), Requirement("domain:start")]
        ) { connection, arguments throws(LibvirtError) in
            try connection.createDomain(xml: arguments.string("xmlDesc"), flags: arguments.flags()) { domain throws(LibvirtError) in
                try identity(of: domain)
            }
        },
        .hostReading(.virNodeGetInfo, "Hardware") { connection, _ throws(LibvirtError) in
            let info = try connection.nodeInfo()
            return .structure([
                .init("model", .string(info.model)),
                .init("memory", .unsigned(info.memory, .kibibytes)),
                .init("cpus", .unsigned(UInt64(info.cpus))),
                .init("mhz", .unsigned(UInt64(info.frequency), .megahertz)),
                .init("nodes", .unsigned(UInt64(info.numaNodes))),
                .init("sockets", .unsigned(UInt64(info.sockets))),
                .init("cores", .unsigned(UInt64(info.cores))),
                .init("threads", .unsigned(UInt64(info.threads))),
            ])
        },
        Command(
            function: .virConnectGetCapabilities, title: "Capabilities", role: .reading, parameters: [],
            requirements: [Requirement("connect:read")], warning: nil, states: nil, needsPersistence: false,
            call: .host { connection, _ throws(CommandError) in
                try xml { () throws(LibvirtError) in try connection.capabilities() }
            }),
        .hostReading(.virConnectGetVersion, "Hypervisor version", requirements: getattr) { connection, _ throws(LibvirtError) in
            .version(try connection.version())
        },
        .hostReading(.virConnectGetLibVersion, "libvirt version", requirements: getattr) { connection, _ throws(LibvirtError) in
            .version(try connection.libraryVersion())
        },
        .hostReading(.virConnectGetHostname, "Host name", requirements: getattr) { connection, _ throws(LibvirtError) in
            .string(try connection.hostname())
        },
        .hostReading(.virConnectGetType, "Driver", requirements: getattr) { connection, _ throws(LibvirtError) in
            .string(try connection.type())
        },
        .hostReading(.virConnectGetURI, "URI", requirements: getattr) { connection, _ throws(LibvirtError) in
            .string(try connection.uri())
        },
        .hostReading(.virConnectIsAlive, "Alive", requirements: getattr) { connection, _ throws(LibvirtError) in
            .boolean(try connection.isAlive())
        },
    ]

    /// The owner is what `<metadata>` says, which whoever shows the domain reads with the rest.
    private static func identity(of domain: borrowing Domain) throws(LibvirtError) -> Value {
        .domain(DomainIdentity(uuid: try domain.uuid().description, name: try domain.name(), owner: nil))
    }
}
