// SPDX-License-Identifier: GPL-2.0-or-later

/// A value, and where it came from.
public struct Setting<Value: Sendable>: Sendable {
    public let value: Value
    public let origin: Origin

    public init(_ value: Value, _ origin: Origin) {
        self.value = value
        self.origin = origin
    }
}

extension Setting: Equatable where Value: Equatable {}
