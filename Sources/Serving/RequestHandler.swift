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
    /// The bytes of the head's first line that are here, and whether it is whole: what is too long is one line or all headers.
    private var line = (bytes: 0, isWhole: false)
    private var held = CircularBuffer<HTTPServerRequestPart>()
    private var heldError: (any Error)?
    private var heldEnd = false
    private var wantsRead = false
    /// Whether what was held is being gone through, however deep in that an answer is written.
    private var isGoingOn = false
    /// Of the answer that was given last, until all of it is written.
    private var writing: EventLoopFuture<Void>?
    private lazy var address = context?.remoteAddress?.ipAddress.flatMap { IPAddress($0) }

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
        // Who still answers answers nobody, and nothing of what was held is begun.
        (isDue, keepsAlive) = (false, false)
        held.removeAll()
        (heldError, heldEnd, busy) = (nil, false, nil)
        _ = rules.slots.claim(context.channel)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    /// Bytes came. False if nobody wants them any more.
    func admit(_ bytes: ByteBuffer) -> Bool {
        guard !clock.isEnding, let context else { return false }
        clock.received(context.eventLoop.now)
        if clock.stage == .head, !line.isWhole {
            let end = bytes.readableBytesView.firstIndex(of: UInt8(ascii: "\n"))
            line = (line.bytes + (end ?? bytes.writerIndex) - bytes.readerIndex, end != nil)
        }
        tick()
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !clock.isEnding else { return }
        let part = unwrapInboundIn(data)
        if !held.isEmpty || isHolding(context) { held.append(part) } else { deliver(part, context) }
    }

    /// Whether what comes has to wait: for the answer to what is here, or for the client to read what it was answered.
    private func isHolding(_ context: ChannelHandlerContext) -> Bool { !isReading && (isDue || !context.channel.isWritable) }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // What still comes is read, so that the client is not told of a reset before it has read the answer.
        if clock.isEnding { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        goOn(context)
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if isHolding(context) { wantsRead = true } else { context.read() }
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
                let slot = try rules.slot(for: head, from: address)
                rules.slots.keep(slot, for: context.channel)
            } catch {
                if head.hasBody { return refuse(error, to: head, isCounted: true) }
                busy = (error, head)
            }
        case .body: isExpecting = false
        case .end:
            clock.turn(.answering, now)
            (isReading, isExpecting, line) = (false, false, (0, false))
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
        case .body(let body): write(body, data, context, promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            let future = written.futureResult
            writing = future
            future.assumeIsolated().whenComplete { _ in if self.writing === future { self.writing = nil } }
            context.write(data, promise: written)
            isDue = false
            if keepsAlive { goOn(context) } else { end(after: future, context) }
        }
    }

    private func write(_ body: IOData, _ data: NIOAny, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let (count, connections, address) = (body.readableBytes, rules.connections, address)
        guard count > Connections.short else { return context.write(data, promise: promise) }
        let written = promise ?? context.eventLoop.makePromise()
        guard connections.beginWriting(count, to: address) else {
            rules.metrics.answersDropped()
            written.fail(ChannelError.ioOnClosedChannel)
            return context.close(promise: nil)
        }
        written.futureResult.whenComplete { _ in connections.endWriting(count, to: address) }
        context.write(data, promise: written)
    }

    /// Goes on with what was held while the last request was answered, and while that answer was not read. One after the other, not one in
    /// the other: there may be hundreds.
    private func goOn(_ context: ChannelHandlerContext) {
        guard !isGoingOn, !clock.isEnding, !isReading, !isHolding(context), context.channel.isActive else { return }
        isGoingOn = true
        defer { isGoingOn = false }
        let wasHolding = !held.isEmpty
        while !isHolding(context) {
            if clock.stage == .answering {
                clock.turn(.waiting, context.eventLoop.now)
                if !held.isEmpty { clock.turn(.head, context.eventLoop.now) }
                tick()
            }
            guard !clock.isEnding, let part = held.popFirst() else { break }
            deliver(part, context)
        }
        if clock.isEnding { return }
        if wasHolding { context.fireChannelReadComplete() }
        if !isHolding(context) {
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
            inputClosed(context)
        }
    }

    /// The client says nothing more. It may still read.
    private func inputClosed(_ context: ChannelHandlerContext) {
        switch clock.stage {
        case .closing: context.close(promise: nil)
        case .finishing: break
        default:
            if !isDue, let writing {
                end(after: writing, context)
            } else {
                context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if clock.stage == .handshake, error is NIOSSLError || error is BoringSSLError { rules.metrics.handshakesFailed() }
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard !clock.isEnding else { return }
        if isReading {
            // Who reads the body answers.
            keepsAlive = false
            context.fireErrorCaught(error)
        } else if isHolding(context) {
            heldError = error
        } else if error != .invalidEOFState || clock.stage == .head {
            refuse(error != .headerOverflow ? .malformed : line.isWhole && line.bytes <= rules.line ? .headers : .line)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            clock.turn(.waiting, context.eventLoop.now)
            tick()
            context.fireUserInboundEventTriggered(event)
        case ChannelEvent.inputClosed:
            // There may be requests before the end.
            if isHolding(context), !held.isEmpty { heldEnd = true } else { inputClosed(context) }
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            keepsAlive = false
            guard !isDue, !clock.isEnding else { return }
            if let writing { end(after: writing, context) } else { context.close(promise: nil) }
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
        // Who answers has no more to say. What he said is read first, and what is being closed goes on as it was begun.
        if mode == .output, clock.isEnding { return succeed(promise) }
        guard mode != .input, !isDue, let writing, context.channel.isActive else { return context.close(mode: mode, promise: promise) }
        context.channel.closeFuture.cascade(to: promise)
        if !clock.isEnding { end(after: writing, context) }
    }

    private func succeed(_ promise: EventLoopPromise<Void>?) { promise?.succeed(()) }
}
