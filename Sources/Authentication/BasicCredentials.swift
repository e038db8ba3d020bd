// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// A name and a password as a browser sends them, in the scheme Basic (RFC 7617) with UTF-8.
public struct BasicCredentials: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of the header, at most: several times what the longest name with the longest password needs.
    private static let longest = 4096

    /// Without colon and without control characters; perhaps empty.
    public let name: String
    /// UTF-8 without control characters; perhaps empty.
    public let password: [UInt8]

    /// Reads the value of `Authorization`: the scheme, spaces, and base64 to the letter. Throws a sentence for the caller.
    public init(_ authorization: String) throws(AuthenticationError) {
        guard authorization.utf8.count <= Self.longest else { throw AuthenticationError("The Authorization header is too long.") }
        let header = AuthorizationHeader(authorization)
        guard header.scheme == "basic" else { throw AuthenticationError("The scheme of the Authorization header is not Basic.") }
        let encoded = Data(header.rest.utf8)
        // What is decoded leniently shows when it is encoded again.
        guard let decoded = Data(base64Encoded: encoded), decoded.base64EncodedData() == encoded else {
            throw AuthenticationError("The Authorization header is not base64.")
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw AuthenticationError("The Authorization header is not UTF-8.") }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw AuthenticationError("The Authorization header holds a control character.")
        }
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            throw AuthenticationError("The Authorization header holds no colon between a name and a password.")
        }
        name = String(decoding: bytes[..<colon], as: UTF8.self)
        password = Array(bytes[(colon + 1)...])
    }

    /// The name alone, so that no log shows the password.
    public var description: String { name }
}
