// SPDX-License-Identifier: GPL-2.0-or-later

extension Notes {
    private static let migrating = TypedParameters(prefixes: ["VIR_MIGRATE_PARAM_"], type: "string")
    // A connection URI can name a command that the source's libvirtd would run as root (`qemu+ssh://x/system?command=...`). So none is
    // taken from a request: where libvirt wants the URI of another host, the name of a joined host is given, and stands for its URI.

    private static let warned = "The domain goes to another host."

    /// The whole VM goes, from host to host: a replica of this server that dies meanwhile harms nothing.
    private static let moving: @Sendable (Bool, Bool) -> [String] = { isActive, isPersistent in
        ["VIR_MIGRATE_PEER2PEER", isActive ? "VIR_MIGRATE_LIVE" : "VIR_MIGRATE_OFFLINE"]
            + (isPersistent ? ["VIR_MIGRATE_PERSIST_DEST", "VIR_MIGRATE_UNDEFINE_SOURCE"] : [])
    }

    /// A connection that is relayed says of itself what the other host calls itself, which means nothing to the host that would call it.
    private static let unpaired: @Sendable (Arguments) -> ArgumentError? = { arguments in
        guard arguments.constants.contains("VIR_MIGRATE_PEER2PEER") else { return nil }
        return ArgumentError(
            parameter: "flags", message: "From host to host, virDomainMigrateToURI3 migrates, with dconnuri as the name of the other.")
    }

    static let migration: [Row] = [
        (
            "virDomainMigrate3",
            Note("Migrate") {
                $0.states = active
                $0.warning = warned
                $0.rule = unpaired
                $0.parameters = migrating
            }
        ),
        (
            "virDomainMigrate",
            Note("Migrate, first form") {
                $0.states = active
                $0.warning = warned
                $0.rule = unpaired
            }
        ),
        (
            "virDomainMigrate2",
            Note("Migrate, second form") {
                $0.states = active
                $0.warning = warned
                $0.rule = unpaired
            }
        ),
        (
            "virDomainMigrateToURI3",
            Note("Migrate from host to host") {
                $0.warning = warned
                $0.usual = moving
                $0.parameters = migrating
                $0.arguments["dconnuri"] = .kind(.host, isRequired: true)
            }
        ),
        (
            "virDomainMigrateToURI",
            Note("Migrate from host to host, first form") {
                $0.warning = warned
                $0.usual = moving
                $0.arguments["duri"] = .kind(.host, isRequired: true)
            }
        ),
        (
            "virDomainMigrateToURI2",
            Note("Migrate from host to host, second form") {
                $0.warning = warned
                $0.usual = moving
                $0.arguments["dconnuri"] = .kind(.host, isRequired: true)
            }
        ),
        ("virDomainMigrateStartPostCopy", Note("Go over to post-copy") { $0.states = active }),
        ("virDomainMigrateSetMaxDowntime", Note("Longest pause of a migration") { $0.states = active }),
        ("virDomainMigrateSetMaxSpeed", Note("Speed of a migration")),
        ("virDomainMigrateSetCompressionCache", Note("Compression cache of a migration") { $0.states = active }),
    ]
}
