// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore

/// Tells the connection's `RequestHandler` of bytes before they are decoded.
final class WireHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let requests: RequestHandler

    init(_ requests: RequestHandler) { self.requests = requests }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if requests.admit(unwrapInboundIn(data)) { context.fireChannelRead(data) }
    }
}
