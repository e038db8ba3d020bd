// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// The two files as they were read.
struct CertificateFiles: Equatable, Sendable {
    /// A chain has some kilobytes.
    private static let largest = 1 << 20

    let certificate: [UInt8]
    let key: [UInt8]

    init(certificate: String, key: String) throws(CertificateError) {
        self.certificate = try Self.bytes(certificate, "certificate")
        self.key = try Self.bytes(key, "key")
    }

    private static func bytes(_ path: String, _ what: String) throws(CertificateError) -> [UInt8] {
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: largest + 1) ?? Data()
        } catch {
            throw CertificateError("The TLS \(what) \(path) cannot be read: \(reason(error)).")
        }
        guard data.count <= largest else { throw CertificateError("The TLS \(what) \(path) is larger than \(largest) bytes.") }
        return [UInt8](data)
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "permission denied"
        default: ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error)?.localizedDescription ?? error.localizedDescription
        }
    }
}
