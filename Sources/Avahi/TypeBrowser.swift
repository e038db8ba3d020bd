// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// Avahi's browser for one type of services. It belongs to the poll's thread.
@safe final class TypeBrowser {
    enum Sighting { case appeared(Service.Key), went(Service.Key), failed(AvahiError) }

    private var browser: OpaquePointer?
    private let sighted: (Sighting) -> Void

    /// - Parameter sighted: called in Avahi's callback.
    init(_ type: String, on session: Session, sighted: @escaping (Sighting) -> Void) throws(AvahiError) {
        self.sighted = sighted
        guard let client = unsafe session.client else { throw .disconnected }
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe browser = unsafe avahi_service_browser_new(
            client, CInt(AVAHI_IF_UNSPEC), CInt(AVAHI_PROTO_UNSPEC), type, nil, AvahiLookupFlags(0),
            { browser, interface, version, event, name, type, domain, _, opaque in
                guard let opaque = unsafe opaque else { return }
                unsafe Unmanaged<TypeBrowser>.fromOpaque(opaque).takeUnretainedValue()
                    .note(event, interface, version, name, type, domain, browser)
            }, opaque)
        guard unsafe browser != nil else { throw session.lastError }
    }

    deinit { if let browser = unsafe browser { unsafe _ = avahi_service_browser_free(browser) } }

    /// Lets go of a browser that goes with its client.
    func abandon() { unsafe browser = nil }

    private func note(
        _ event: AvahiBrowserEvent, _ interface: CInt, _ version: CInt, _ name: UnsafePointer<CChar>?, _ type: UnsafePointer<CChar>?,
        _ domain: UnsafePointer<CChar>?, _ browser: OpaquePointer?
    ) {
        switch event {
        case AVAHI_BROWSER_NEW, AVAHI_BROWSER_REMOVE:
            guard let name = unsafe name, let type = unsafe type, let domain = unsafe domain else { return }
            let key = unsafe Service.Key(
                interface: interface, version: version == CInt(AVAHI_PROTO_INET6) ? .ipv6 : .ipv4, name: String(cString: name),
                type: String(cString: type), domain: String(cString: domain))
            sighted(event == AVAHI_BROWSER_NEW ? .appeared(key) : .went(key))
        case AVAHI_BROWSER_FAILURE:
            let client = unsafe browser.flatMap { unsafe avahi_service_browser_get_client($0) }
            sighted(.failed(AvahiError(code: unsafe client.map { unsafe avahi_client_errno($0) } ?? CInt(AVAHI_ERR_FAILURE))))
        default: break
        }
    }
}
