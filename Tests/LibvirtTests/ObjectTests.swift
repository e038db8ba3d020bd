// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct ObjectTests {
    private let host = ObjectPath([])

    private func code(_ connection: Connection, _ path: ObjectPath) -> LibvirtError.Code? {
        failure { () throws(LibvirtError) in try connection.withObject(path) { _ in } }?.code
    }

    private func identity(_ connection: Connection, _ path: ObjectPath) throws(LibvirtError) -> ObjectIdentity {
        try connection.withObject(path) { handle in handle.identity }
    }

    @Test func `the empty path is the connection, which stays open`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        for _ in 0..<10 {
            let identity = try identity(connection, host)
            #expect(identity.kind == .connection)
            #expect(identity.path == host)
        }
        #expect(try connection.isAlive())
    }

    @Test func `a domain is found by its UUID and by its name`() throws {
        let uuid = randomUUID()
        let domain = try OwnObject.domain(uuid: uuid)
        for key in [uuid, uuid.uppercased(), uuid.filter { $0 != "-" }, "own-\(uuid)"] {
            let found = try identity(domain.connection, host.appending(.domain, ObjectName(key)))
            #expect(found.path == domain.path)
            #expect(found.name == ObjectName("own-\(uuid)"))
            #expect(found.uuid?.description == uuid)
        }
    }

    @Test func `a domain's UUID wins over a name that looks like it`() throws {
        let (uuid, other) = (randomUUID(), randomUUID())
        let domain = try OwnObject.domain(uuid: uuid)
        let xml = OwnObject.domainXML(uuid: other).replacing("own-\(other)", with: uuid)
        let disguised = try OwnObject.domain(uuid: other, xml: xml)
        #expect(try identity(domain.connection, host.appending(.domain, ObjectName(uuid))).name == ObjectName("own-\(uuid)"))
        #expect(try disguised.value(.virDomainGetName) == .string(uuid))
    }

    @Test func `a network's name wins over a UUID that looks like it`() throws {
        let (uuid, other) = (randomUUID(), randomUUID())
        let network = try OwnObject.network(uuid: uuid)
        #expect(try identity(network.connection, host.appending(.network, ObjectName(uuid))).path == network.path)
        let disguised = try OwnObject.network(name: uuid, uuid: other)
        #expect(try identity(disguised.connection, host.appending(.network, ObjectName(uuid))).uuid?.description == other)
    }

    @Test func `a pool's name wins over a UUID that looks like it`() throws {
        let (uuid, other) = (randomUUID(), randomUUID())
        let pool = try OwnObject.pool(uuid: uuid)
        #expect(try identity(pool.connection, host.appending(.pool, ObjectName(uuid))).path == pool.path)
        let disguised = try OwnObject.pool(name: uuid, uuid: other)
        #expect(try identity(disguised.connection, host.appending(.pool, ObjectName(uuid))).uuid?.description == other)
    }

    @Test func `what belongs to an object is found in it`() throws {
        let (pool, other) = (try OwnObject.pool(), try OwnObject.pool())
        let volume = try pool.makeVolume("disk")
        let found = try identity(pool.connection, volume.path)
        #expect(found.path == volume.path)
        #expect(found.path.parent == pool.path)
        #expect(found.kind == .volume)
        #expect(code(other.connection, other.path.appending(.volume, "disk"))?.name == "VIR_ERR_NO_STORAGE_VOL")
        let domain = try OwnObject.domain()
        let snapshot = try domain.makeSnapshot("a snapshot")
        #expect(try identity(domain.connection, snapshot.path).path == snapshot.path)
        #expect(try snapshot.value(.virDomainSnapshotGetName) == .string("a snapshot"))
    }

    @Test func `a path by names is answered with the one by UUIDs`() throws {
        let uuid = randomUUID()
        let domain = try OwnObject.domain(uuid: uuid)
        let snapshot = try domain.makeSnapshot("one")
        let path = host.appending(.domain, ObjectName("own-\(uuid)")).appending(.snapshot, "one")
        #expect(try identity(domain.connection, path).path == snapshot.path)
    }

    @Test func `a checkpoint is found in its domain`() throws {
        let domain = try OwnObject.domain()
        try domain.call(.virDomainCreate)
        let xml = "<domaincheckpoint><name>one</name></domaincheckpoint>"
        let made = try domain.value(.virDomainCheckpointCreateXML, ["xmlDesc": .string(xml)]).identity
        let checkpoint = domain.child(.checkpoint, "one", removal: [.virDomainCheckpointDelete])
        #expect(made?.path == checkpoint.path)
        #expect(try checkpoint.value(.virDomainCheckpointGetName) == .string("one"))
        #expect(try domain.call(.virDomainListAllCheckpoints)["checkpoints"]?.items.compactMap(\.identity?.path) == [checkpoint.path])
    }

    @Test(
        arguments: [
            (.domain, "no-such", "VIR_ERR_NO_DOMAIN"), (.network, "no-such", "VIR_ERR_NO_NETWORK"), (.pool, "no-such", "VIR_ERR_NO_STORAGE_POOL"),
            (.interface, "no-such", "VIR_ERR_NO_INTERFACE"), (.device, "no-such", "VIR_ERR_NO_NODE_DEVICE"),
            (.secret, "no-such", "VIR_ERR_NO_SECRET"), (.domain, "", "VIR_ERR_NO_DOMAIN"), (.domain, "\u{FF}", "VIR_ERR_NO_DOMAIN"),
            (.domain, "00000000-0000-4000-8000-000000000000", "VIR_ERR_NO_DOMAIN"),
            (.network, "00000000-0000-4000-8000-000000000000", "VIR_ERR_NO_NETWORK"),
        ] as [(ObjectKind, String, String)])
    func `what is not there is not found`(kind: ObjectKind, key: String, code: String) throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let error = failure { () throws(LibvirtError) in try connection.withObject(host.appending(kind, ObjectName(key))) { _ in } }
        #expect(error?.code.name == code)
        #expect(error?.isNotFound == true)
    }

    @Test func `what is not in an object is not found, nor what is in none`() throws {
        let (domain, pool, network) = (try OwnObject.domain(), try OwnObject.pool(), try OwnObject.network())
        #expect(code(domain.connection, domain.path.appending(.snapshot, "no"))?.name == "VIR_ERR_NO_DOMAIN_SNAPSHOT")
        #expect(code(domain.connection, domain.path.appending(.checkpoint, "no"))?.name == "VIR_ERR_NO_DOMAIN_CHECKPOINT")
        #expect(code(pool.connection, pool.path.appending(.volume, "no"))?.name == "VIR_ERR_NO_STORAGE_VOL")
        #expect(code(network.connection, network.path.appending(.port, "no")) == .noNetworkPort)
        #expect(code(pool.connection, host.appending(.pool, "no").appending(.volume, "disk"))?.name == "VIR_ERR_NO_STORAGE_POOL")
    }

    @Test func `a volume whose name is no UTF-8 is looked up by its bytes`() throws {
        let pool = try OwnObject.pool()
        let volume = try pool.makeVolume("\u{FFFD}")
        #expect(code(pool.connection, pool.path.appending(.volume, ObjectName(bytes: [0xFF])))?.name == "VIR_ERR_NO_STORAGE_VOL")
        #expect(try identity(pool.connection, volume.path).name.bytes == [0xEF, 0xBF, 0xBD])
    }

    /// What was found is freed all the same: AddressSanitizer says so if not.
    @Test func `a body that throws ends with its error`() throws {
        let pool = try OwnObject.pool()
        let volume = try pool.makeVolume("disk")
        let thrown = LibvirtError(code: .operationFailed, message: "enough")
        for _ in 0..<10 {
            let error = failure { () throws(LibvirtError) in
                try pool.connection.withObject(volume.path) { _ throws(LibvirtError) in throw thrown }
            }
            #expect(error == thrown)
        }
        #expect(try volume.value(.virStorageVolGetName) == .string("disk"))
    }
}
