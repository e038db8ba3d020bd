// SPDX-License-Identifier: GPL-2.0-or-later

extension Browser {
    public enum Event: Hashable, Sendable {
        case appeared(Service)
        /// Its text, host name, address or port is another one now.
        case changed(Service)
        case went(Service.Key)
        /// The daemon went, and with it all that was known; nothing is known of what announced itself until it is there again.
        case reset
    }
}
