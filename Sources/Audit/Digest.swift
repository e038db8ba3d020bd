// SPDX-License-Identifier: GPL-2.0-or-later
import Crypto

/// SHA-256 in hexadecimal digits, by which a text is known again that is not shown.
public enum Digest {
    public static func of(_ bytes: some Collection<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// What stands in place of bytes that are not shown.
    public static func summary(of bytes: some Collection<UInt8>) -> String { "(\(bytes.count) bytes, SHA-256 \(of(bytes)))" }
}
