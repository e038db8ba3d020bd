// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// Typed parameters whose room the caller makes: asked how many there are, then for them.
func filledParameters(_ fill: (virTypedParameterPtr?, UnsafeMutablePointer<CInt>) -> CInt) throws(LibvirtError) -> Datum {
    var count: CInt = 0
    try check(unsafe fill(nil, &count))
    return try unsafe filledParameters(room: count, fill)
}

/// Typed parameters, where it is known how many there can be.
func filledParameters(
    room: CInt, _ fill: (virTypedParameterPtr?, UnsafeMutablePointer<CInt>) -> CInt
) throws(LibvirtError) -> Datum {
    let capacity = Int(room)
    guard capacity > 0 else { return .parameters([]) }
    let parameters = UnsafeMutablePointer<virTypedParameter>.allocate(capacity: capacity)
    unsafe parameters.initialize(repeating: virTypedParameter(), count: capacity)
    defer {
        unsafe virTypedParamsClear(parameters, CInt(capacity))
        unsafe parameters.deallocate()
    }
    var count = room
    try check(unsafe fill(parameters, &count))
    return .parameters(unsafe TypedParameter.list(parameters, min(Int(count), capacity)))
}

/// Typed parameters that libvirt allocates. `count`: reads how many, after the call.
func givenParameters(count: () -> Int, _ fill: (UnsafeMutablePointer<virTypedParameterPtr?>) -> CInt) throws(LibvirtError) -> Datum {
    var parameters: virTypedParameterPtr?
    let status = unsafe fill(&parameters)
    defer { unsafe virTypedParamsFree(parameters, CInt(count())) }
    try check(status)
    guard let parameters = unsafe parameters else { return .parameters([]) }
    return .parameters(unsafe TypedParameter.list(parameters, count()))
}

extension TypedParameter {
    static func list(_ parameters: virTypedParameterPtr, _ count: Int) -> [TypedParameter] {
        (0..<count).compactMap { unsafe TypedParameter(parameters[$0]) }
    }

    /// Appends it to a C array that libvirt lets grow.
    func append(to list: inout virTypedParameterPtr?, _ count: inout CInt, _ capacity: inout CInt) {
        switch value {
        case .int(let value): unsafe _ = virTypedParamsAddInt(&list, &count, &capacity, name, value)
        case .uint(let value): unsafe _ = virTypedParamsAddUInt(&list, &count, &capacity, name, value)
        case .llong(let value): unsafe _ = virTypedParamsAddLLong(&list, &count, &capacity, name, value)
        case .ullong(let value): unsafe _ = virTypedParamsAddULLong(&list, &count, &capacity, name, value)
        case .double(let value): unsafe _ = virTypedParamsAddDouble(&list, &count, &capacity, name, value)
        case .boolean(let value): unsafe _ = virTypedParamsAddBoolean(&list, &count, &capacity, name, value ? 1 : 0)
        case .string(let value): unsafe _ = virTypedParamsAddString(&list, &count, &capacity, name, value)
        }
    }
}
