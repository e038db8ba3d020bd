// SPDX-License-Identifier: GPL-2.0-or-later

/// One constant of a libvirt enum.
public struct Constant: Hashable, Sendable {
    /// libvirt's name, for example `VIR_DOMAIN_RUNNING`.
    public let name: String
    public let value: Int64
    /// libvirt's text, on one line; may be empty.
    public let documentation: String
    /// The constant of another enum that it stands for: `VIR_DOMAIN_MEM_CONFIG` is `VIR_DOMAIN_AFFECT_CONFIG`.
    public let alias: String?

    /// The name that libvirt's documentation uses.
    public var commonName: String { alias ?? name }

    /// Whether it goes by that name.
    public func isNamed(_ name: String) -> Bool { self.name == name || alias == name }
}

/// A libvirt enum with its constants in the order of their values; the constants of this type are generated.
public struct Enumeration: Hashable, Sendable {
    public let name: String
    public let constants: [Constant]

    /// The constant that bears a name.
    public subscript(name: String) -> Constant? { constants.first { $0.isNamed(name) } }

    /// The name of a value; the first in libvirt's order where several bear it. Sentinels (`..._LAST`) have none.
    public func name(of value: Int64) -> String? {
        constants.first { $0.value == value && !$0.name.hasSuffix("_LAST") }?.name
    }

    /// The constants that a set of flags is made of: all but zero and sentinels.
    public var flags: [Constant] { constants.filter { $0.value > 0 && !$0.name.hasSuffix("_LAST") } }
}
