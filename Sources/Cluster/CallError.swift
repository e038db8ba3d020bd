// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// Why a call to a host gave no answer of libvirt's.
public enum CallError: Error, Hashable, Sendable {
    /// The deadline passed before the call began: nothing was done.
    case notStarted
    /// The deadline passed, or the request was given up, while the call ran: it may still take effect.
    case unanswered
    /// The connection broke while the call ran: it may have taken effect.
    case broken(LibvirtError)
}
