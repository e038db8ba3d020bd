// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a certificate cannot be used, as a sentence that names the file.
public struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    init(_ message: String) { self.message = message }

    public var description: String { message }
}
