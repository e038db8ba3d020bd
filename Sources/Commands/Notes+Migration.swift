// SPDX-License-Identifier: GPL-2.0-or-later

extension Notes {
    private static let migrating = TypedParameters(prefixes: ["VIR_MIGRATE_PARAM_"], type: "string")
    // A connection URI can name a command that the source's libvirtd would run as root (`qemu+ssh://x/system?command=...`). So none is
    // taken from a request: where libvirt wants the URI of another host, the name of a joined host is given, and stands for its URI.

    private static let warned = "The domain goes to another host."

    static let migration: [Row] = [
        (
            "virDomainMigrate3",
            Note("Migrate") {
                $0.states = active
                $0.warning = warned
                $0.parameters = migrating
            }
        ),
        (
            "virDomainMigrate",
            Note("Migrate, first form") {
                $0.states = active
                $0.warning = warned
            }
        ),
        (
            "virDomainMigrate2",
            Note("Migrate, second form") {
                $0.states = active
                $0.warning = warned
            }
        ),
        (
            "virDomainMigrateToURI3",
            Note("Migrate from host to host") {
                $0.warning = warned
                $0.parameters = migrating
                $0.arguments["dconnuri"] = .kind(.host, isRequired: true)
            }
        ),
        (
            "virDomainMigrateToURI",
            Note("Migrate from host to host, first form") {
                $0.warning = warned
                $0.arguments["duri"] = .kind(.host, isRequired: true)
            }
        ),
        (
            "virDomainMigrateToURI2",
            Note("Migrate from host to host, second form") {
                $0.warning = warned
                $0.arguments["dconnuri"] = .kind(.host, isRequired: true)
            }
        ),
        ("virDomainMigrateStartPostCopy", Note("Go over to post-copy") { $0.states = active }),
        ("virDomainMigrateSetMaxDowntime", Note("Longest pause of a migration") { $0.states = active }),
        ("virDomainMigrateSetMaxSpeed", Note("Speed of a migration")),
        ("virDomainMigrateSetCompressionCache", Note("Compression cache of a migration") { $0.states = active }),
    ]
}
