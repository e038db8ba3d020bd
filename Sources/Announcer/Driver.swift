// SPDX-License-Identifier: GPL-2.0-or-later

/// A hypervisor driver by the name that connection URIs begin with. The set is closed, so that what reads an announcement can
/// compare it with what it knows.
public enum Driver: String, CaseIterable, Sendable {
    case qemu, lxc, xen, test, ch, bhyve, vz, openvz, vbox, vmware

    /// - Parameter type: what `virConnectGetType` calls it, for example `QEMU`.
    public init?(type: String) { self.init(rawValue: type.lowercased()) }
}
