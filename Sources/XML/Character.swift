// SPDX-License-Identifier: GPL-2.0-or-later

extension Unicode.Scalar {
    /// Whether a document can hold it (XML 1.0, 2.2).
    public var isOfXML: Bool {
        switch value {
        case 0x9, 0xa, 0xd, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
        default: false
        }
    }
}
