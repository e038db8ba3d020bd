// SPDX-License-Identifier: GPL-2.0-or-later

extension ByteSink {
    /// Appends an element name.
    ///
    /// It comes from our source: one that is not of lower case letters, digits and `-` ends the program.
    @inline(__always)
    mutating func put(elementName name: String) {
        let written: Void? = unsafe name.utf8.withContiguousStorageIfAvailable { name in
            precondition(unsafe name.first.map { $0 &- 0x61 < 26 } ?? false, "an element name begins with a lower case letter")
            for index in 1..<(name.count) {
                let byte = unsafe name[index]
                precondition(byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D, "an element name is of a-z, 0-9 and -")
            }
            unsafe put(name)
        }
        precondition(written != nil, "an element name is a native string")
    }
}
