// SPDX-License-Identifier: GPL-2.0-or-later
public import Hummingbird
public import NIOCore

/// What is known of a request beside what it says: the connection that it came by.
public struct WebContext: RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let remoteAddress: SocketAddress?
    /// What the request came by.
    let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        channel = source.channel
    }
}
