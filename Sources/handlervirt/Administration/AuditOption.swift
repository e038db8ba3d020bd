// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser

/// Where it is noted what was done.
struct AuditOption: ParsableArguments {
    @Option(help: "Where it is noted that a token was made or revoked: stderr, journald or a file (default: stderr).")
    var audit: String?
}
