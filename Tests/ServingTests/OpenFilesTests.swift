// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Serving

/// That clients never take the files that the rest of the process needs.
@Suite struct OpenFilesTests {
    @Test(arguments: [1, 16, 150, 1_024, 4_096, 65_536, 1 << 30], [0, 1, 20, 500])
    func `all that may be accepted leaves something to others`(files: Int, hosts: Int) {
        let open = OpenFiles(files: files, connections: 100_000, hosts: hosts)
        #expect(open.connections >= 1 && open.connections <= open.sockets)
        #expect(open.batch >= 1)
        if files >= 16 { #expect(open.sockets + 2 * open.batch <= files - min(files / 2, 256 + hosts * 48)) }
    }

    @Test func `where there are enough the limit is the limit`() {
        #expect(OpenFiles(files: 4_096, connections: 2_000, hosts: 3).connections == 2_000)
        #expect(OpenFiles(files: 1_024, connections: 2_000, hosts: 3).connections < 1_024 - 256)
    }

    @Test func `sockets count until they are closed, refused or not`() {
        let connections = Connections(limit: 1, perAddress: 1, trusted: [], sockets: 2, metrics: .unseen)
        connections.beginSocket()
        #expect(connections.hasRoom)
        connections.beginSocket()
        #expect(!connections.hasRoom)
        connections.endSocket()
        #expect(connections.hasRoom)
        connections.endSocket()
        #expect(connections.isEmpty)
    }
}
