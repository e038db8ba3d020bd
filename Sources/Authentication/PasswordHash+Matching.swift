// SPDX-License-Identifier: GPL-2.0-or-later
import CCrypt
import Glibc

extension PasswordHash {
    /// Whether it is the hash of `password`, by `crypt_r`: milliseconds to seconds on the calling thread. Throws if libcrypt cannot tell.
    func matches(_ password: [UInt8]) throws(AuthenticationError) -> Bool {
        guard password.count <= kind.longestPassword, !password.contains(0) else { return false }
        return try unsafe Self.withHash(of: password, as: text, kind) { unsafe Self.areEqual($0, text.utf8) }
    }

    /// The hash of `password` as `setting` says, by `crypt_r`.
    static func withHash<Result>(
        of password: [UInt8], as setting: String, _ kind: Kind, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(AuthenticationError) -> Result {
        // The working space and behind it the password with its NUL, in one piece that is wiped as a whole.
        let space = MemoryLayout<crypt_data>.size
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: space + password.count + 1, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
        defer {
            if let start = memory.baseAddress { unsafe explicit_bzero(start, memory.count) }
            unsafe memory.deallocate()
        }
        guard let start = memory.baseAddress else { throw error(kind, "could not be computed: there is no memory.") }
        unsafe UnsafeMutableRawBufferPointer(rebasing: memory[space...]).copyBytes(from: password)
        let phrase = unsafe UnsafePointer((start + space).assumingMemoryBound(to: CChar.self))
        let data = unsafe start.bindMemory(to: crypt_data.self, capacity: 1)
        guard let output = unsafe crypt_r(phrase, setting, data), unsafe output.pointee != CChar(UInt8(ascii: "*")) else {
            throw error(kind, "could not be computed: \(unsafe String(cString: strerror(errno))).")
        }
        return unsafe body(UnsafeRawBufferPointer(start: output, count: strlen(output)))
    }

    /// Compares in a time that depends on the length alone.
    private static func areEqual(_ one: UnsafeRawBufferPointer, _ other: String.UTF8View) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (index, byte) in other.enumerated() { unsafe difference |= one[index] ^ byte }
        return difference == 0
    }

    /// Whether `crypt_checksalt` knows the kind: a libcrypt can be built without some.
    static func isKnownToLibcrypt(_ text: String) -> Bool {
        ![CRYPT_SALT_INVALID, CRYPT_SALT_METHOD_DISABLED].contains(unsafe crypt_checksalt(text))
    }
}
