// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// What avahi-client said: an `AVAHI_ERR_` number.
public struct AvahiError: Error, Hashable, CustomStringConvertible {
    public let code: CInt

    public var description: String { unsafe avahi_strerror(code).map { unsafe String(cString: $0) } ?? "Avahi error \(code)" }

    static let noMemory = AvahiError(code: CInt(AVAHI_ERR_NO_MEMORY))
    static let disconnected = AvahiError(code: CInt(AVAHI_ERR_DISCONNECTED))
    static let collision = AvahiError(code: CInt(AVAHI_ERR_COLLISION))
    static let tooManyObjects = AvahiError(code: CInt(AVAHI_ERR_TOO_MANY_OBJECTS))

    /// Whether it is the connection to the daemon that failed and not what was asked of it.
    var isOfConnection: Bool {
        [AVAHI_ERR_DISCONNECTED, AVAHI_ERR_NO_DAEMON, AVAHI_ERR_DBUS_ERROR, AVAHI_ERR_TIMEOUT, AVAHI_ERR_BAD_STATE, AVAHI_ERR_INVALID_OBJECT]
            .contains { CInt($0) == code }
    }
}

/// A status that Avahi returned as an error, where it is one.
func check(_ status: CInt) throws(AvahiError) {
    guard status >= 0 else { throw AvahiError(code: status) }
}
