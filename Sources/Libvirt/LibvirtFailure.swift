// SPDX-License-Identifier: GPL-2.0-or-later

/// An error that may have come from libvirt.
public protocol LibvirtFailure: Error {
    var libvirtError: LibvirtError? { get }
}

extension LibvirtError: LibvirtFailure {
    public var libvirtError: LibvirtError? { self }
}
