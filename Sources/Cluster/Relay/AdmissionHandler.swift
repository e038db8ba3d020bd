// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore
import NIOSSL
import NIOTLS

/// Waits on a TLS connection for the byte 1 by which libvirtd says, after the handshake, that it accepts our certificate; takes it out
/// of the stream and then itself out of the pipeline.
final class AdmissionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let admitted: EventLoopPromise<Void>
    private var isOver = false
    private var hasShakenHands = false

    init(_ admitted: EventLoopPromise<Void>) { self.admitted = admitted }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { hasShakenHands = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard let byte: UInt8 = buffer.readInteger() else { return }
        guard byte == 1 else { return end(.failure(ConnectError("The host refuses our certificate.")), context) }
        isOver = true
        admitted.succeed()
        if buffer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(buffer)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.failure(error), context) }

    func channelInactive(context: ChannelHandlerContext) {
        let message =
            hasShakenHands
            ? "The host refuses our certificate: it closed the connection after the TLS handshake."
            : "The host closed the connection during the TLS handshake."
        end(.failure(ConnectError(message)), context)
        context.fireChannelInactive()
    }

    private func end(_ result: Result<Void, any Error>, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        admitted.completeWith(result)
        context.close(promise: nil)
    }
}
