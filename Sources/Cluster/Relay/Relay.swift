// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Makes lines to hosts: connects to libvirtd by UNIX socket, TCP or TLS, and waits for libvirt at a private socket of our own.
///
/// No thread waits meanwhile: a host that is not there costs a descriptor for a moment.
struct Relay: Sendable {
    /// How long a host may take to accept a TCP connection. Short, because a cable that is plugged in again is noticed by the next attempt.
    private static let connectTimeout: TimeAmount = .milliseconds(1_500)
    private static let handshakeTimeout: TimeAmount = .seconds(5)

    private let directory: RelayDirectory
    private let group = MultiThreadedEventLoopGroup.singleton

    init() throws(ConnectError) { directory = try RelayDirectory() }

    /// Removes what there is of it on disk.
    func shutdown() { directory.remove() }

    /// A line to the host. Throws a `ConnectError` that says why there is none.
    func open(_ address: HostAddress, isReadOnly: Bool, until deadline: ContinuousClock.Instant) async throws -> RelayLine {
        let loop = group.next()
        let left = TimeAmount(max(.milliseconds(1), deadline - .now))
        let far = try await dial(address.transport, isReadOnly: isReadOnly, within: left, on: loop)
        let line = RelayLine(socket: directory.next(), to: far)
        let listener = try await ServerBootstrap(group: loop)
            .childChannelInitializer { near in
                near.eventLoop.makeCompletedFuture {
                    let glue = GlueHandler()
                    try near.pipeline.syncOperations.addHandler(glue)
                    let end = try far.pipeline.syncOperations.handler(type: GlueHandler.self)
                    end.onInactive = { [weak line] in line?.end() }
                    GlueHandler.join(glue, end)
                    // Not before: a listener that is closed takes along what it has not handed on yet.
                    glue.onActive = { line.accept(near) }
                }
            }
            .bind(unixDomainSocketPath: line.socket).get()
        line.listen(listener)
        return line
    }

    private func dial(
        _ transport: HostAddress.Transport, isReadOnly: Bool, within time: TimeAmount, on loop: any EventLoop
    ) async throws -> any Channel {
        do {
            switch transport {
            case .inProcess: throw ConnectError("There is no line to a driver in this process.", isFinal: true)
            case .unix(let readWrite, let readOnly):
                let paths = isReadOnly ? readOnly : readWrite
                let path = paths.first { FileManager.default.fileExists(atPath: $0) } ?? paths[paths.count - 1]
                return try await Self.bootstrap(loop, within: time).connect(unixDomainSocketPath: path).get()
            case .tcp(let host, let port):
                return try await Self.bootstrap(loop, within: time).connect(host: host, port: port).get()
            case .tls(let host, let port, let files):
                return try await dial(host, port, files, within: time, on: loop)
            }
        } catch let error as ConnectError {
            throw error
        } catch {
            throw ConnectError("\(Self.place(of: transport, isReadOnly: isReadOnly)): \(Self.reason(of: error))")
        }
    }

    private func dial(_ host: String, _ port: Int, _ files: TLSFiles, within time: TimeAmount, on loop: any EventLoop) async throws -> any Channel {
        let context = try await NIOThreadPool.singleton.runIfActive { try Self.context(files) }
        let admitted = loop.makePromise(of: Void.self)
        let timeout = loop.scheduleTask(in: min(time, Self.connectTimeout + Self.handshakeTimeout)) {
            admitted.fail(ConnectError("\(host) port \(port): the TLS handshake was not answered."))
        }
        let name = files.name ?? host
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        do {
            let channel = try await Self.bootstrap(loop, within: time) { channel in
                try channel.pipeline.syncOperations.addHandlers([
                    try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name), AdmissionHandler(admitted),
                ])
            }.connect(host: host, port: port).get()
            defer { timeout.cancel() }
            do {
                try await admitted.futureResult.get()
            } catch {
                channel.close(promise: nil)
                throw error
            }
            return channel
        } catch {
            timeout.cancel()
            admitted.fail(error)
            throw error
        }
    }

    private static func bootstrap(
        _ loop: any EventLoop, within time: TimeAmount, _ prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in }
    ) -> ClientBootstrap {
        ClientBootstrap(group: loop).connectTimeout(min(time, connectTimeout)).channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try prepare(channel)
                    try channel.pipeline.syncOperations.addHandler(GlueHandler())
                }
            }
    }

    private static func context(_ files: TLSFiles) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        guard FileManager.default.isReadableFile(atPath: files.authority) else {
            throw ConnectError("The authority's certificate \(files.authority) cannot be read.")
        }
        configuration.trustRoots = .file(files.authority)
        if let certificate = files.certificate, let key = files.key {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func place(of transport: HostAddress.Transport, isReadOnly: Bool) -> String {
        switch transport {
        case .inProcess: "this process"
        case .unix(let readWrite, let readOnly): (isReadOnly ? readOnly : readWrite).joined(separator: " or ")
        case .tcp(let host, let port), .tls(let host, let port, _): "\(host) port \(port)"
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case let error as IOError: unsafe String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout: "no answer"
        case let error as NIOConnectionError:
            (error.connectionErrors.first.map { reason(of: $0.error) }) ?? "its name is not known"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "its certificate bears neither the name nor the address in the URI"
        case is NIOSSLError, is BoringSSLError: "the TLS handshake failed: \(handshakeReason("\(error)"))"
        default: "\(error)"
        }
    }

    /// BoringSSL's own texts name its source files.
    private static func handshakeReason(_ text: String) -> String {
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate cannot be verified by our authority" }
        if text.contains("ALERT") { return "the host refuses our certificate" }
        return "the host does not speak TLS as we do"
    }
}
