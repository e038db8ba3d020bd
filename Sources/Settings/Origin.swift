// SPDX-License-Identifier: GPL-2.0-or-later

/// Where a setting came from. An earlier one beats a later one.
public enum Origin: String, CaseIterable, Sendable {
    case flag, environment, file, `default`
}
