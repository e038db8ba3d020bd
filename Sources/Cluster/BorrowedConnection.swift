// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// A connection to a host that a call on another one uses, for that call alone.
public struct BorrowedConnection: Sendable {
    public let connection: Connection
    let lane: Lane

    /// Cuts it, which also ends a call that hangs on it.
    public func giveBack() { lane.discard() }
}
