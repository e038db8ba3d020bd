// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Avahi
import Inventory
import Libvirt
import Logging
import Testing

@testable import Cluster

/// Without Avahi, and without a connection: the cluster is not started.
@Suite struct DiscoveryTests {
    private let cluster: Cluster
    private let discovery: Discovery

    init() throws { (cluster, discovery) = try Self.make([JoinRule(network: AddressRange("192.0.2.0/24"), pool: "lab")]) }

    private static func make(
        _ rules: [JoinRule], hosts: [HostConfiguration] = [], trust: Bool = false, limits: DiscoveryPolicy.Limits = .init(), hasAuthority: Bool = true
    ) throws -> (Cluster, Discovery) {
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let cluster = try Cluster(hosts, isReadOnly: true, log: log)
        let policy = DiscoveryPolicy(rules: rules, trustsNetwork: trust, keep: .seconds(60), limits: limits, hasAuthority: hasAuthority)
        return (cluster, Discovery(policy, cluster: cluster, log: log))
    }

    private func say(_ announcements: Announcement..., to discovery: Discovery? = nil, at now: ContinuousClock.Instant = .now) {
        for item in announcements { (discovery ?? self.discovery).hear(.appeared(item.service), of: item.type, at: now) }
        (discovery ?? self.discovery).look(at: now)
    }

    private var uris: [String] { cluster.snapshot.hosts.map(\.configuration.uri) }

    @Test func `a host that a rule fits is joined as the rule says`() throws {
        say(.host(1))
        let host = try #require(cluster.snapshot.hosts.first)
        #expect(host.name == "node1" && host.configuration.uri == "qemu+tls://192.0.2.11:16514/system")
        #expect(host.configuration.tls.name == "node1" && host.configuration.pool == "lab" && cluster.poolOfDiscovered("node1") == "lab")
        #expect(cluster.snapshot.announced.map(\.standing) == [.joined])
        #expect(cluster.snapshot.announced.first?.host == "node1")
    }

    @Test func `records of several interfaces and both protocols are one host`() {
        var other = Announcement.host(1)
        (other.interface, other.address) = (3, "198.51.100.1")
        var modern = Announcement.host(1)
        (modern.version, modern.address) = (.ipv6, "fe80::1")
        say(.host(1), other, modern)
        #expect(uris == ["qemu+tls://192.0.2.11:16514/system"])
        #expect(cluster.snapshot.announced.map(\.addresses) == [["192.0.2.11", "198.51.100.1", "fe80::1%2"]])
        discovery.hear(.went(Announcement.host(1).key), of: Announcements.hostType)
        discovery.look()
        #expect(cluster.snapshot.announced.map(\.lost) == [nil])
    }

    @Test func `an address that is of use on one link alone is taken only if there is no other`() throws {
        let (cluster, discovery) = try Self.make([], trust: true)
        let start = ContinuousClock.now
        var modern = Announcement.host(1)
        (modern.version, modern.address) = (.ipv6, "fe80::1")
        var alone = Announcement.host(2)
        (alone.version, alone.address) = (.ipv6, "fe80::2")
        say(modern, alone, to: discovery, at: start)
        #expect(cluster.snapshot.hosts.isEmpty)
        say(.host(1), to: discovery, at: start + .milliseconds(200))
        discovery.look(at: start + .seconds(1))
        let uris = cluster.snapshot.hosts.map(\.configuration.uri)
        #expect(uris == ["qemu+tls://192.0.2.11:16514/system", "qemu+tls://[fe80::2%2]:16514/system"])
    }

    @Test func `two drivers of a machine are two hosts`() {
        var second = Announcement.host(1).with("driver=lxc")
        second.name = "lxc"
        say(.host(1), second)
        #expect(uris == ["qemu+tls://192.0.2.11:16514/system", "lxc+tls://192.0.2.11:16514/"])
        #expect(cluster.snapshot.hosts.map(\.name) == ["node1", "node1-lxc"])
    }

