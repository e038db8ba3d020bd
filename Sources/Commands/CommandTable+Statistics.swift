// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt

extension CommandTable {
    private static let active: Set<Int32> = [1, 2, 3, 4, 7]

    static let statistics: [Command] = [
        .reading(.virDomainGetSchedulerType, "Scheduler") { domain, _ throws(LibvirtError) in
            let (type, count) = try domain.schedulerType()
            return .structure([.init("type", .string(type)), .init("nparams", .integer(Int64(count)))])
        },
        .reading(.virDomainGetSchedulerParameters, "Scheduler parameters") { domain, _ throws(LibvirtError) in
            typedParameters(try domain.schedulerParameters())
        },
        .reading(
            .virDomainGetSchedulerParametersFlags, "Scheduler parameters with options",
            [Function.virDomainGetSchedulerParametersFlags.flags(.virDomainModificationImpact)]
        ) { domain, arguments throws(LibvirtError) in typedParameters(try domain.schedulerParameters(flags: arguments.flags())) },
        .reading(
            .virDomainInterfaceStats, "Interface statistics", [Function.virDomainInterfaceStats.parameter("device", .string)], states: active
        ) { domain, arguments throws(LibvirtError) in
            counters(try domain.interfaceStatistics(device: arguments.string("device")))
        },
        .reading(
            .virDomainBlockStats, "Block statistics", [Function.virDomainBlockStats.parameter("disk", .string)], states: active
        ) { domain, arguments throws(LibvirtError) in counters(try domain.blockStatistics(disk: arguments.string("disk"))) },
        .reading(.virDomainMemoryStats, "Memory statistics", states: active) { domain, _ throws(LibvirtError) in
            .structure(
                try domain.memoryStatistics().map { (tag, value) in
                    let name = Enumeration.virDomainMemoryStatTags.name(of: Int64(tag))
                    return .init(name ?? "tag \(tag)", .unsigned(value, unit(ofMemoryStatistic: name)))
                })
        },
    ]

    /// Counters of bytes have their unit; counts of packets and requests have none.
    private static func counters(_ counters: [(name: String, value: Int64)]) -> Value {
        .structure(counters.map { .init($0.name, .integer($0.value, $0.name.hasSuffix("bytes") ? .bytes : nil)) })
    }

    /// KiB, but for what `virDomainMemoryStatTags` says is a count or a time.
    private static func unit(ofMemoryStatistic name: String?) -> Unit? {
        switch name {
        case "VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT", "VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT", "VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC",
            "VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL", nil:
            nil
        case "VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE": .seconds
        default: .kibibytes
        }
    }

    /// libvirt's names and types; times of the schedulers are in microseconds, which their names say.
    private static func typedParameters(_ parameters: [TypedParameter]) -> Value {
        .structure(
            parameters.map { parameter in
                let unit: Unit? = parameter.name.hasSuffix("_period") || parameter.name.hasSuffix("_quota") ? .microseconds : nil
                let value: Value =
                    switch parameter.value {
                    case .int(let number): .integer(Int64(number), unit)
                    case .uint(let number): .unsigned(UInt64(number), unit)
                    case .llong(let number): .integer(number, unit)
                    case .ullong(let number): .unsigned(number, unit)
                    case .double(let number): .double(number, unit)
                    case .boolean(let flag): .boolean(flag)
                    case .string(let text): .string(text)
                    }
                return .init(parameter.name, value)
            })
    }
}
