// SPDX-License-Identifier: GPL-2.0-or-later

/// Whether this server may change anything at all.
public enum AccessMode: String, CaseIterable, Sendable {
    case readOnly = "read-only"
    case readWrite = "read-write"
}
