// SPDX-License-Identifier: GPL-2.0-or-later

/// The drivers that may be announced: a closed set. The driver alone says which path a host is asked for, never an announcement.
public enum AnnouncedDriver: String, CaseIterable, Sendable {
    case qemu, lxc, xen, test, ch, bhyve, vz

    var path: String {
        switch self {
        case .lxc: "/"
        case .test: "/default"
        default: "/system"
        }
    }
}
