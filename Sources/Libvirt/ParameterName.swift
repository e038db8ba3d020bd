// SPDX-License-Identifier: GPL-2.0-or-later

/// The name of a typed parameter as libvirt's headers define it; the list of all is generated.
public struct ParameterName: Hashable, Sendable {
    /// `VIR_DOMAIN_SCHEDULER_CPU_SHARES`.
    public let macro: String
    /// `cpu_shares`.
    public let name: String
    public let documentation: String

    /// The names whose macros begin with one of these, and are names of values rather than parts of such names.
    public static func all(prefixed prefixes: [String]) -> [ParameterName] {
        all.filter { name in prefixes.contains { name.macro.hasPrefix($0) } }
    }

    /// The type that the documentation names, `VIR_TYPED_PARAM_ULLONG` or `ullong`, in lower case and without the prefix; nil if it names none.
    public var type: String? {
        let spelt = ["ullong": "unsigned long long", "uint": "unsigned int"]
        return ["ullong", "llong", "uint", "int", "double", "boolean", "string"].first { type in
            let words = ["a ", "an ", ""].map { "as \($0)\(type)" } + ["type of \(type)", "type \(type)", "VIR_TYPED_PARAM_\(type.uppercased())"]
            return (words + [spelt[type]].compactMap { $0 }).contains { documentation.contains($0) }
        }
    }
}
