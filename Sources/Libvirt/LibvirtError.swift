// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// What libvirt said about the call that just failed on this thread: `virError`.
public struct LibvirtError: Error, Hashable, CustomStringConvertible {
    /// A `virErrorNumber`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The constant's name, for example `VIR_ERR_NO_DOMAIN`; nil for a code newer than the libvirt we were built with.
        public var name: String? { Enumeration.virErrorNumber.name(of: Int64(rawValue)) }
    }

    public let code: Code
    /// The number and the `virErrorDomain` name of the part of libvirt that raised it, for example `VIR_FROM_QEMU`.
    public let domain: Int32
    public var domainName: String? { Enumeration.virErrorDomain.name(of: Int64(domain)) }
    /// The number and the `virErrorLevel` name, for example `VIR_ERR_ERROR`.
    public let level: Int32
    public var levelName: String? { Enumeration.virErrorLevel.name(of: Int64(level)) }
    public let message: String

    /// Whether it says that there is no such object.
    public var isNotFound: Bool {
        [
            "DOMAIN", "DOMAIN_METADATA", "DOMAIN_BACKUP", "DOMAIN_SNAPSHOT", "DOMAIN_CHECKPOINT", "NETWORK", "NETWORK_PORT", "STORAGE_POOL",
            "STORAGE_VOL", "INTERFACE",
            "NODE_DEVICE", "NWFILTER", "NWFILTER_BINDING", "SECRET",
        ].contains { code.name == "VIR_ERR_NO_" + $0 }
    }

    public var description: String { "\(code.name ?? "libvirt error \(code.rawValue)"): \(message)" }

    public init(code: Code, domain: Int32 = 0, level: Int32 = 2, message: String) {
        self.code = code
        self.domain = domain
        self.level = level
        self.message = message
    }

    /// libvirt keeps its last error per thread, so this must run before anything suspends.
    static func last() -> LibvirtError {
        guard let error = unsafe virGetLastError() else { return LibvirtError(code: .internalError, message: "libvirt gave no reason") }
        defer { virResetLastError() }
        return unsafe LibvirtError(
            code: Code(rawValue: error.pointee.code),
            domain: error.pointee.domain,
            level: Int32(error.pointee.level.rawValue),
            message: error.pointee.message.map { unsafe String(cString: $0) } ?? "libvirt gave no reason")
    }
}

extension LibvirtError.Code {
    public static let internalError = Self(rawValue: 1)
    public static let noSupport = Self(rawValue: 3)
    public static let noConnect = Self(rawValue: 5)
    public static let invalidConnection = Self(rawValue: 6)
    public static let invalidArgument = Self(rawValue: 8)
    public static let operationFailed = Self(rawValue: 9)
    public static let xmlError = Self(rawValue: 27)
    public static let domainExists = Self(rawValue: 28)
    public static let noSecret = Self(rawValue: 66)
    public static let noNetworkPort = Self(rawValue: 107)
    public static let networkExists = Self(rawValue: 37)
    public static let poolBuilt = Self(rawValue: 76)
    public static let volumeExists = Self(rawValue: 90)
    public static let operationDenied = Self(rawValue: 29)
    public static let systemError = Self(rawValue: 38)
    public static let rpc = Self(rawValue: 39)
    public static let noDomain = Self(rawValue: 42)
    public static let authenticationFailed = Self(rawValue: 45)
    public static let operationInvalid = Self(rawValue: 55)
    public static let configurationUnsupported = Self(rawValue: 67)
    public static let operationTimeout = Self(rawValue: 68)
    public static let argumentUnsupported = Self(rawValue: 74)
    public static let noDomainMetadata = Self(rawValue: 80)
    public static let operationUnsupported = Self(rawValue: 84)
    public static let agentUnresponsive = Self(rawValue: 86)
    public static let accessDenied = Self(rawValue: 88)
    public static let xmlDetail = Self(rawValue: 35)
    public static let xmlInvalidSchema = Self(rawValue: 92)
}

/// A handle that libvirt returned, or what it said instead.
func check<Handle>(_ handle: Handle?) throws(LibvirtError) -> Handle {
    guard let handle else { throw .last() }
    return handle
}

/// A count or a status that libvirt returned, or what it said instead of one.
@discardableResult
func check<Status: SignedInteger>(_ status: Status) throws(LibvirtError) -> Status {
    guard status >= 0 else { throw .last() }
    return status
}
