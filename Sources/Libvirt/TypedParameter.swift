// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// One `virTypedParameter`: a name and a value of one of libvirt's types.
public struct TypedParameter: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case int(Int32), uint(UInt32), llong(Int64), ullong(UInt64), double(Double), boolean(Bool), string(String)
    }

    public let name: String
    public let value: Value

    public init(name: String, value: Value) {
        self.name = name
        self.value = value
    }

    /// Copies one that libvirt filled in; nil for a type that libvirt added later.
    init?(_ raw: borrowing virTypedParameter) {
        let value: Value
        switch unsafe raw.type {
        case Int32(VIR_TYPED_PARAM_INT.rawValue): value = unsafe .int(raw.value.i)
        case Int32(VIR_TYPED_PARAM_UINT.rawValue): value = unsafe .uint(raw.value.ui)
        case Int32(VIR_TYPED_PARAM_LLONG.rawValue): value = unsafe .llong(raw.value.l)
        case Int32(VIR_TYPED_PARAM_ULLONG.rawValue): value = unsafe .ullong(raw.value.ul)
        case Int32(VIR_TYPED_PARAM_DOUBLE.rawValue): value = unsafe .double(raw.value.d)
        case Int32(VIR_TYPED_PARAM_BOOLEAN.rawValue): value = unsafe .boolean(raw.value.b != 0)
        case Int32(VIR_TYPED_PARAM_STRING.rawValue): value = unsafe .string(raw.value.s.map { unsafe String(cString: $0) } ?? "")
        default: return nil
        }
        name = unsafe withUnsafeBytes(of: raw.field) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.value = value
    }
}
