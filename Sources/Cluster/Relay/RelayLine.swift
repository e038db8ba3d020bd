// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import NIOCore
import Synchronization

/// One connection of libvirt's, carried by us to the host's libvirtd. It can be cut at any moment, which ends whatever libvirt waits
/// for on it at once; nothing else does.
final class RelayLine: Sendable {
    private struct State {
        var listener: (any Channel)?
        var near: (any Channel)?
        var isOpen = true
        var onEnd: (@Sendable () -> Void)?
    }

    /// The socket that libvirt connects to, once.
    let socket: String
    private let far: any Channel
    private let state = Mutex(State())

    /// - Parameter far: the channel to the host, with a `GlueHandler` at its end.
    init(socket: String, to far: any Channel) {
        self.socket = socket
        self.far = far
        far.closeFuture.whenComplete { [weak self] _ in self?.end() }  // also before libvirt has come
    }

    deinit { cut() }

    /// The host's address in numbers; nil where it is no network's.
    var remoteAddress: String? { far.remoteAddress?.ipAddress }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Calls `body`, once, when the line ends for whatever reason; at once if it has.
    func onEnd(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if state.isOpen { state.onEnd = body }
            return !state.isOpen
        }
        if isOver { body() }
    }

    /// Waits for libvirt at the socket.
    func listen(_ channel: any Channel) {
        let isWanted = state.withLock { state in
            guard state.isOpen, state.near == nil else { return false }
            state.listener = channel
            return true
        }
        if !isWanted { channel.close(promise: nil) }
    }

    /// Takes libvirt's connection; there is only one.
    func accept(_ channel: any Channel) {
        let (listener, isOpen) = state.withLock { state in
            defer { state.listener = nil }
            state.near = channel
            return (state.listener, state.isOpen)
        }
        unsafe _ = unlink(socket)
        listener?.close(promise: nil)
        channel.closeFuture.whenComplete { [weak self] _ in self?.cut() }
        if !isOpen { channel.close(promise: nil) }
    }

    /// Ends the line, from any thread.
    func cut() {
        end()
        far.close(promise: nil)
    }

    /// Notes that the line is over, and ends what is left of it.
    func end() {
        let (listener, near, onEnd) = state.withLock { state in
            defer { (state.listener, state.near, state.onEnd) = (nil, nil, nil) }
            state.isOpen = false
            return (state.listener, state.near, state.onEnd)
        }
        if listener != nil { unsafe _ = unlink(socket) }
        listener?.close(promise: nil)
        near?.close(promise: nil)
        onEnd?()
    }
}
