// SPDX-License-Identifier: GPL-2.0-or-later

/// Why the settings cannot be used, as a sentence; of a file it begins with `FILE:LINE: `.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
