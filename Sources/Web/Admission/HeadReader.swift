// SPDX-License-Identifier: GPL-2.0-or-later
public import NIOCore
import NIOHTTP1

/// Keeps of a request's head what is lost on the way to `HTTPRequest`: the authority of a target in absolute form (RFC 9112, 3.2.2), and that
/// HTTP/1.0 needs no `Host`.
///
/// The authority becomes a field, `X-Target-Authority`. Who sends that field himself only names one more host that has to be ours.
public final class HeadReader: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    public typealias InboundIn = Any

    static let field = "X-Target-Authority"

    public init() {}

    /// It stands behind the conversion, where Hummingbird adds handlers, and puts the one that reads before it.
    public func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(Reader(), position: .after(pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)))
        } catch {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }

    /// The authority of a target, as it is written; nil if the target is none in absolute form.
    static func authority(of target: String) -> String? {
        guard !target.utf8.starts(with: "/".utf8), let colon = target.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = target.utf8[colon...].dropFirst()
        guard rest.starts(with: "//".utf8) else { return nil }
        return String(decoding: rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }, as: UTF8.self)
    }

    private final class Reader: ChannelInboundHandler, RemovableChannelHandler, Sendable {
        typealias InboundIn = HTTPServerRequestPart
        typealias InboundOut = HTTPServerRequestPart

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
            if let authority = HeadReader.authority(of: head.uri) { head.headers.add(name: HeadReader.field, value: authority) }
            if head.version == .http1_0, !head.headers.contains(name: "Host"), let address = context.localAddress?.asAuthority {
                head.headers.add(name: "Host", value: address)
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        }
    }
}

extension SocketAddress {
    /// As a `Host` field names it.
    fileprivate var asAuthority: String? {
        guard let address = ipAddress?.prefix(while: { $0 != "%" }), let port else { return nil }
        return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
