// SPDX-License-Identifier: GPL-2.0-or-later

/// Every command there is, in the order that pages show.
public enum CommandTable {
    /// Commands of a domain, at `/virt/<owner>/<vm>/<command>`.
    public static let domain: [Command] = lifecycle + configuration + domainReading + statistics
    /// Commands of a host, at `/hosts/<host>/<command>`.
    public static let host: [Command] = hostCommands

    public static let all: [Command] = domain + host

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The command of that name, with or without its `vir` prefix: `virDomainGetUUID`, `domainGetUUID`.
    public static func command(_ name: String) -> Command? {
        if let command = byName[name] { return command }
        guard let first = name.first, first.isLowercase, first.isASCII else { return nil }
        return byName["vir" + first.uppercased() + name.dropFirst()]
    }
}
