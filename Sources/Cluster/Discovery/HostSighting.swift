// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Avahi
import Libvirt

/// One record that announces a host, read: nothing of it is kept but numbers, words of closed sets, and a name of harmless letters.
struct HostSighting: Hashable, Sendable {
    /// Which host it announces. Records that share it are of one host.
    struct Key: Hashable, Sendable {
        /// In small letters, without `.local`.
        let name: String
        let driver: AnnouncedDriver
        let uuid: UUID?

        init(name: String, driver: AnnouncedDriver, uuid: UUID?) {
            self.name = name
            self.driver = driver
            self.uuid = uuid
        }

        init(_ service: Service) throws(Refusal) {
            name = NamePattern.plain(service.hostName)
            guard (1...253).contains(name.utf8.count), name.utf8.allSatisfy(NamePattern.isOfName), name.utf8.first != UInt8(ascii: "."),
                service.isTextWhole, try Self.text("txtvers", of: service) == "1"
            else { throw .unreadable }
            guard let driver = try Self.text("driver", of: service).flatMap({ AnnouncedDriver(rawValue: $0) }) else { throw .driver }
            self.driver = driver
            guard let text = try Self.text("host-uuid", of: service) else {
                uuid = nil
                return
            }
            guard let uuid = UUID(text) else { throw .unreadable }
            self.uuid = uuid
        }

        /// The value of a TXT item that is ASCII and can be seen; nil if there is none.
        static func text(_ key: String, of service: Service) throws(Refusal) -> String? {
            guard let bytes = service.value(of: key) else { return nil }
            guard bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .unreadable }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    let key: Key
    let address: IPAddress
    /// By which it says to be reached; nil: it says nothing of it.
    private let transports: [JoinRule.Transport]?
    private let ports: [JoinRule.Transport: Int]
    /// That of its SRV record; 0: none.
    private let port: Int
    /// How many domains it says to have.
    let domains: Int

    init(_ service: Service) throws(Refusal) {
        key = try Key(service)
        guard let address = IPAddress(service.address), address.isOfAnotherMachine else { throw .address }
        self.address = address.scoped(to: String(service.key.interface))
        port = Int(service.port)
        transports = try Key.text("transports", of: service).map { text in
            text.split(separator: ",").prefix(8).compactMap { JoinRule.Transport(rawValue: String($0)) }
        }
        var ports: [JoinRule.Transport: Int] = [:]
        for transport in JoinRule.Transport.allCases { ports[transport] = try Self.number("\(transport.rawValue)-port", of: service, in: 1...65_535) }
        self.ports = ports
        domains = try Self.number("domains", of: service, in: 0...1_000_000) ?? 0
    }

    /// Whether it says of itself that it is not connected to.
    var offersNothing: Bool { port == 0 && transports?.isEmpty != false }

    /// The port at which it listens for that transport; nil if it does not.
    func port(for transport: JoinRule.Transport) -> Int? {
        guard !offersNothing, transports?.contains(transport) != false else { return nil }
        if let port = ports[transport] { return port }
        let isFirst = transports?.first.map { $0 == transport } ?? true
        return isFirst && port != 0 ? port : transport.defaultPort
    }

    /// Whether rather this one's address is used: IPv4, then IPv6, then what is of use on one link alone.
    func precedes(_ other: HostSighting) -> Bool {
        func rank(_ address: IPAddress) -> Int { address.isIPv4 ? 0 : address.isLinkLocal ? 2 : 1 }
        return (rank(address), address.description) < (rank(other.address), other.address.description)
    }

    /// Nil where there is none that is a number in the range.
    private static func number(_ key: String, of service: Service, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = try Key.text(key, of: service), text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
            range.contains(number)
        else { return nil }
        return number
    }
}
