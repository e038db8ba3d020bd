// SPDX-License-Identifier: GPL-2.0-or-later
public import NIOCore

/// Says that a request's body will be read, so that a client goes on that waits for `100 Continue`.
public enum BodyDemand {
    /// - Parameter channel: the one that the request came by.
    public static func announce(on channel: any Channel) { channel.triggerUserOutboundEvent(Event(), promise: nil) }

    struct Event: Sendable {}
}
