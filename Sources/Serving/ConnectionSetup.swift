// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// Gives each connection its handlers, and the certificate as it is now.
struct ConnectionSetup: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    /// Bytes that the system takes to send of a connection. With megabytes, as it likes to, nobody sees for long whether the client reads.
    private static let unsent: SocketOptionValue = 131_072
    /// Bytes that are read at once. What follows a request is held until that is answered, and each of its few bytes may be another one.
    private static let portion = 16_384

    let base: HTTP1Channel
    let rules: ConnectionRules
    let certificate: WatchedCertificate?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let address = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        let connections = rules.connections
        let refusal = connections.enter(from: address)
        let lingers = refusal != nil && connections.beginLingering()
        channel.closeFuture.whenComplete { _ in
            if refusal == nil { connections.leave(from: address) }
            if lingers { connections.endLingering() }
        }
        let requests = channel.eventLoop.makeCompletedFuture {
            // It makes no difference to what is no TCP.
            try? channel.syncOptions?.setOption(.tcpOption(.init(rawValue: TCP_NOTSENT_LOWAT)), value: Self.unsent)
            try channel.syncOptions?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.portion))
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
            let requests = RequestHandler(rules, refusal: refusal, lingers: lingers)
            if let certificate { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context)) }
            try channel.pipeline.syncOperations.addHandler(WireHandler(requests))
            return NIOLoopBound(requests, eventLoop: channel.eventLoop)
        }
        return requests.flatMap { requests in
            base.setup(channel: channel, logger: logger).flatMapThrowing { value in
                let operations = channel.pipeline.syncOperations
                let decoder = try operations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                try operations.addHandler(requests.value, position: .after(decoder))
                return value
            }
        }
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
