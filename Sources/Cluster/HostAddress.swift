// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation

/// A host's URI, understood: how its libvirtd is reached, and what it is asked for there.
struct HostAddress: Hashable, Sendable {
    enum Transport: Hashable, Sendable {
        /// A driver that runs in this process: there is nothing to carry, and nothing that could hang.
        case inProcess
        /// Paths of sockets, the first that exists is taken.
        case unix(readWrite: [String], readOnly: [String])
        case tcp(host: String, port: Int)
        case tls(host: String, port: Int, files: TLSFiles)
    }

    /// As it was configured.
    let uri: String
    /// `qemu`, `lxc`, `test`.
    let driver: String
    /// `/system`, `/session`, `/default`.
    let path: String
    let transport: Transport
    /// A libvirt `auth.conf` with the host's credentials; nil: the one that libvirt itself would take.
    private let authentication: String?

    private static let ports = (tcp: 16_509, tls: 16_514)
    /// Their drivers talk to a hypervisor from this process, where a call that hangs cannot be ended.
    private static let clientSide: Set = [
        "esx", "gsx", "vpx", "hyperv", "vbox", "vmwareplayer", "vmwarews", "vmwarefusion", "openvz", "phyp", "xenapi",
    ]

    /// Throws a final `ConnectError` that says why such a host is not connected to.
    init(_ uri: String, tls: HostConfiguration.TLS = .init()) throws(ConnectError) {
        self.uri = uri
        guard let colon = uri.firstRange(of: "://") else {
            throw ConnectError("\u{201C}\(uri)\u{201D} is no connection URI. One is, for example, qemu+tls://node7/system.", isFinal: true)
        }
        let scheme = uri[..<colon.lowerBound].split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rest = uri[colon.upperBound...]
        let authority = String(rest.prefix { $0 != "/" && $0 != "?" })
        let tail = rest.dropFirst(authority.count)
        driver = scheme[0]
        path = String(tail.prefix { $0 != "?" })
        let query = try Self.query(tail)
        authentication = query["authfile"]
        guard !Self.clientSide.contains(driver) else {
            throw ConnectError(
                "The \(driver) driver runs in this process, where a call that hangs could not be ended, so such hosts are not connected to.",
                isFinal: true)
        }
        let transport = scheme.count > 1 ? scheme[1] : authority.isEmpty ? (driver == "test" ? nil : "unix") : "tls"
        switch transport {
        case nil: self.transport = .inProcess
        case "unix":
            guard authority.isEmpty else { throw ConnectError("\(uri): a UNIX socket is on this machine, so the URI names no host.", isFinal: true) }
            self.transport = Self.unix(driver: driver, path: path, socket: query["socket"])
        case "tcp":
            let (host, port) = try Self.endpoint(authority, Self.ports.tcp)
            self.transport = .tcp(host: host, port: port)
        case "tls":
            let (host, port) = try Self.endpoint(authority, Self.ports.tls)
            self.transport = .tls(host: host, port: port, files: TLSFiles(tls, directory: query["pkipath"]))
        case "ssh", "libssh", "libssh2":
            throw ConnectError(
                "\(driver)+\(transport ?? "ssh") starts a program for each connection, which could not be ended when it hangs. Use tls, or carry the "
                    + "socket here (ssh -L /run/node7.sock:/run/libvirt/libvirt-sock node7) and name it: \(driver)+unix://\(path)?socket=/run/node7.sock.",
                isFinal: true)
        default:
            throw ConnectError("The transport \u{201C}\(transport ?? "")\u{201D} is not connected by: it is unix, tcp or tls.", isFinal: true)
        }
    }

    /// The URI by which libvirt in this process connects to a socket of the relay.
    func relayed(by socket: String) -> String {
        let driver = driver.isEmpty ? "qemu" : driver
        let file = authentication.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
        return "\(driver)+unix://\(path)?socket=\(socket)\(file.map { "&authfile=\($0)" } ?? "")"
    }

    private static func unix(driver: String, path: String, socket: String?) -> Transport {
        if let socket { return .unix(readWrite: [socket], readOnly: [socket]) }
        let isSession = path == "/session"
        let directory = isSession ? (ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? "/run/user/\(getuid())") + "/libvirt" : "/run/libvirt"
        let readWrite = ["\(directory)/virt\(driver)d-sock", "\(directory)/libvirt-sock"]
        return .unix(readWrite: readWrite, readOnly: isSession ? readWrite : readWrite.map { "\($0)-ro" })
    }

    private static func endpoint(_ authority: String, _ port: Int) throws(ConnectError) -> (host: String, port: Int) {
        guard !authority.contains("@") else {
            throw ConnectError("A user's name does not belong into the URI: what libvirt asks for comes from its auth.conf.", isFinal: true)
        }
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? String(authority.dropFirst().prefix { $0 != "]" }) : String(authority.prefix { $0 != ":" })
        let rest = authority.dropFirst(isBracketed ? host.count + 2 : host.count)
        guard !host.isEmpty, rest.isEmpty || rest.hasPrefix(":"), let given = rest.isEmpty ? port : Int(rest.dropFirst()),
            (1...65_535).contains(given)
        else { throw ConnectError("\u{201C}\(authority)\u{201D} is no host and port.", isFinal: true) }
        return (host, given)
    }

    /// The parameters of the URI. One that would change how the host is reached and is not understood may not be passed over.
    private static func query(_ tail: Substring) throws(ConnectError) -> [String: String] {
        guard let mark = tail.firstIndex(of: "?") else { return [:] }
        var values: [String: String] = [:]
        for item in tail[tail.index(after: mark)...].split(whereSeparator: { $0 == "&" || $0 == ";" }) {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard ["socket", "pkipath", "authfile", "mode"].contains(parts[0]) else {
                throw ConnectError(
                    "The parameter \(parts[0]) of a connection URI is not supported: there are socket, pkipath and authfile.", isFinal: true)
            }
            values[parts[0]] = (parts.count > 1 ? parts[1] : "").removingPercentEncoding
        }
        return values
    }
}
