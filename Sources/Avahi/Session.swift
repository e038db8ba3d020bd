// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// One connection to avahi-daemon, made anew by its owner whenever it is lost. It belongs to the poll's thread.
@safe final class Session {
    enum State: Equatable {
        /// There is no connection; it may be tried again.
        case absent
        /// There is one, but the daemon is not there, or has yet to find out its own name.
        case waiting
        case ready
        /// It has failed, and must be discarded.
        case lost(AvahiError)
    }

    /// An attempt costs a connection to a socket. So short that all is announced again soon after a restart.
    private static let pause: Duration = .milliseconds(250)

    private(set) var state = State.absent
    private(set) var client: OpaquePointer?
    /// How often it has been ready.
    private(set) var generation = 0
    private(set) var retry = ContinuousClock.now
    private let poll: PollThread

    init(on poll: PollThread) { self.poll = poll }

    deinit { discard() }

    /// Connects if there is no connection and the pause since the last attempt is over. Waits for a D-Bus that does not answer.
    func connect() throws(AvahiError) {
        guard state == .absent, .now >= retry else { return }
        state = .waiting
        retry = .now + Self.pause
        var code: CInt = 0
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        let client = unsafe avahi_client_new(
            poll.interface, AVAHI_CLIENT_NO_FAIL,
            { client, state, opaque in
                guard let opaque = unsafe opaque else { return }
                unsafe Unmanaged<Session>.fromOpaque(opaque).takeUnretainedValue().note(state, of: client)
            }, opaque, &code)
        guard let client = unsafe client else {
            state = .absent
            throw AvahiError(code: code)
        }
        unsafe self.client = unsafe client
    }

    /// Closes the connection, with which all that was made on it is gone.
    func discard() {
        if let client = unsafe client { unsafe avahi_client_free(client) }
        unsafe client = nil
        state = .absent
    }

    /// Notes that a call failed because of the connection.
    func fail(_ error: AvahiError) { state = .lost(error) }

    /// What Avahi said of the last call.
    var lastError: AvahiError { AvahiError(code: unsafe client.map { unsafe avahi_client_errno($0) } ?? CInt(AVAHI_ERR_DISCONNECTED)) }

    private func note(_ news: AvahiClientState, of client: OpaquePointer?) {
        switch news {
        case AVAHI_CLIENT_S_RUNNING:
            state = .ready
            generation += 1
        case AVAHI_CLIENT_FAILURE: state = .lost(unsafe client.map { AvahiError(code: unsafe avahi_client_errno($0)) } ?? .disconnected)
        default: state = .waiting
        }
        poll.ring()
    }
}
