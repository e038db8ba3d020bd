// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

/// The arguments of a call by their names. One that is missing is 0, NULL or an empty list: who calls has checked what may be missing.
public struct CallArguments: Sendable {
    public enum Argument: Hashable, Sendable {
        case integer(Int64)
        case unsigned(UInt64)
        case string(String)
        case bytes([UInt8])
        case strings([String])
        case numbers([UInt64])
        case parameters([TypedParameter])
    }

    private let values: [String: Argument]
    /// Open connections to other hosts, for a migration.
    private let connections: [String: Connection]

    public init(_ values: [String: Argument] = [:], connections: [String: Connection] = [:]) {
        self.values = values
        self.connections = connections
    }

    func int(_ name: String) -> CInt { CInt(truncatingIfNeeded: number(name)) }
    func uint(_ name: String) -> CUnsignedInt { CUnsignedInt(truncatingIfNeeded: number(name)) }
    func llong(_ name: String) -> CLongLong { number(name) }
    func ulong(_ name: String) -> CUnsignedLong { CUnsignedLong(truncatingIfNeeded: number(name)) }
    func ullong(_ name: String) -> CUnsignedLongLong { CUnsignedLongLong(truncatingIfNeeded: number(name)) }

    func isGiven(_ name: String) -> Bool { values[name] != nil }

    func string(_ name: String) -> String? {
        guard case .string(let text)? = values[name] else { return nil }
        return text
    }

    func bytes(_ name: String) -> [UInt8] {
        guard case .bytes(let bytes)? = values[name] else { return [] }
        return bytes
    }

    func numbers(_ name: String) -> [UInt64] {
        guard case .numbers(let numbers)? = values[name] else { return [] }
        return numbers
    }

    func connection(_ name: String) -> Connection? { connections[name] }

    private func number(_ name: String) -> Int64 {
        switch values[name] {
        case .integer(let value): value
        case .unsigned(let value): Int64(bitPattern: value)
        default: 0
        }
    }

    /// Lends bytes that C may write to, with their count; NULL if there are none.
    func withBytes<Result>(_ name: String, _ body: (UnsafeMutablePointer<UInt8>?, Int) -> Result) -> Result {
        var bytes = bytes(name)
        let count = bytes.count
        return unsafe bytes.withUnsafeMutableBufferPointer { unsafe body(count == 0 ? nil : $0.baseAddress, count) }
    }

    /// Lends an array of C strings with its length; NULL if it is empty.
    func withStrings<Result>(_ name: String, _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?, Int) -> Result) -> Result {
        guard case .strings(let strings)? = values[name], !strings.isEmpty else { return body(nil, 0) }
        var copies = unsafe strings.map { unsafe UnsafePointer(strdup($0)) }
        defer { unsafe copies.forEach { unsafe free(UnsafeMutablePointer(mutating: $0)) } }
        return unsafe copies.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress, strings.count) }
    }

    /// Lends typed parameters with their count; NULL if there are none.
    func withTypedParameters<Result>(_ name: String, _ body: (virTypedParameterPtr?, Int) -> Result) -> Result {
        guard case .parameters(let parameters)? = values[name], !parameters.isEmpty else { return body(nil, 0) }
        var list: virTypedParameterPtr?
        var count: CInt = 0
        var capacity: CInt = 0
        defer { unsafe virTypedParamsFree(list, count) }
        for parameter in parameters { unsafe parameter.append(to: &list, &count, &capacity) }
        return unsafe body(list, Int(count))
    }
}
