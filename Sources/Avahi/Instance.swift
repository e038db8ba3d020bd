// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// One service that was seen, and what resolves it. It belongs to the poll's thread.
@safe final class Instance {
    enum Outcome { case found(Service), failed }

    let key: Service.Key
    private(set) var service: Service?
    /// At which of the sessions its resolver is; nil while there is none.
    private(set) var session: Int?
    /// How often it could not be resolved.
    private(set) var failures = 0
    private var resolver: OpaquePointer?
    private let limit: Int
    private let resolved: (Instance, Outcome) -> Void

    /// - Parameter resolved: called in Avahi's callback.
    init(_ key: Service.Key, textLimit: Int, resolved: @escaping (Instance, Outcome) -> Void) {
        self.key = key
        limit = textLimit
        self.resolved = resolved
    }

    deinit { release() }

    /// Begins to resolve, and goes on to tell of changes. It must not go while the resolver is there.
    func resolve(on session: Session, number: Int) throws(AvahiError) {
        guard let client = unsafe session.client else { throw .disconnected }
        let version = CInt(key.version == .ipv4 ? AVAHI_PROTO_INET : AVAHI_PROTO_INET6)
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe resolver = unsafe avahi_service_resolver_new(
            client, key.interface, version, key.name, key.type, key.domain, version, AvahiLookupFlags(0),
            { _, _, _, event, _, _, _, host, address, port, text, _, opaque in
                guard let opaque = unsafe opaque else { return }
                let instance = unsafe Unmanaged<Instance>.fromOpaque(opaque).takeUnretainedValue()
                if event == AVAHI_RESOLVER_FOUND { unsafe instance.note(host, address, port, text) } else { instance.noteFailure() }
            }, opaque)
        guard unsafe resolver != nil else { throw session.lastError }
        self.session = number
    }

    /// Ends the resolving.
    func release() {
        if let resolver = unsafe resolver { unsafe _ = avahi_service_resolver_free(resolver) }
        abandon()
    }

    /// Lets go of a resolver that goes with its client.
    func abandon() {
        unsafe resolver = nil
        session = nil
    }

    private func noteFailure() {
        failures += 1
        resolved(self, .failed)
    }

    private func note(
        _ host: UnsafePointer<CChar>?, _ address: UnsafePointer<AvahiAddress>?, _ port: UInt16, _ text: UnsafeMutablePointer<AvahiStringList>?
    ) {
        let (items, isWhole) = unsafe TextList.items(of: text, upTo: limit)
        let found = unsafe Service(
            key: key, hostName: host.map { unsafe String(cString: $0) } ?? "", address: Self.text(of: address), port: port, text: items,
            isTextWhole: isWhole)
        failures = 0
        guard found != service else { return }
        service = found
        resolved(self, .found(found))
    }

    private static func text(of address: UnsafePointer<AvahiAddress>?) -> String {
        guard let address = unsafe address else { return "" }
        var text = [CChar](repeating: 0, count: Int(AVAHI_ADDRESS_STR_MAX))
        guard unsafe avahi_address_snprint(&text, text.count, address) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
