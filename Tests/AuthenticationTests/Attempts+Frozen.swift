// SPDX-License-Identifier: GPL-2.0-or-later
@testable import Authentication

extension Attempts {
    /// For whom no time passes, however busy the machine is.
    static var frozen: Attempts {
        let now = ContinuousClock.now
        return Attempts { now }
    }
}