    @Test func `all that a rule asks for must fit`() throws {
        let rule = JoinRule(name: NamePattern("node*"), network: AddressRange("192.0.2.0/28"), transport: .tcp)
        let (cluster, discovery) = try Self.make([rule])
        var stranger = Announcement.host(2)
        stranger.host = "other.local"
        say(.host(1), .host(150), stranger, to: discovery)
        #expect(cluster.snapshot.hosts.map(\.configuration.uri) == ["qemu+tcp://192.0.2.11:16509/system"])
        #expect(cluster.snapshot.announced.map(\.standing) == [.joined, .refused, .refused])
    }

    @Test func `without a rule nothing is joined, and all is shown`() throws {
        let (cluster, discovery) = try Self.make([])
        say(.host(1), .host(2), to: discovery)
        #expect(cluster.snapshot.hosts.isEmpty)
        #expect(cluster.snapshot.announced.allSatisfy { $0.standing == .refused && $0.reason == Refusal.notAllowed.sentence })
    }

    @Test func `who trusts the network joins what is announced by its safest way in`() throws {
        let (cluster, discovery) = try Self.make([], trust: true)
        say(.host(1), Announcement.host(2).with("transports=tcp"), to: discovery)
        #expect(cluster.snapshot.hosts.map(\.configuration.uri) == ["qemu+tls://192.0.2.11:16514/system", "qemu+tcp://192.0.2.12:16509/system"])
    }

    @Test func `who trusts the network and has no authority joins by tcp what offers it`() throws {
        let (cluster, discovery) = try Self.make([], trust: true, hasAuthority: false)
        say(.host(1), Announcement.host(2).with("transports=tls"), to: discovery)
        #expect(cluster.snapshot.hosts.map(\.configuration.uri) == ["qemu+tcp://192.0.2.11:16509/system", "qemu+tls://192.0.2.12:16514/system"])
    }

    @Test(
        arguments: [
            "driver=qemu+ssh", "driver=qemu+ext", "driver=esx", "driver=QEMU", "driver=", "driver=qemu://evil/", "host-uuid=x", "txtvers=2",
            "driver=qemu\0", "host-uuid=\u{1B}[2J",
        ])
    func `what is not of the closed sets is refused`(item: String) throws {
        let (cluster, discovery) = try Self.make([], trust: true)
        say(Announcement.host(1).with(item), to: discovery)
        #expect(cluster.snapshot.hosts.isEmpty)
        #expect(cluster.snapshot.announced.map(\.standing) == [.refused])
    }

    @Test(
        arguments: [
            "uri=qemu+ext:///system?command=touch", "path=/session", "user=root", "socket=/tmp/x", "tls-port=0", "tls-port=65536", "tls-port=1;x",
            "tls-port=-1", "tls-port=99999999999999999999", "command=sh", "domains=-1", "transports=tls,ext,ssh",
        ])
    func `no text of an announcement comes into a URI`(item: String) {
        say(Announcement.host(1).with(item))
        #expect(uris == ["qemu+tls://192.0.2.11:16514/system"])
    }

    @Test(arguments: ["", ".", "a b.local", "a/b.local", "a@b.local", "a?x=1", "a\n.local", "ü.local", "a%00.local", "-%s..[::1]"])
    func `a host name with what no name holds is refused`(name: String) throws {
        let (cluster, discovery) = try Self.make([], trust: true)
        var hostile = Announcement.host(1)
        hostile.host = name
        say(hostile, to: discovery)
        #expect(cluster.snapshot.hosts.isEmpty)
    }

    @Test(arguments: ["127.0.0.1", "::1", "0.0.0.0", "224.0.0.1", "ff02::1", "::ffff:127.0.0.1", "x", ""])
    func `an address that is no other machine's is refused`(address: String) throws {
        let (cluster, discovery) = try Self.make([], trust: true)
        var hostile = Announcement.host(1)
        hostile.address = address
        say(hostile, to: discovery)
        #expect(cluster.snapshot.hosts.isEmpty)
        #expect(cluster.snapshot.announced.first?.reason == Refusal.address.sentence)
    }

    @Test func `a port is taken from the announcement as a number, and is the usual one otherwise`() {
        var first = Announcement.host(1).with("tls-port=2000")
        first.port = 3_000
        var second = Announcement.host(2).without("tls-port")
        second.port = 3_000
        var third = Announcement.host(3).without("tls-port").with("transports=tcp,tls")
        third.port = 3_000
        say(first, second, third)
        #expect(uris.map { $0.suffix(12) } == ["2000/system", "3000/system", "16514/system"].map { ":\($0)".suffix(12) })
    }

