// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Serving

/// One connection, with nothing behind its handlers but the test.
@Suite struct RequestHandlerTests {
    private let channel = EmbeddedChannel()
    private let slots: RequestSlots
    private let connections = Connections(limit: 1, perAddress: 1, trusted: [], metrics: .unseen)
    private let requests: RequestHandler

    init() throws {
        slots = RequestSlots(limit: 1, perCaller: 1, metrics: .unseen)
        let rules = ConnectionRules(
            isSecure: false, times: .init(head: .seconds(10), request: .seconds(30), idle: .seconds(20)), line: 256, headers: 1024, metrics: .unseen,
            slots: slots, connections: connections, desk: Desk())
        requests = RequestHandler(rules)
        try channel.pipeline.syncOperations.addHandlers([
            WireHandler(requests), HTTPResponseEncoder(), ByteToMessageHandler(HTTPRequestDecoder()), requests,
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func send(_ text: String) {
        channel.pipeline.fireChannelRead(ByteBuffer(string: text))
        channel.pipeline.fireChannelReadComplete()
    }

    /// What was written to the client.
    private var written: String {
        get throws {
            var text = ""
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
            return text
        }
    }

    /// What reached who answers.
    private var arrived: [HTTPServerRequestPart] {
        get throws {
            var parts: [HTTPServerRequestPart] = []
            while let part = try channel.readInbound(as: HTTPServerRequestPart.self) { parts.append(part) }
            return parts
        }
    }

    private func answer() throws {
        slots.claim(channel)?.release()
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }

    @Test func `one request after the other is let through`() throws {
        send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
        #expect(try arrived.count == 2)
        try answer()
        #expect(try written.hasPrefix("HTTP/1.1 200 OK"))
        guard case .head(let head)? = try arrived.first else {
            Issue.record("the second request did not arrive")
            return
        }
        #expect(head.uri == "/2")
        try answer()
        #expect(try !written.contains("close"))
        #expect(channel.isActive)
        try close()
    }

    @Test func `a line that is too long reaches nobody, and the connection ends`() throws {
        send("GET /\(String(repeating: "a", count: 300)) HTTP/1.1\r\n\r\n")
        #expect(try arrived.isEmpty)
        let text = try written
        #expect(text.hasPrefix("HTTP/1.1 414") && text.lowercased().contains("connection: close") && text.hasSuffix("no"))
        channel.embeddedEventLoop.advanceTime(by: RequestClock.linger)
        try #require(!channel.isActive)
    }

    @Test func `a request without a slot is answered at once, and the next one may have one`() throws {
        let taken = try slots.take(from: nil)
        send("GET / HTTP/1.1\r\n\r\n")
        #expect(try arrived.isEmpty)
        let text = try written
        #expect(text.hasPrefix("HTTP/1.1 503") && !text.lowercased().contains("connection: close"))
        taken.release()
        send("GET / HTTP/1.1\r\n\r\n")
        #expect(try arrived.count == 2)
        try answer()
        try close()
    }

    @Test func `a body without a slot is not waited for`() throws {
        let taken = try slots.take(from: nil)
        send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n")
        let text = try written
        #expect(text.hasPrefix("HTTP/1.1 503") && text.lowercased().contains("connection: close"))
        taken.release()
        channel.embeddedEventLoop.advanceTime(by: RequestClock.linger)
        #expect(!channel.isActive)
    }

    @Test func `who expects it is told to go on when the body is wanted, once`() throws {
        send("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try written == "")
        BodyDemand.announce(on: channel)
        BodyDemand.announce(on: channel)
        #expect(try written == "HTTP/1.1 100 Continue\r\n\r\n")
        send("ab")
        try answer()
        #expect(try written.hasPrefix("HTTP/1.1 200 OK"))
        try close()
    }

    @Test func `an answer before the body's end is the last one`() throws {
        send("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        try answer()
        #expect(try written.lowercased().contains("connection: close"))
        BodyDemand.announce(on: channel)
        #expect(try written == "")
        try close()
    }

    @Test func `a client that goes away leaves no slot and no timer behind`() throws {
        send("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n")
        #expect(!slots.isEmpty)
        try close()
        #expect(slots.isEmpty)
    }

    @Test func `a client that goes away while a request of its waits leaves no slot behind, however late it is answered`() throws {
        send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
        channel.pipeline.fireChannelInactive()
        try answer()
        #expect(slots.isEmpty)
        try close()
    }

    @Test func `requests without a slot are answered one after the other, not one in the other`() throws {
        send("GET /health HTTP/1.1\r\n\r\n")
        let taken = try slots.take(from: nil)
        send(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 10_000))
        try answer()
        #expect(try written.split(separator: "HTTP/1.1 503").count == 10_001)
        taken.release()
        try close()
    }

    @Test func `who does not read what he is answered is answered nothing more`() throws {
        let taken = try slots.take(from: nil)
        channel.isWritable = false
        send(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 3))
        #expect(try written == "")
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(try written.split(separator: "HTTP/1.1 503").count == 3)
        taken.release()
        try close()
    }

    @Test(arguments: ["gzip, chunked", "chunked, chunked", "", "identity"]) func `a body that is encoded in another way is refused`(_ coding: String)
        throws
    {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: \(coding)\r\n\r\n")
        #expect(try arrived.isEmpty)
        #expect(try written.hasPrefix("HTTP/1.1 400"))
        channel.embeddedEventLoop.advanceTime(by: RequestClock.linger)
        try close()
    }

    @Test func `what is too long is the line, also where its end is here`() throws {
        send("GET /\(String(repeating: "a", count: 90_000)) HTTP/1.1\r\nA: b\r\n\r\n")
        #expect(try written.hasPrefix("HTTP/1.1 414"))
        channel.embeddedEventLoop.advanceTime(by: RequestClock.linger)
        try close()
    }

    @Test func `a shutdown ends what is idle at once, and what is answered after that`() throws {
        send("GET / HTTP/1.1\r\n\r\n")
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(channel.isActive)
        try answer()
        #expect(try written.lowercased().contains("connection: close"))
        #expect(!channel.isActive)

        let idle = try RequestHandlerTests()
        idle.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(!idle.channel.isActive)
    }

    @Test func `a head that does not come to its end is refused in time`() throws {
        send("GET / HT")
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(try written == "")
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try written.hasPrefix("HTTP/1.1 408"))
        channel.embeddedEventLoop.advanceTime(by: RequestClock.linger)
        #expect(!channel.isActive)
        try close()
    }

    @Test func `who reads a body hears that it came too late`() throws {
        send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n")
        for _ in 0..<30 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            send("a")
        }
        #expect(throws: Refusal.requestTime) { try channel.throwIfErrorCaught() }
        try answer()
        #expect(try written.lowercased().contains("connection: close"))
        try close()
    }

    @Test func `a connection on which nothing comes ends`() throws {
        channel.embeddedEventLoop.advanceTime(by: .seconds(19))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        try close()
    }

    /// Ends the connection, of which neither a slot nor a timer may be left.
    private func close() throws {
        if channel.isActive { try channel.close().wait() }
        channel.embeddedEventLoop.run()
        #expect(slots.isEmpty)
        #expect(requests.timer == nil)
    }
}
