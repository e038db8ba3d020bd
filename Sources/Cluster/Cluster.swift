// SPDX-License-Identifier: GPL-2.0-or-later
public import Logging

/// All hosts that this server joins.
public struct Cluster: Sendable {
    /// In the order in which they were named.
    public let hosts: [Host]

    public init(hosts: [Host]) { self.hosts = hosts }

    /// A host for each URI, named after what the URI says; a second one of the same name gets a number.
    public init(uris: [String], isReadOnly: Bool, deadlines: Host.Deadlines = .init(), log: Logger) {
        var names: Set<String> = []
        hosts = uris.map { uri in
            let base = Self.name(of: uri)
            var name = base
            var number = 2
            while !names.insert(name).inserted {
                name = "\(base)-\(number)"
                number += 1
            }
            return Host(name: name, uri: uri, isReadOnly: isReadOnly, deadlines: deadlines, log: log)
        }
    }

    public func host(named name: String) -> Host? { hosts.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// What all hosts hold, each as `Host.status()` gives it, asked side by side.
    public func statuses() async -> [(host: Host, status: Host.Status)] {
        await withTaskGroup(of: (Int, Host.Status).self) { group in
            for (index, host) in hosts.enumerated() { group.addTask { (index, await host.status()) } }
            var statuses: [Int: Host.Status] = [:]
            for await (index, status) in group { statuses[index] = status }
            return hosts.indices.compactMap { index in statuses[index].map { (host: hosts[index], status: $0) } }
        }
    }

    /// Lets go of all threads and connections.
    public func shutdown() {
        for host in hosts { host.shutdown() }
    }

    /// `qemu+tls://node7/system` is `node7`; `test:///default` is `test`; `qemu:///session` is `qemu-session`.
    static func name(of uri: String) -> String {
        guard let colon = uri.firstRange(of: "://") else { return uri.isEmpty ? "host" : uri }
        let driver = uri[..<colon.lowerBound].split(separator: "+").first.map(String.init) ?? "host"
        let rest = uri[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let host = authority.split(separator: "@").last.map(String.init) ?? ""
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        if !host.isEmpty { return String(host.prefix { $0 != ":" }) }
        let path = rest.dropFirst(authority.count).prefix { $0 != "?" }
        return path == "/session" ? "\(driver)-session" : driver
    }
}
