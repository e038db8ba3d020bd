// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// The host could not be connected to.
public struct ConnectError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence.
    public let message: String
    /// What libvirt said, if it came to that.
    public let reason: LibvirtError?
    /// Whether it is of no use to try again: its URI is of a kind that is not connected to.
    public let isFinal: Bool

    init(_ message: String, isFinal: Bool = false) {
        self.message = message
        reason = nil
        self.isFinal = isFinal
    }

    init(_ reason: LibvirtError) {
        message = reason.message
        self.reason = reason
        isFinal = false
    }

    public var description: String { reason?.description ?? message }
}
