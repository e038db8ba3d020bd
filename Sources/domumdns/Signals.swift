// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// The signals that end the program, taken by waiting for them.
struct Signals {
    private var set = sigset_t()

    /// Keeps SIGTERM and SIGINT from this thread and those that it starts.
    static func block() -> Signals {
        var signals = Signals()
        unsafe sigemptyset(&signals.set)
        for signal in [SIGTERM, SIGINT] { unsafe sigaddset(&signals.set, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals.set, nil)
        return signals
    }

    /// Returns when one has come.
    func wait() {
        var (set, signal) = (set, CInt(0))
        unsafe sigwait(&set, &signal)
    }
}
