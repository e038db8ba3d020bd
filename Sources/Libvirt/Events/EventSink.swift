// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// Where the C callbacks of one subscription go. Retained once for each callback; libvirt's free callback releases it.
final class EventSink: Sendable {
    let receive: @Sendable (HostEvent) -> Void

    init(_ receive: @escaping @Sendable (HostEvent) -> Void) { self.receive = receive }

    /// What a callback of a domain calls.
    static func domain(_ domain: virDomainPtr?, _ extent: HostEvent.Extent, _ opaque: UnsafeMutableRawPointer?) {
        guard let opaque = unsafe opaque else { return }
        var raw = [UInt8](repeating: 0, count: Int(VIR_UUID_BUFLEN))
        guard let domain = unsafe domain, unsafe virDomainGetUUID(domain, &raw) == 0 else { return }
        unsafe Unmanaged<EventSink>.fromOpaque(opaque).takeUnretainedValue().receive(.domain(UUID(raw), extent))
    }

    /// What a callback of another object calls.
    static func objects(_ kind: ObjectKind, _ opaque: UnsafeMutableRawPointer?) {
        guard let opaque = unsafe opaque else { return }
        unsafe Unmanaged<EventSink>.fromOpaque(opaque).takeUnretainedValue().receive(.objects(kind))
    }

    static let free: virFreeCallback = { opaque in
        guard let opaque = unsafe opaque else { return }
        unsafe Unmanaged<EventSink>.fromOpaque(opaque).release()
    }
}
