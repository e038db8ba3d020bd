// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

// How each family of C functions gives what it gives. Every one takes over what libvirt allocated, also where the call fails.

/// A string that libvirt allocated; NULL without an error is nothing.
func owned(_ text: UnsafeMutablePointer<CChar>?) throws(LibvirtError) -> Datum {
    guard let text = unsafe text else { return try nothing() }
    defer { unsafe free(text) }
    return .string(unsafe String(cString: text))
}

/// A string that lives as long as its object.
func borrowed(_ text: UnsafePointer<CChar>?) throws(LibvirtError) -> Datum {
    guard let text = unsafe text else { return try nothing() }
    return .string(unsafe String(cString: text))
}

/// NULL: an error, or nothing if libvirt reports none. Its functions forget the last error when they begin.
func nothing() throws(LibvirtError) -> Datum {
    guard virGetLastErrorCode() == 0 else { throw .last() }
    return .none
}

/// A domain's ID; libvirt has -1 both for an error and for a domain that does not run, which has none.
func identifier(_ value: CUnsignedInt) throws(LibvirtError) -> Datum {
    guard value == .max else { return .unsigned(UInt64(value)) }
    _ = try nothing()
    return .integer(-1)
}

/// A size, which is 0 for an error.
func size(_ value: UInt64) throws(LibvirtError) -> Datum {
    if value == 0 { _ = try nothing() }
    return .unsigned(value)
}

/// An object that the function made or found.
func made(_ kind: ObjectKind, of object: borrowing Handle, _ pointer: OpaquePointer?) throws(LibvirtError) -> Datum {
    guard let pointer = unsafe pointer else { return try nothing() }
    return .object(try unsafe Handle(owning: pointer, kind, of: object.place(of: kind)).identity)
}

extension Handle {
    /// The path that objects of a kind have which a function of this object gives.
    func place(of kind: ObjectKind) -> ObjectPath {
        if kind.parent == .connection { return ObjectPath([]) }
        return kind == self.kind ? identity.path.parent : identity.path
    }
}

/// An array of objects, which is freed with all that is in it.
func receivedObjects(
    _ kind: ObjectKind, of object: borrowing Handle,
    _ fill: (UnsafeMutablePointer<UnsafeMutablePointer<OpaquePointer?>?>) -> CInt
) throws(LibvirtError) -> Datum {
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = Int(try check(unsafe fill(&list)))
    guard let list = unsafe list else { return .list([]) }
    defer { unsafe free(list) }
    var objects: [Datum] = []
    var failure: LibvirtError?
    for index in 0..<count {
        guard let pointer = unsafe list[index] else { continue }
        do throws(LibvirtError) {
            objects.append(.object(try unsafe Handle(owning: pointer, kind, of: object.place(of: kind)).identity))
        } catch {
            failure = error
        }
    }
    if let failure { throw failure }
    return .list(objects)
}

/// An array of strings that libvirt allocated.
func receivedStrings(
    _ fill: (UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>) -> CInt
) throws(LibvirtError) -> Datum {
    var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = Int(try check(unsafe fill(&list)))
    guard let list = unsafe list else { return .list([]) }
    defer { unsafe free(list) }
    return .list(unsafe takeStrings(list, count))
}

/// An array of strings whose room the caller makes: as much as libvirt carries over its protocol, if that is needed.
func receivedNames(_ fill: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, CInt) -> CInt) throws(LibvirtError) -> Datum {
    for capacity in [256, 16_384] {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: capacity)
        unsafe list.initialize(repeating: nil, count: capacity)
        defer { unsafe list.deallocate() }
        let names = unsafe takeStrings(list, Int(try check(fill(list, CInt(capacity)))))
        if names.count < capacity || capacity > 256 { return .list(names) }
    }
    return .list([])
}

private func takeStrings(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, _ count: Int) -> [Datum] {
    (0..<count).map { index in
        guard let text = unsafe list[index] else { return .none }
        defer { unsafe free(text) }
        return .string(unsafe String(cString: text))
    }
}

/// The 16 bytes of a UUID.
func receivedUUID(_ fill: (UnsafeMutablePointer<UInt8>) -> CInt) throws(LibvirtError) -> Datum {
    .bytes(try unsafe filledBytes(Int(VIR_UUID_BUFLEN), fill))
}

func receivedUUIDString(_ fill: (UnsafeMutablePointer<CChar>) -> CInt) throws(LibvirtError) -> Datum {
    let bytes = try unsafe filledBytes(Int(VIR_UUID_STRING_BUFLEN)) { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self, capacity: Int(VIR_UUID_STRING_BUFLEN)) { unsafe fill($0) }
    }
    return .string(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
}

/// A buffer of `count` bytes that a function fills.
func filledBytes(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> CInt) throws(LibvirtError) -> [UInt8] {
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    unsafe buffer.initialize(repeating: 0, count: max(count, 1))
    defer { unsafe buffer.deallocate() }
    try check(unsafe fill(buffer))
    return unsafe Array(UnsafeBufferPointer(start: buffer, count: count))
}

/// A fixed-size array of characters in a struct, up to its NUL.
func text<Characters>(in characters: Characters) -> String {
    unsafe withUnsafeBytes(of: characters) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
