// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt
import XML

extension CommandTable {
    static let domainReading: [Command] = [
        Command(
            function: .virDomainGetXMLDesc, title: "XML", role: .reading,
            parameters: [Function.virDomainGetXMLDesc.flags(.virDomainXMLFlags)],
            requirements: [
                Requirement("domain:read"),
                Requirement("domain:read_secure", if: ["VIR_DOMAIN_XML_SECURE", "VIR_DOMAIN_XML_MIGRATABLE"]),
            ], warning: nil, states: nil, needsPersistence: false,
            call: .domain { domain, arguments throws(CommandError) in
                try xml { () throws(LibvirtError) in try domain.xml(flags: arguments.flags()) }
            }),
        .reading(.virDomainGetInfo, "Information") { domain, _ throws(LibvirtError) in
            let info = try domain.info()
            return .structure([
                .init("state", .enumeration(name: Enumeration.virDomainState.name(of: Int64(info.state)), Int64(info.state))),
                .init("maxMem", .unsigned(info.maximumMemory, .kibibytes)),
                .init("memory", .unsigned(info.memory, .kibibytes)),
                .init("nrVirtCpu", .unsigned(UInt64(info.vcpus))),
                .init("cpuTime", .unsigned(info.cpuTime, .nanoseconds)),
            ])
        },
        .reading(.virDomainGetState, "State") { domain, _ throws(LibvirtError) in
            let state = try domain.state()
            return .structure([
                .init("state", .enumeration(name: state.name, Int64(state.state))),
                .init("reason", .enumeration(name: state.reasonName, Int64(state.reason))),
            ])
        },
        .reading(.virDomainGetName, "Name", requirements: [Requirement("domain:getattr")]) { domain, _ throws(LibvirtError) in
            .string(try domain.name())
        },
        .reading(.virDomainGetUUID, "UUID as bytes", requirements: [Requirement("domain:getattr")]) { domain, _ throws(LibvirtError) in
            .bytes(try domain.uuid().bytes)
        },
        .reading(.virDomainGetUUIDString, "UUID", requirements: [Requirement("domain:getattr")]) { domain, _ throws(LibvirtError) in
            .string(try domain.uuidString())
        },
        .reading(.virDomainGetID, "ID", requirements: [Requirement("domain:getattr")]) { domain, _ throws(LibvirtError) in
            .integer(try domain.identifier().map { Int64($0) } ?? -1)
        },
        .reading(.virDomainGetOSType, "OS type") { domain, _ throws(LibvirtError) in .string(try domain.osType()) },
        .reading(.virDomainIsActive, "Active") { domain, _ throws(LibvirtError) in .boolean(try domain.isActive()) },
        .reading(.virDomainIsPersistent, "Persistent") { domain, _ throws(LibvirtError) in .boolean(try domain.isPersistent()) },
        .reading(.virDomainIsUpdated, "Updated") { domain, _ throws(LibvirtError) in .boolean(try domain.isUpdated()) },
        .reading(.virDomainGetAutostart, "Autostart") { domain, _ throws(LibvirtError) in .boolean(try domain.autostart()) },
        .reading(.virDomainGetMaxMemory, "Maximum memory") { domain, _ throws(LibvirtError) in
            .unsigned(try domain.maximumMemory(), .kibibytes)
        },
        .reading(.virDomainGetMaxVcpus, "Maximum vCPUs") { domain, _ throws(LibvirtError) in
            .integer(Int64(try domain.maximumVcpus()))
        },
        .reading(
            .virDomainGetVcpusFlags, "vCPUs",
            [Function.virDomainGetVcpusFlags.flags(.virDomainVcpuFlags, except: ["VIR_DOMAIN_VCPU_HOTPLUGGABLE"])],
            requirements: [Requirement("domain:read"), Requirement("domain:write", if: ["VIR_DOMAIN_VCPU_GUEST"])]
        ) { domain, arguments throws(LibvirtError) in .integer(Int64(try domain.vcpus(flags: arguments.flags()))) },
    ]

    /// What libvirt wrote, as long as it is XML.
    static func xml(_ read: () throws(LibvirtError) -> String) throws(CommandError) -> Value {
        let text: String
        do throws(LibvirtError) { text = try read() } catch { throw .libvirt(error) }
        do throws(XMLError) { return .xml(try Fragment(parsing: text)) } catch {
            throw .invalidResult("libvirt's answer is no well-formed XML: \(error)")
        }
    }
}
