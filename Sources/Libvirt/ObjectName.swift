// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// An object's name as the bytes that libvirt has: a directory pool may list files whose names are no UTF-8.
public struct ObjectName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// Without a terminating NUL.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }
    public init(_ text: String) { bytes = Array(text.utf8) }
    public init(stringLiteral text: String) { self.init(text) }

    init?(_ text: UnsafePointer<CChar>?) {
        guard let text = unsafe text else { return nil }
        bytes = unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    /// The name as text; what is no UTF-8 is shown as U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Lends the name as C wants it.
    func withCString<Result: ~Copyable>(_ body: (UnsafePointer<CChar>) throws(LibvirtError) -> Result) throws(LibvirtError) -> Result {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: terminated.count)
        defer { unsafe copy.deallocate() }
        unsafe copy.initialize(from: terminated, count: terminated.count)
        return try unsafe body(copy)
    }
}
