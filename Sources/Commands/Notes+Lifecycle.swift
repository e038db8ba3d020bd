// SPDX-License-Identifier: GPL-2.0-or-later

extension Notes {
    private static let cut = "The guest is cut off at once, as by pulling the cord. What it has not written to disk is lost."
    private static let forgotten = "A running domain goes on until it is stopped; its disks stay."

    static let lifecycle: [Row] = [
        ("virDomainCreate", Note("Start", .primary) { $0.states = inactive }),
        ("virDomainShutdown", Note("Shut down", .primary) { $0.states = executing }),
        ("virDomainResume", Note("Resume", .primary) { $0.states = [3] }),
        ("virDomainSuspend", Note("Suspend", .secondary) { $0.states = executing }),
        ("virDomainReboot", Note("Reboot", .secondary) { $0.states = executing }),
        (
            "virDomainReset",
            Note("Reset", .forced) {
                $0.states = active
                $0.warning = "The guest is restarted at once, as by the reset button. What it has not written to disk is lost."
            }
        ),
        (
            "virDomainDestroy",
            Note("Force off", .forced) {
                $0.states = active
                $0.warning = cut
            }
        ),
        (
            "virDomainDestroyFlags",
            Note("Force off with options", .forced) {
                $0.states = active
                $0.warning = cut
            }
        ),
        (
            "virDomainUndefine",
            Note("Undefine", .removal) {
                $0.needs = .persistence
                $0.warning = "The stored configuration is deleted. \(forgotten)"
            }
        ),
        (
            "virDomainUndefineFlags",
            Note("Undefine with options", .removal) {
                $0.needs = .persistence
                $0.warning = "The stored configuration is deleted, and what the flags name with it. \(forgotten)"
            }
        ),
    ]

    static let lifecycleOptions: [Row] = [
        ("virDomainCreateWithFlags", Note("Start with options") { $0.states = inactive }),
        ("virDomainShutdownFlags", Note("Shut down with options") { $0.states = executing }),
        (
            "virDomainPMSuspendForDuration",
            Note("Sleep") {
                $0.states = executing
                $0.waitsForGuest = true
                $0.arguments["duration"] = ArgumentNote(isRequired: false, unit: .seconds)
            }
        ),
        ("virDomainPMWakeup", Note("Wake up") { $0.states = [7] }),
        ("virDomainManagedSave", Note("Save and stop") { $0.states = active }),
        (
            "virDomainManagedSaveRemove",
            Note("Delete the saved state") {
                $0.warning = "The memory that was saved is deleted: the next start is a fresh boot."
            }
        ),
        ("virDomainSave", Note("Save to a file") { $0.states = active }),
        ("virDomainSaveFlags", Note("Save to a file with options") { $0.states = active }),
        (
            "virDomainSaveParams",
            Note("Save to a file with parameters") {
                $0.states = active
                $0.parameters = saving
            }
        ),
        ("virDomainCoreDump", Note("Dump the core") { $0.states = active }),
        ("virDomainCoreDumpWithFormat", Note("Dump the core in a format") { $0.states = active }),
        (
            "virDomainRename",
            Note("Rename") {
                $0.states = inactive
                $0.needs = .persistence
            }
        ),
        ("virDomainInjectNMI", Note("Inject an NMI") { $0.states = active }),
        (
            "virDomainSendKey",
            Note("Send keys") {
                $0.states = active
                $0.arguments["keycodes"] = .kind(.list(of: .unsigned(0...0xFFFF)), isRequired: true)
                $0.arguments["holdtime"] = ArgumentNote(kind: .unsigned(0...60_000), isRequired: false, unit: .milliseconds)
                $0.rule = { arguments in
                    arguments.count("keycodes") <= 16 ? nil : ArgumentError(parameter: "keycodes", message: "It is given at most 16 times.")
                }
            }
        ),
        ("virDomainSendProcessSignal", Note("Send a signal") { $0.states = active }),
        ("virDomainAbortJob", Note("Abort the job") { $0.states = active }),
        ("virDomainAbortJobFlags", Note("Abort the job with options") { $0.states = active }),
    ]

    static let saving = TypedParameters(prefixes: ["VIR_DOMAIN_SAVE_PARAM_"], type: "string")
}
