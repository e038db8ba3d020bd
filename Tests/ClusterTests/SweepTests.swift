// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Inventory
import Libvirt
import Testing

@testable import Cluster

private typealias UUID = Libvirt.UUID

/// On a test driver of its own.
@Suite struct SweepTests {
    private let connection: Connection

    init() throws {
        let domains = (1...9).map { number in
            """
            <domain type='test'><name>d\(number)</name><uuid>00000000-0000-4000-8000-00000000000\(number)</uuid>
            <memory unit='MiB'>\(number * 2)</memory><currentMemory unit='MiB'>\(number)</currentMemory>
            <vcpu current='\(number)'>16</vcpu><os><type>hvm</type></os></domain>
            """
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(Foundation.UUID()).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("<node>\(domains.joined())</node>".utf8).write(to: file)
        connection = try Connection(uri: "test://\(file.path)", readOnly: false)
    }

    private func finish(_ batch: DomainBatch) throws -> DomainBatch {
        var batch = batch
        while !batch.isFinished { try batch.step(on: connection, until: .now, DomainBatch.Progress()) }
        return batch
    }

    private func snapshot() throws -> HostSnapshot {
        let empty = HostSnapshot(host: try HostRecord(connection))
        return empty.applying(try finish(DomainBatch(.kind(.domain), of: empty)))
    }

    private func run(_ function: Function, on uuid: UUID) throws {
        let path = ObjectPath([.init(.domain, ObjectName(uuid.description))])
        _ = try connection.withObject(path) { handle throws(LibvirtError) in try function.call(on: handle, CallArguments()) }
    }

    @Test func `a domain's size in its XML is what libvirt says of it`() throws {
        for record in try snapshot().domains {
            let info = try connection.withDomain(uuid: record.uuid) { domain throws(LibvirtError) in try domain.info() }
            #expect((record.vcpus, record.memory, record.maximumMemory) == (info.vcpus, info.memory, info.maximumMemory))
            #expect(record.name == "d\(record.vcpus)" && record.memory == UInt64(record.vcpus) * 1_024)
        }
    }

    @Test func `where no call tells of all domains those that are known are read one by one`() throws {
        let known = try snapshot()
        var first = DomainBatch(.kind(.domain), of: HostSnapshot(host: known.host)), batch = DomainBatch(.kind(.domain), of: known)
        let (isOfUseAtFirst, isOfUse) = (first.doWithoutFacts(), batch.doWithoutFacts())
        #expect(!isOfUseAtFirst && isOfUse && !batch.isFinished)
        let gone = try #require(known.domains.first).uuid
        for function in [Function.virDomainDestroy, .virDomainUndefine] { try run(function, on: gone) }
        let read = known.applying(try finish(batch))
        #expect(read.domains == known.domains.filter { $0.uuid != gone })
        // Of a host that was lost and is back nothing else is known.
        #expect(HostSnapshot(host: known.host).applying(try finish(batch)).domains == read.domains)
    }

    @Test func `what was read while a sweep went on is newer, however that goes`() throws {
        let known = try snapshot()
        let uuid = try #require(known.domains.first).uuid
        for isOneByOne in [false, true] {
            var sweep = Sweep(of: known)
            if isOneByOne {
                let isOfUse = sweep.batch.doWithoutFacts()
                #expect(isOfUse)
            }
            sweep.batch = try finish(sweep.batch)
            try run(.virDomainSuspend, on: uuid)
            let newer = known.applying(try finish(DomainBatch(.domain(uuid, .state), of: known)))
            sweep.note(.domain(uuid))
            #expect(sweep.applied(to: newer).domain(uuid)?.state.text == "paused")
            #expect(sweep.applied(to: known).domain(uuid)?.state.text == "running")
            try run(.virDomainResume, on: uuid)
        }
    }
}
