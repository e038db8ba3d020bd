// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@Suite struct ConnectionURITests {
    @Test(
        arguments: [
            ("qemu+tls://node7/system", "node7"), ("test:///default", "test"), ("qemu:///session", "qemu-session"), ("qemu:///system", "qemu"),
            ("qemu+ssh://root@node8/system", "node8"), ("qemu+tls://node9:16514/system", "node9"), ("qemu+unix:///system?socket=/run/x", "qemu"),
            ("qemu+unix:///session?socket=/run/x", "qemu-session"), ("qemu+tls://[fe80::1]:16514/system", "fe80::1"), ("lxc:///", "lxc"),
            ("qemu+ssh://node?x=/y", "node"), ("", "host"), ("alias", "alias"),
        ])
    func `a host is named after its URI`(uri: String, name: String) {
        #expect(ConnectionURI(uri).hostName == name)
    }

    @Test(
        arguments: [
            ("test:///default", "test:///default"), ("alias", "alias"), ("", ""),
            ("qemu+ssh://root:hunter2@node8/system", "qemu+ssh://node8/system"), ("qemu+ssh://ro@ot:p@node8:22/system", "qemu+ssh://node8:22/system"),
            ("esx://node9/?password=hunter2&no_verify=1", "esx://node9/?no_verify=1"), ("esx://node9?Pass%57ord=hunter2", "esx://node9"),
            ("esx://node9/?auth_token=t;secret=s&x=y", "esx://node9/?x=y"),
            ("qemu+ssh://node/system?keyfile=/k&sshauth=privkey", "qemu+ssh://node/system?keyfile=/k&sshauth=privkey"),
            ("http://u:p@a/x,http://v:q@b/y", "http://a/x,http://b/y"), ("nbd://h1,nbd://u:p@h2/x?token=t", "nbd://h1,nbd://h2/x"),
            ("copy http://u:p@a to http://v:q@b", "copy http://a to http://b"), ("test:///x?next=http://u:p@a", "test:///x?next=http://a"),
            ("alias?password=hunter2", "alias"), ("qemu://u@[fe80::1]/system", "qemu://[fe80::1]/system"),
        ])
    func `nobody is shown a user or a password`(uri: String, shown: String) {
        #expect(ConnectionURI(uri).withoutSecrets == shown)
    }
}
