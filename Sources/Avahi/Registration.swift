// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// One service at the daemon, in an entry group of its own. It belongs to the poll's thread.
@safe final class Registration {
    enum State { case registering, established, collided, failed }

    /// Avahi's callbacks hold it unretained: it must outlive its group, which ends with it or with its client.
    private var group: OpaquePointer?
    private(set) var publication: Publication
    private(set) var label: String
    private(set) var state = State.registering
    /// When its text was last sent.
    private(set) var sent = ContinuousClock.now
    /// Told of each new state.
    private let changed: (Registration) -> Void

    /// Announces a service under a name.
    init(_ publication: Publication, as label: String, on session: Session, changed: @escaping (Registration) -> Void) throws(AvahiError) {
        self.publication = publication
        self.label = label
        self.changed = changed
        guard let client = unsafe session.client else { throw .disconnected }
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe group = unsafe avahi_entry_group_new(
            client,
            { _, state, opaque in
                guard let opaque = unsafe opaque else { return }
                unsafe Unmanaged<Registration>.fromOpaque(opaque).takeUnretainedValue().note(state)
            }, opaque)
        guard unsafe group != nil else { throw session.lastError }
        do throws(AvahiError) {
            try commit()
        } catch {
            withdraw()
            throw error
        }
    }

    deinit { withdraw() }

    /// Takes the service back.
    func withdraw() {
        if let group = unsafe group { unsafe _ = avahi_entry_group_free(group) }
        unsafe group = nil
    }

    /// Lets go of a group that went, or goes, with its client.
    func abandon() { unsafe group = nil }

    /// Announces it under another name.
    func rename(_ label: String) throws(AvahiError) {
        self.label = label
        guard let group = unsafe group else { throw .disconnected }
        try check(unsafe avahi_entry_group_reset(group))
        try commit()
    }

    /// Sends a new text.
    func update(_ publication: Publication) throws(AvahiError) {
        guard let group = unsafe group else { throw .disconnected }
        let text = TextList(publication.text)
        try check(
            unsafe avahi_entry_group_update_service_txt_strlst(
                group, CInt(AVAHI_IF_UNSPEC), CInt(AVAHI_PROTO_UNSPEC), AvahiPublishFlags(0), label, publication.type, publication.domain,
                text.pointer))
        self.publication = publication
        sent = .now
    }

    /// Avahi sends a service of port 0 like any other.
    private func commit() throws(AvahiError) {
        guard let group = unsafe group else { throw .disconnected }
        state = .registering
        sent = .now
        let text = TextList(publication.text)
        let status = unsafe avahi_entry_group_add_service_strlst(
            group, CInt(AVAHI_IF_UNSPEC), CInt(AVAHI_PROTO_UNSPEC), AvahiPublishFlags(0), label, publication.type, publication.domain, nil,
            publication.port, text.pointer)
        guard status != AvahiError.collision.code else {
            state = .collided
            return
        }
        try check(status)
        try check(unsafe avahi_entry_group_commit(group))
    }

    private func note(_ news: AvahiEntryGroupState) {
        switch news {
        case AVAHI_ENTRY_GROUP_ESTABLISHED: state = .established
        case AVAHI_ENTRY_GROUP_COLLISION: state = .collided
        case AVAHI_ENTRY_GROUP_FAILURE: state = .failed
        default: return
        }
        changed(self)
    }
}
