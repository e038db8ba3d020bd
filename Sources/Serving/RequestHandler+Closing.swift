// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore
import NIOHTTP1

/// Time, refusals and the end.
extension RequestHandler {
    func start(_ context: ChannelHandlerContext) {
        guard timer == nil else { return }
        guard let refusal else { return tick() }
        // Without a handshake nothing can be said in TLS, and nobody should be made to compute one.
        if rules.isSecure || !lingers { context.close(promise: nil) } else { refuse(refusal) }
    }

    func stop() {
        timer?.task.cancel()
        timer = nil
    }

    /// Does what is due, and sees that it is called again in time.
    func tick() {
        guard let context, context.channel.isActive else { return }
        switch clock.verdict(unwritten: unwritten(context), context.eventLoop.now) {
        case .wait(let deadline): schedule(deadline, context)
        case .close:
            stop()
            context.close(promise: nil)
        case .refuse(let refusal) where clock.stage == .head: refuse(refusal)
        case .refuse(let refusal):
            rules.metrics.refused(refusal)
            keepsAlive = false
            clock.turn(.late, context.eventLoop.now)
            tick()
            context.fireErrorCaught(refusal)
        }
    }

    /// A timer that comes too early costs less than one that is moved with every byte.
    private func schedule(_ deadline: NIODeadline, _ context: ChannelHandlerContext) {
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] () -> Void in
            self?.timer = nil
            self?.tick()
        }
        timer = (task, deadline)
    }

    private func unwritten(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Answers what is seen by nobody else, and ends.
    /// - Parameter isCounted: whether who refused it did that.
    func refuse(_ refusal: Refusal, to head: HTTPRequestHead? = nil, isCounted: Bool = false) {
        // Connections are counted where they are.
        if self.refusal == nil, !isCounted { rules.metrics.refused(refusal) }
        (isReading, isDue, keepsAlive) = (true, true, false)
        answer(refusal, to: head)
    }

    /// Answers in the place of who is behind.
    func answer(_ refusal: Refusal, to request: HTTPRequestHead?) {
        guard let context else { return }
        let answer = rules.desk.answer(to: refusal, accept: request?.headers.first(name: "Accept"))
        var headers = HTTPHeaders(answer.headers.map { ($0.name, $0.value) })
        headers.add(name: "Content-Length", value: String(answer.body.count))
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        let body = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: request?.method == .HEAD ? [] : answer.body)))
        for part in [.head(head), body, .end(nil)] { write(context: context, data: wrapOutboundOut(part), promise: nil) }
        context.flush()
    }

    /// Ends the connection once the answer is written. Who is still sending would be told of a reset instead of the answer, so what he sends
    /// is read for a moment.
    func end(after written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
        let isSending = isReading
        clock.turn(.finishing, context.eventLoop.now)
        tick()
        written.assumeIsolated().whenComplete { [weak self] _ in
            guard let self, let context = self.context else { return }
            self.clock.turn(.closing, context.eventLoop.now)
            self.tick()
            context.close(mode: isSending ? .output : .all, promise: nil)
            if isSending { context.read() }
        }
    }
}
