// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@testable import Cluster

@Suite struct HostAddressTests {
    @Test func `a driver without a host or transport is reached by its sockets`() throws {
        let address = try HostAddress("qemu:///system")
        #expect(
            address.transport
                == .unix(
                    readWrite: ["/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock"],
                    readOnly: ["/run/libvirt/virtqemud-sock-ro", "/run/libvirt/libvirt-sock-ro"]))
        #expect(address.relayed(by: "/tmp/x") == "qemu+unix:///system?socket=/tmp/x")
    }

    @Test func `the test driver runs in this process unless a socket is named`() throws {
        #expect(try HostAddress("test:///default").transport == .inProcess)
        #expect(try HostAddress("test+unix:///default?socket=/run/x").transport == .unix(readWrite: ["/run/x"], readOnly: ["/run/x"]))
    }

    @Test(arguments: [
        ("qemu+tcp://node7/system", "node7", 16_509), ("qemu+tcp://node7:1/system", "node7", 1), ("lxc+tcp://[fe80::1]/", "fe80::1", 16_509),
        ("qemu+tcp://[::1]:7/system", "::1", 7),
    ])
    func `tcp has a host and a port`(uri: String, host: String, port: Int) throws {
        #expect(try HostAddress(uri).transport == .tcp(host: host, port: port))
    }

    @Test func `a host without a transport is reached by tls, with the files that libvirt would take`() throws {
        guard case .tls("node7", 16_514, let files) = try HostAddress("qemu://node7/system").transport else { throw Unexpected() }
        #expect(files.authority == "/etc/pki/CA/cacert.pem")
        #expect(files.name == nil)
        guard
            case .tls(_, _, let own) = try HostAddress("qemu+tls://node7/system?pkipath=/srv/pki", tls: .init(name: "n", authority: "/ca")).transport
        else { throw Unexpected() }
        #expect(own.authority == "/ca")
        #expect(own.name == "n")
    }

    @Test(arguments: [
        ("esx://vcenter/", "could not be ended"), ("vbox:///session", "could not be ended"), ("qemu+ssh://root@node/system", "ssh -L"),
        ("qemu+ext:///system?command=/bin/x", "not supported"), ("qemu+ext:///system", "unix, tcp or tls"),
        ("qemu+unix:///system?command=x", "command"), ("qemu+tls://node/system?no_verify=1", "no_verify"),
        ("qemu+tcp://user@node/system", "auth.conf"),
        ("qemu+tcp:///system", "no host"), ("qemu+tcp://node:x/system", "no host"), ("qemu+unix://node/system", "names no host"),
        ("alias", "no connection URI"),
    ])
    func `what cannot be cut, or would start a program, is refused with a reason`(uri: String, reason: String) {
        let error = #expect(throws: ConnectError.self) { () throws in try HostConfiguration(name: "h", uri: uri).validate() }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.isFinal == true)
    }

    private struct Unexpected: Error {}
}
