// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import NIOCore
import NIOSSL

/// A certificate with its chain and its key, checked and ready for connections.
struct ServerCertificate: Sendable {
    /// How long a client may take to answer the end of a connection.
    private static let farewell = TimeAmount.seconds(1)

    let context: NIOSSLContext
    /// When it ends.
    let end: Date

    /// - Parameters:
    ///   - certificate: the path of the file with the chain, the server's own first.
    ///   - key: the path of the key's.
    init(_ files: CertificateFiles, certificate: String, key: String) throws(CertificateError) {
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(files.certificate), let own = chain.first else {
            throw CertificateError("\(certificate) holds no certificate in PEM.")
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: files.key, format: .pem) else {
            throw CertificateError("\(key) holds no private key in PEM without a passphrase.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = Self.farewell
        do { context = try NIOSSLContext(configuration: configuration) } catch {
            throw CertificateError("The key in \(key) does not belong to the certificate in \(certificate).")
        }
        end = Date(timeIntervalSince1970: TimeInterval(own.notValidAfter))
    }
}
