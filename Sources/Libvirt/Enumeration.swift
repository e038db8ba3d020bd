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

    /// All names that it goes by.
    public var names: [String] { [name] + (alias.map { [$0] } ?? []) }

    /// Whether it goes by that name.
    public func isNamed(_ name: String) -> Bool { self.name == name || alias == name }
}

/// A libvirt enum with its constants in the order of their values; the constants of this type are generated.
public struct Enumeration: Hashable, Sendable {
    public let name: String
    public let constants: [Constant]

    /// The constant that bears a name.
    public subscript(name: String) -> Constant? { constants.first { $0.isNamed(name) } }

    /// The name of a value; the first in libvirt's order where several bear it. Sentinels have none.
    public func name(of value: Int64) -> String? { values.first { $0.value == value }?.name }

    /// The constants that a set of flags is made of: all but zero and sentinels.
    public var flags: [Constant] { values.filter { $0.value > 0 } }

    /// All constants but the sentinel, `..._LAST`, which is one more than all others. (`VIR_NETWORK_UPDATE_COMMAND_ADD_LAST` is none.)
    public var values: [Constant] {
        let highest = constants.map(\.value).max()
        return constants.filter { !($0.name.hasSuffix("_LAST") && $0.value == highest) }
    }
}

extension Enumeration {
    /// The enumeration whose name stands in one of libvirt's texts; of several, one with the constants of all.
    public init?(named text: String) {
        guard text.contains("vir") else { return nil }
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        let found = Self.all.filter { words.contains($0.name) }
        guard let first = found.first else { return nil }
        self = found.count == 1 ? first : Enumeration(name: found.map(\.name).joined(separator: " "), constants: found.flatMap(\.constants))
    }
}
