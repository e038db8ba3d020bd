// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// An address of IPv4 or IPv6, in numbers.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four, or sixteen.
    public let bytes: [UInt8]
    /// Which network a link-local address is on, as the system calls it; nil for all others.
    public let scope: String?

    /// Reads it as it is usually written. Nil unless it is one, with nothing around it.
    public init?(_ text: String) {
        // C would not read on.
        guard !text.utf8.contains(0) else { return nil }
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, parts[0], &bytes) == 1 {
            bytes.removeLast(12)
        } else if unsafe inet_pton(AF_INET6, parts[0], &bytes) != 1 {
            return nil
        }
        let isLocal = bytes.count == 16 && bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80
        guard parts.count == 1 || (isLocal && !parts[1].isEmpty && parts[1].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x5d }) else {
            return nil
        }
        self.bytes = bytes
        scope = parts.count == 1 ? nil : parts[1]
    }

    /// The same on a network; an address that is not link-local stays as it is.
    public func scoped(to scope: String) -> IPAddress { isLinkLocal ? IPAddress(bytes, scope: scope) : self }

    private init(_ bytes: [UInt8], scope: String?) {
        self.bytes = bytes
        self.scope = scope
    }

    /// The address of IPv4 that one of IPv6 stands for (`::ffff:192.0.2.1`), as a socket shows it that takes both; or itself.
    public var unmapped: IPAddress {
        let isMapped = bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
        return isMapped ? IPAddress(Array(bytes.suffix(4)), scope: nil) : self
    }

    public var isIPv4: Bool { bytes.count == 4 }

    /// Of IPv6, and of use on one network alone.
    public var isLinkLocal: Bool { !isIPv4 && bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80 }

    /// Whether it may be a single machine's on some network: neither this machine's own, nor everybody's, nor a group's.
    public var isOfAnotherMachine: Bool {
        if isIPv4 { return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224 }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 }
        return bytes[0] != 0xff && !isMapped
    }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(isIPv4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return scope.map { "\(address)%\($0)" } ?? address
    }
}
