// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore

/// One end of two channels that are glued together, both on one event loop: what comes in here goes out there, no faster than the other
/// end takes it, and where one ends both do.
final class GlueHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Called when this end is connected.
    var onActive: (() -> Void)?
    /// Called first of all when this end goes, before the other one notices.
    var onInactive: (() -> Void)?
    private var partner: GlueHandler?
    private var context: ChannelHandlerContext?
    private var hasPendingRead = false
    /// What came before there was a partner.
    private var early: [ByteBuffer] = []

    static func join(_ left: GlueHandler, _ right: GlueHandler) {
        left.partner = right
        right.partner = left
        for handler in [left, right] where !handler.early.isEmpty {
            for buffer in handler.early { handler.partner?.write(buffer) }
            handler.early = []
            handler.partner?.flush()
        }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        onActive?()
        onActive = nil
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if let partner { partner.write(buffer) } else { early.append(buffer) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        partner?.flush()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        onInactive?()
        partner?.close()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.resumeReading() }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if partner?.isWritable ?? true { context.read() } else { hasPendingRead = true }
    }

    private var isWritable: Bool { context?.channel.isWritable ?? true }

    private func write(_ buffer: ByteBuffer) { context?.write(wrapOutboundOut(buffer), promise: nil) }
    private func flush() { context?.flush() }
    private func close() { context?.close(promise: nil) }

    private func resumeReading() {
        guard hasPendingRead else { return }
        hasPendingRead = false
        context?.read()
    }
}