    @Test func `one that says that it listens nowhere is not connected to`() {
        var silent = Announcement.host(1).without("transports").without("tls-port").without("tcp-port")
        silent.port = 0
        say(silent, Announcement.host(2).with("transports=tcp"))
        #expect(uris.isEmpty)
        #expect(cluster.snapshot.announced.map(\.reason) == [Refusal.closed.sentence, Refusal.transport.sentence])
    }

    @Test func `a host that is configured is known and not connected to again`() throws {
        let (cluster, discovery) = try Self.make(
            [], hosts: [.init(name: "first", uri: "qemu+tls://192.0.2.11/system"), .init(name: "second", uri: "qemu+tls://node2/system")], trust: true
        )
        say(.host(1), .host(2), to: discovery)
        #expect(cluster.snapshot.hosts.map(\.name) == ["first", "second"])
        #expect(cluster.snapshot.announced.map(\.host) == ["first", "second"])
        #expect(cluster.snapshot.announced.allSatisfy { $0.standing == .known })
    }

    @Test func `an imitation of a joined host is refused, by its UUID and by its name`() {
        say(.host(1))
        var sameUUID = Announcement.host(1)
        (sameUUID.name, sameUUID.host, sameUUID.address) = ("rogue", "rogue.local", "192.0.2.66")
        var sameName = Announcement.host(9)
        (sameName.host, sameName.address) = ("node1.local", "192.0.2.66")
        var samePlace = Announcement.host(1)
        (samePlace.name, samePlace.address) = ("again", "192.0.2.66")
        say(sameUUID, sameName, samePlace)
        #expect(uris == ["qemu+tls://192.0.2.11:16514/system"])
        #expect(cluster.snapshot.announced.map(\.standing) == [.joined, .refused, .refused])
        #expect(cluster.snapshot.announced.dropFirst().allSatisfy { $0.reason == Refusal.imitation.sentence })
    }

    @Test func `likeness to a known host is by UUID or name, and its address`() throws {
        let uuid = UUID(Announcement.uuid(1))
        let there = try #require(IPAddress("192.0.2.11"))
        let elsewhere = try #require(IPAddress("192.0.2.66"))
        let known = KnownHost(name: "n", driver: "qemu", uuid: uuid, names: ["node1.example.org"], addresses: [there])
        func likeness(_ name: String, _ number: Int, _ driver: AnnouncedDriver, _ address: IPAddress) -> KnownHost.Likeness {
            known.likeness(to: .init(name: name, driver: driver, uuid: UUID(Announcement.uuid(number))), at: [address])
        }
        #expect(likeness("node1", 1, .qemu, there) == .same)
        #expect(likeness("node1", 1, .qemu, elsewhere) == .same)
        #expect(likeness("x", 1, .qemu, elsewhere) == .imitation)
        #expect(likeness("node1", 2, .qemu, elsewhere) == .imitation)
        #expect(likeness("x", 2, .qemu, there) == .other)
        #expect(likeness("node1", 1, .lxc, elsewhere) == .other)
        #expect(likeness("node1.example.com", 2, .qemu, elsewhere) == .other)
    }

    @Test func `announced domains are listed until their host has told, as nobody's`() throws {
        let host = Announcement.host(1)
        say(host.domain(7), host, host.domain(8), host.domain(7))
        let domains = cluster.snapshot.domains
        #expect(domains.map(\.record.name) == ["vm7", "vm8"])
        #expect(domains.allSatisfy { $0.isAnnouncedOnly && $0.record.owner == nil })
        #expect(cluster.snapshot.domains(for: "vm8").count == 1 && cluster.snapshot.domains(for: Announcement.uuid(7)).count == 1)
        discovery.hear(.went(host.domain(8).key), of: Announcements.domainType)
        discovery.look(at: .now + .seconds(10))
        discovery.look(at: .now + .seconds(10))
        #expect(cluster.snapshot.domains.map(\.record.name) == ["vm7"])
    }

