// SPDX-License-Identifier: GPL-2.0-or-later
import Logging
import NIOCore

/// Keeps a listening socket open when accepting fails: without a file descriptor to spare it tries again a moment later.
final class AcceptHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.milliseconds(100)
    /// Seconds between two lines of the log about it.
    private static let silence = TimeAmount.seconds(10)

    private let log: Logger
    private var isPausing = false
    private var wantsRead = false
    private var said: NIODeadline?

    init(log: Logger) { self.log = log }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let now = context.eventLoop.now
        if said.map({ now - $0 > Self.silence }) ?? true {
            said = now
            log.error("a connection could not be accepted", metadata: ["error": "\(error)"])
        }
        guard !isPausing, context.channel.isActive else { return }
        isPausing = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPausing = false
            if self.wantsRead {
                self.wantsRead = false
                context.read()
            }
        }
    }

    func read(context: ChannelHandlerContext) {
        if isPausing { wantsRead = true } else { context.read() }
    }
}
