// SPDX-License-Identifier: GPL-2.0-or-later
import Logging
import NIOCore

/// Keeps a listening socket open when accepting fails, and leaves files to the rest of the process: it tries again a moment later.
final class AcceptHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.milliseconds(100)
    /// Seconds between two lines of the log about it.
    private static let silence = TimeAmount.seconds(10)

    private let connections: Connections
    private let log: Logger
    private var isPausing = false
    private var wantsRead = false
    private var said: NIODeadline?

    init(_ connections: Connections, log: Logger) {
        self.connections = connections
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        connections.beginSocket()
        channel.closeFuture.whenComplete { [connections] _ in connections.endSocket() }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        say("a connection could not be accepted", ["error": "\(error)"], context)
        pause(context)
    }

    func read(context: ChannelHandlerContext) {
        if !isPausing, !connections.hasRoom {
            say("no connection is accepted until one has ended, as there may be no more open files", nil, context)
            pause(context)
        }
        if isPausing { wantsRead = true } else { context.read() }
    }

    private func say(_ message: Logger.Message, _ metadata: Logger.Metadata?, _ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        guard said.map({ now - $0 > Self.silence }) ?? true else { return }
        said = now
        log.error(message, metadata: metadata)
    }

    private func pause(_ context: ChannelHandlerContext) {
        guard !isPausing, context.channel.isActive else { return }
        isPausing = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPausing = false
            guard self.wantsRead else { return }
            self.wantsRead = false
            self.read(context: context)
        }
    }
}