    @Test func `domains of a host that is not joined are nowhere`() {
        var stranger = Announcement.host(1)
        stranger.address = "198.51.100.1"
        say(stranger, stranger.domain(7))
        #expect(cluster.snapshot.domains.isEmpty)
    }

    @Test(arguments: ["name=", "name=a\u{0}b", "name=a\nb", "uuid=x", "driver=x"]) func `a domain that cannot be is left out`(item: String) {
        say(.host(1), Announcement.host(1).domain(7).with(item))
        #expect(cluster.snapshot.domains.isEmpty)
    }

    @Test func `a host stays for a while after its announcement went, with its domains, and then goes`() {
        let (host, start) = (Announcement.host(1), ContinuousClock.now)
        say(host, host.domain(7), at: start)
        discovery.hear(.reset, of: Announcements.hostType, at: start)
        discovery.hear(.reset, of: Announcements.domainType, at: start)
        discovery.look(at: start + .seconds(59))
        #expect(uris.count == 1 && cluster.snapshot.domains.count == 1 && cluster.snapshot.announced.first?.lost == start)
        discovery.look(at: start + .seconds(60))
        discovery.look(at: start + .seconds(61))
        #expect(uris.isEmpty && cluster.snapshot.domains.isEmpty && cluster.snapshot.announced.isEmpty)
        #expect(discovery.counts == (0, 0, 0))
    }

    @Test func `a host that comes back at another address is followed once it is at the old one no more`() {
        say(.host(1))
        var moved = Announcement.host(1)
        moved.address = "192.0.2.99"
        discovery.hear(.changed(moved.service), of: moved.type)
        discovery.look()
        #expect(uris == ["qemu+tls://192.0.2.99:16514/system"])
        #expect(cluster.snapshot.hosts.map(\.name) == ["node1"])
    }

    @Test func `a name that a host has is given to no other`() throws {
        let (cluster, discovery) = try Self.make([], hosts: [.init(name: "node1", uri: "qemu+tls://elsewhere.example.org/system")], trust: true)
        say(.host(1), to: discovery)
        #expect(cluster.snapshot.hosts.map(\.name) == ["node1", "node1-2"])
    }

    @Test func `however much is announced, what is remembered is bounded`() throws {
        let limits = DiscoveryPolicy.Limits(hosts: 20, joined: 5, domains: 100, domainsOfHost: 60, unreadable: 4)
        let rule = JoinRule(name: NamePattern("node*"), transport: .tls)
        let (cluster, discovery) = try Self.make([rule], limits: limits)
        for number in 0..<2_000 {
            var host = Announcement.host(number)
            if number < 1_000 { host.host = "rogue\(number).local" }
            discovery.hear(.appeared(host.service), of: host.type)
            for item in [host.domain(number), Announcement.host(1).domain(number)] { discovery.hear(.appeared(item.service), of: item.type) }
            var odd = host.with("driver=none")
            odd.name = "odd \(number)"
            discovery.hear(.appeared(odd.service), of: odd.type)
        }
        discovery.look()
        #expect(discovery.counts.hosts == 20 && discovery.counts.domains <= 100)
        // What the configuration allows is not crowded out by what it does not.
        #expect(cluster.snapshot.hosts.count == 5)
        #expect(cluster.snapshot.announced.count == 24)
        #expect(discovery.counts.records <= 20 + 4 + 2 * 2_000)
    }

    @Test func `both streams are followed`() async {
        let (hosts, hostsIn) = AsyncStream.makeStream(of: Browser.Event.self)
        let (domains, domainsIn) = AsyncStream.makeStream(of: Browser.Event.self)
        let run = Task { [discovery] in await discovery.run(hosts: hosts, domains: domains) }
        hostsIn.yield(.appeared(Announcement.host(1).service))
        domainsIn.yield(.appeared(Announcement.host(1).domain(7).service))
        // Long, as all tests share two threads, some of which block.
        let end = ContinuousClock.now + .seconds(240)
        while cluster.snapshot.domains.isEmpty, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(5)) }
        #expect(cluster.snapshot.domains.map(\.record.name) == ["vm7"])
        run.cancel()
        await run.value
    }
}
