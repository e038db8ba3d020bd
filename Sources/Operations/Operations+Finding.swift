// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
import Inventory
import Libvirt

extension Operations {
    /// The domains that a URL may mean: by UUID, which wins, or by name. `owner`: only that one's; `host`: only on that one.
    /// Never empty: throws `notFound`, or why the hosts that might know did not answer.
    public func candidates(
        _ key: String, owner: String? = nil, host hostName: String? = nil, for caller: Caller
    ) async throws(Failure) -> [VM] {
        var hosts = cluster.hosts
        if let hostName {
            guard let host = cluster.host(named: hostName) else { throw .noHost(hostName) }
            hosts = [host]
        }
        let answers = await lookUp(key, on: hosts)
        var found = answers.flatMap(\.vms).filter { gate.decide(caller, "domain:getattr", $0.reference).isAllowed }
        if let owner { found = found.filter { $0.owner.utf8.elementsEqual(owner.utf8) } }
        let byUUID = found.filter { Self.isUUID(key, of: $0.record) }
        if !byUUID.isEmpty { found = byUUID }
        if found.count > 1, !byUUID.isEmpty {
            // While it migrates one copy runs and the other is paused.
            let active = found.filter { $0.record.state.isActive && $0.age == nil }
            let running = active.filter(\.record.state.isExecuting)
            if let only = [active, running].first(where: { $0.count == 1 }) { found = only }
        }
        if !found.isEmpty { return found }
        let failures = answers.compactMap(\.failure)
        if let failure = failures.first, failures.count == hosts.count { throw failure }
        var failure = Failure(.notFound, "There is no virtual machine \u{201C}\(key)\u{201D}\(owner.map { " of \($0)" } ?? "") here.")
        failure.advice =
            failures.isEmpty
            ? "It may have been undefined or renamed; the list shows those that there are."
            : "These hosts did not answer and may have it: \(failures.compactMap(\.host).joined(separator: ", "))."
        throw failure
    }

    /// Reads a domain anew. Throws `notFound` where it is gone.
    public func vm(uuid: String, host hostName: String, for caller: Caller) async throws(Failure) -> VM {
        guard let vm = try await candidates(uuid, host: hostName, for: caller).first else { throw .noHost(hostName) }
        return vm
    }

    private struct Answer: Sendable {
        var vms: [VM] = []
        var failure: Failure?
    }

    private func lookUp(_ key: String, on hosts: [Host]) async -> [Answer] {
        await withTaskGroup(of: Answer.self) { group in
            for host in hosts {
                group.addTask {
                    do {
                        return Answer(vms: try await host.lookUp { try Self.find(key, on: $0) }.map { VM(record: $0, host: host.name) })
                    } catch {
                        return Self.remembered(key, on: host, failure: Failure(error, host: host.name, isReading: true))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func find(_ key: String, on connection: Connection) throws -> [DomainRecord] {
        if let uuid = UUID(key) {
            do throws(LibvirtError) {
                return [try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in try DomainRecord(domain) }]
            } catch  where error.code == .noDomain {}
        }
        do throws(LibvirtError) {
            return [try connection.withDomain(named: key) { domain throws(LibvirtError) in try DomainRecord(domain) }]
        } catch  where error.code == .noDomain {
            return []
        }
    }

    private static func remembered(_ key: String, on host: Host, failure: Failure) -> Answer {
        guard let snapshot = host.lastSnapshot else { return Answer(failure: failure) }
        let vms = snapshot.domains.filter { isUUID(key, of: $0) || $0.name.utf8.elementsEqual(key.utf8) }
            .map { VM(record: $0, host: host.name, age: .now - snapshot.taken) }
        return Answer(vms: vms, failure: failure)
    }

    private static func isUUID(_ key: String, of record: DomainRecord) -> Bool { UUID(key) == record.uuid }
}
