// SPDX-License-Identifier: GPL-2.0-or-later

/// How long a call to a host may take, in whole seconds.
public struct Deadlines: Equatable, Sendable {
    /// One that reads.
    public var reading = Setting(10, .default)
    /// One that changes something.
    public var acting = Setting(30, .default)
    /// One that is known to take long, such as a migration.
    public var lasting = Setting(600, .default)

    public init() {}

    /// By the names that the file gives them, in its order.
    public var all: [(name: String, seconds: Setting<Int>)] { [("reading", reading), ("acting", acting), ("lasting", lasting)] }
}
