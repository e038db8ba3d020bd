// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation

/// The PEM files of a TLS connection, where libvirt itself would look for them unless the configuration says otherwise.
struct TLSFiles: Hashable, Sendable {
    /// The name that the host's certificate must bear; nil: the one in the URI.
    let name: String?
    let authority: String
    /// Nil where we have no certificate of our own.
    let certificate: String?
    let key: String?

    /// - Parameter directory: the URI's `pkipath`.
    init(_ configured: HostConfiguration.TLS, directory: String?) {
        name = configured.name
        func file(_ given: String?, _ base: String, _ standard: String) -> String {
            given ?? directory.map { "\($0)/\(base)" } ?? standard
        }
        authority = file(configured.authority, "cacert.pem", "/etc/pki/CA/cacert.pem")
        let certificate = file(configured.certificate, "clientcert.pem", "/etc/pki/libvirt/clientcert.pem")
        let key = file(configured.key, "clientkey.pem", "/etc/pki/libvirt/private/clientkey.pem")
        let isNamed = configured.certificate != nil || configured.key != nil
        let hasOwn = isNamed || FileManager.default.fileExists(atPath: certificate)
        self.certificate = hasOwn ? certificate : nil
        self.key = hasOwn ? key : nil
    }
}
