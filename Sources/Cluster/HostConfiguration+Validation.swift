// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses

extension HostConfiguration {
    /// Throws a `ConnectError` that says why such a host is never connected to.
    public func validate() throws(ConnectError) {
        do throws(ConnectError) {
            _ = try HostAddress(uri, tls: tls)
        } catch {
            throw ConnectError("The host \(name) cannot be joined. \(error.message)", isFinal: true)
        }
    }
}
