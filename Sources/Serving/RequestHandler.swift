// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// Lets one request after the other to who answers it, within the limits and in time. It stands right behind the decoder.
///
/// A request that was refused here is seen by nobody else. What follows the request that is being answered is held, and no more is read.
final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let rules: ConnectionRules
    /// Why the whole connection is refused; nil: it is not.
    let refusal: Refusal?
    /// Whether it may then stay to hear why.
    let lingers: Bool
    var clock: RequestClock
    var timer: (task: Scheduled<Void>, deadline: NIODeadline)?
    var context: ChannelHandlerContext?

    /// Whether the body of the request at hand is still to come.
    var isReading = false
    /// Whether an answer is to be written, and whether it has begun.
    var isDue = false
    var isBegun = false
    /// Whether another request may follow.
    var keepsAlive = true
    var isHTTP10 = false
    /// Whether the client waits to hear that its body is wanted.
    var isExpecting = false
    var isQuiescing = false
    /// What is said at the end of a request for which there is no slot.
    private var busy: (refusal: Refusal, head: HTTPRequestHead)?
    /// Whether the head that is arriving has its first line: what is too long is one line or all headers.
    private var hasLine = false
    private var held = CircularBuffer<HTTPServerRequestPart>()
    private var heldError: (any Error)?
    private var heldEnd = false
    private var wantsRead = false

    init(_ rules: ConnectionRules, refusal: Refusal? = nil, lingers: Bool = true) {
        self.rules = rules
        self.refusal = refusal
        self.lingers = lingers
        clock = RequestClock(rules.times, isSecure: rules.isSecure, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        clock = RequestClock(rules.times, isSecure: rules.isSecure, now: context.eventLoop.now)
        if context.channel.isActive { start(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        _ = rules.slots.claim(context.channel)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    /// Bytes came. False if nobody wants them any more.
    func admit(_ bytes: ByteBuffer) -> Bool {
        guard clock.stage != .closing, let context else { return false }
        clock.received(context.eventLoop.now)
        if clock.stage == .head, !hasLine { hasLine = bytes.readableBytesView.contains(UInt8(ascii: "\n")) }
        tick()
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard clock.stage != .closing else { return }
        let part = unwrapInboundIn(data)
        if !held.isEmpty || (isDue && !isReading) { held.append(part) } else { deliver(part, context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // What still comes is read, so that the client is not told of a reset before it has read the answer.
        if clock.stage == .closing { context.read() }
    }

    func read(context: ChannelHandlerContext) {
        if isDue, !isReading { wantsRead = true } else { context.read() }
    }

    private func deliver(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        switch part {
        case .head(let head):
            clock.turn(.body, now)
            isHTTP10 = head.version.minor == 0
            (isReading, isDue, isBegun) = (true, true, false)
            isExpecting = head.expectsContinue
            // What the decoder takes for the beginning of another protocol it reads no further.
            keepsAlive = head.isKeepAlive && !isQuiescing && head.method != .CONNECT && !head.headers.contains(name: "Upgrade")
            if let refusal = rules.refusal(of: head) {
                return refuse(refusal, to: head)
            }
            do throws(Refusal) {
                let slot = try rules.slot(for: head, from: context.remoteAddress?.ipAddress.flatMap { IPAddress($0) })
                rules.slots.keep(slot, for: context.channel)
            } catch {
                if head.hasBody { return refuse(error, to: head, isCounted: true) }
                busy = (error, head)
            }
        case .body: isExpecting = false
        case .end:
            clock.turn(.answering, now)
            (isReading, isExpecting, hasLine) = (false, false, false)
            if let (refusal, head) = busy {
                busy = nil
                return answer(refusal, to: head)
            }
        }
        guard busy == nil else { return }
        context.fireChannelRead(wrapInboundOut(part))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isDue else { return succeed(promise) }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code < 200 { return context.write(data, promise: promise) }
            isBegun = true
            // An answer to what was not read to its end: where the next request would begin is not known.
            if isReading { keepsAlive = false }
            if !keepsAlive {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            } else if isHTTP10 {
                head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            context.write(data, promise: written)
            isDue = false
            if keepsAlive { next(context) } else { end(after: written.futureResult, context) }
        }
    }

    /// Goes on with what was held while the last request was answered.
    private func next(_ context: ChannelHandlerContext) {
        clock.turn(.waiting, context.eventLoop.now)
        let wasHolding = !held.isEmpty
        if wasHolding { clock.turn(.head, context.eventLoop.now) }
        tick()
        while let part = held.popFirst() {
            deliver(part, context)
            if clock.stage == .closing { return }
            if isDue, !isReading { break }
        }
        if wasHolding { context.fireChannelReadComplete() }
        if !isDue || isReading {
            if let error = heldError {
                heldError = nil
                return errorCaught(context: context, error: error)
            }
            if wantsRead {
                wantsRead = false
                context.read()
            }
        }
        if held.isEmpty, heldEnd {
            heldEnd = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if clock.stage == .handshake, error is NIOSSLError || error is BoringSSLError { rules.metrics.handshakesFailed() }
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard clock.stage != .closing else { return }
        if isReading {
            // Who reads the body answers.
            keepsAlive = false
            context.fireErrorCaught(error)
        } else if isDue {
            heldError = error
        } else if error != .invalidEOFState || clock.stage == .head {
            refuse(error != .headerOverflow ? .malformed : hasLine ? .headers : .line)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            clock.turn(.waiting, context.eventLoop.now)
            tick()
            context.fireUserInboundEventTriggered(event)
        case ChannelEvent.inputClosed:
            if clock.stage == .closing { return context.close(promise: nil) }
            // There may be requests before the end.
            if isDue, !held.isEmpty { heldEnd = true } else { context.fireUserInboundEventTriggered(event) }
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            keepsAlive = false
            if !isDue { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyDemand.Event else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if isExpecting, isReading, !isBegun {
            isExpecting = false
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
        succeed(promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // Who answers has no more to say. What is being closed goes on as it was begun.
        guard mode == .output, clock.stage == .closing else { return context.close(mode: mode, promise: promise) }
        succeed(promise)
    }

    private func succeed(_ promise: EventLoopPromise<Void>?) { promise?.succeed(()) }
}
