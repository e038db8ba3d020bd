// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Documents
import Libvirt
import TestSupport
import Testing

@testable import Web

@Suite struct ResourceTests {
    private typealias Address = Resource.ObjectAddress

    private func resource(_ target: String) throws -> Resource? { Resource(try RequestTarget(target)) }

    @Test(
        arguments: [
            ("/", .root), ("/virt", .vms(owner: nil)), ("/virt/", .vms(owner: nil)), ("/virt/anna", .vms(owner: "anna")), ("/hosts", .hosts),
            ("/commands", .commands), ("/commands/virDomainCreate", .commandReference("virDomainCreate")), ("/openapi.json", .openAPI),
            ("/settings", .settings), ("/audit", .audit), ("/login", .login), ("/logout", .logout), ("/health", .health), ("/health/", .health),
            ("/metrics", .metrics),
            ("/stylesheets/html/page.xsl", .stylesheet(["html", "page.xsl"])), ("/public/css/a.css", .publicFile(["public", "css", "a.css"])),
            ("/schema/handlervirt.rng", .publicFile(["schema", "handlervirt.rng"])),
        ] as [(String, Resource)])
    func `a place that is no object is known`(target: String, expected: Resource) throws {
        let found = try #require(try resource(target))
        if case .publicFile(let path) = expected, path.first == "public", case .publicFile(let other) = found {
            #expect(other == path || other == Array(path.dropFirst()))
        } else {
            #expect(found == expected)
        }
    }

    @Test(
        arguments: [
            ("/hosts/a", [], .connection), ("/hosts/a/", [], .connection), ("/hosts/a/networks/default", [(.network, "default")], .network),
            ("/hosts/a/networks/default/ports/u", [(.network, "default"), (.port, "u")], .port), ("/hosts/a/pools/p", [(.pool, "p")], .pool),
            ("/hosts/a/pools/p/volumes/x%20y.qcow2", [(.pool, "p"), (.volume, "x y.qcow2")], .volume),
            ("/hosts/a/interfaces/eth0", [(.interface, "eth0")], .interface), ("/hosts/a/devices/computer", [(.device, "computer")], .device),
            ("/hosts/a/filters/clean", [(.filter, "clean")], .filter), ("/hosts/a/bindings/vnet0", [(.binding, "vnet0")], .binding),
            ("/hosts/a/secrets/u", [(.secret, "u")], .secret),
        ] as [(String, [(ObjectKind, ObjectName)], ObjectKind)])
    func `an object of a host is known by its steps`(target: String, steps: [(ObjectKind, ObjectName)], kind: ObjectKind) throws {
        let address = Address(base: .host("a"), steps: steps.map { ObjectPath.Step($0.0, $0.1) })
        #expect(address.kind == kind)
        #expect(try resource(target) == .object(address))
        let path = target.hasSuffix("/") ? String(target.dropLast()) : target
        #expect(try resource("\(path)/virDoThat") == .command("virDoThat", on: address))
        for child in kind.children where child != .domain {
            #expect(try resource("\(path)/\(child.plural)") == .objects(child, of: address))
        }
    }

    @Test func `a domain is known by its owner or by its host, with what belongs to it`() throws {
        for (place, base) in [
            ("/virt/anna/web", .domain(.owner("anna", key: "web"))), ("/hosts/a/domains/u", .domain(.host("a", uuid: "u"))),
        ] as [(String, Address.Base)] {
            let domain = Address(base: base)
            #expect(domain.kind == .domain)
            #expect(try resource(place) == .object(domain))
            #expect(try resource("\(place)/virDomainCreate") == .command("virDomainCreate", on: domain))
            #expect(try resource("\(place)/snapshots") == .objects(.snapshot, of: domain))
            #expect(try resource("\(place)/checkpoints/") == .objects(.checkpoint, of: domain))
            let snapshot = Address(base: base, steps: [.init(.snapshot, "one")])
            #expect(try resource("\(place)/snapshots/one") == .object(snapshot))
            #expect(try resource("\(place)/snapshots/one/virDomainRevertToSnapshot") == .command("virDomainRevertToSnapshot", on: snapshot))
        }
    }

    @Test(arguments: [
        "/x", "/openapi.json/x", "/settings/x", "/health/x", "/metrics/x", "/commands/a/b", "/schema", "/schema/a/b", "/public", "/stylesheets",
        "/hosts/a/x/y", "/hosts/a/networks/n/x/y",
        "/virt/anna/web/snapshots/s/x/y", "/hosts/a/domains/u/x/y", "/virt/anna/web/networks/n/x", "/hosts/a/pools/p/volumes/v/volumes/w",
    ])
    func `elsewhere nothing lives`(target: String) throws {
        #expect(try resource(target) == nil)
    }

    /// The path that an address stands for on its host.
    private func path(_ address: Address) -> (host: String, path: ObjectPath)? {
        switch address.base {
        case .host(let host): (host, ObjectPath(address.steps))
        case .domain(.host(let host, let uuid)): (host, ObjectPath([.init(.domain, ObjectName(uuid))] + address.steps))
        case .domain(.owner): nil
        }
    }

    private static func name(_ random: inout SeededGenerator) -> ObjectName {
        let odd = ["", ".", "..", "a/b", "~x", "~", "virDomainCreate", "ports", "volumes", "domains", "%2F", "a?b#c", "ü", "\u{FFFD}", "-", "a\tb"]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return ObjectName(bytes: random.bytes(upTo: 12).filter { $0 != 0 } + [0xFF])
        case 1: return ObjectName(String(repeating: "n", count: 300))
        case 2: return ObjectName(random.text(upTo: 12))
        default: return ObjectName(odd[Int.random(in: odd.indices, using: &random)])
        }
    }

    @Test(arguments: UInt64(0)..<8) func `any object is found where its link points`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            var path = ObjectPath([])
            while let kind = path.kind.children.randomElement(using: &random), path.steps.isEmpty || Bool.random(using: &random) {
                // A domain's key is its UUID, which is text.
                let name = Self.name(&random)
                path = path.appending(kind, kind == .domain ? ObjectName(name.description) : name)
            }
            let host = Self.name(&random).description
            let link = Links.object(path, host: host)
            guard case .object(let address)? = try resource(link), let found = self.path(address) else {
                Issue.record("seed \(seed), round \(round): \(link)")
                continue
            }
            #expect(found.host.utf8.elementsEqual(host.utf8), "seed \(seed), round \(round): \(link)")
            #expect(found.path == path, "seed \(seed), round \(round): \(link)")
            #expect(address.kind == path.kind, "seed \(seed), round \(round): \(link)")
        }
    }

    @Test(arguments: UInt64(0)..<4) func `what belongs to a domain is found under its owner`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let (owner, key, name) = (Self.name(&random).description, Self.name(&random).description, Self.name(&random))
            let kind: ObjectKind = Bool.random(using: &random) ? .snapshot : .checkpoint
            let path = ObjectPath([.init(.domain, ObjectName(key)), .init(kind, name)])
            let link = Links.object(path, host: "not said", owner: owner)
            let expected = Address(base: .domain(.owner(owner, key: key)), steps: [.init(kind, name)])
            #expect(try resource(link) == .object(expected), "seed \(seed), round \(round): \(link)")
            #expect(try resource(Links.command("virDomainGetInfo", of: link)) == .command("virDomainGetInfo", on: expected), "\(link)")
        }
    }
}
