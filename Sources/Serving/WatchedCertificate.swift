// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Logging
import NIOPosix
import NIOSSL
import Synchronization

/// The server's certificate, read anew when one of its files changed. While they do not fit it stays as it was.
///
/// Connections that are open go on with the one that they were opened with.
public final class WatchedCertificate: Sendable {
    private struct State {
        var current: ServerCertificate
        /// As they were last read; nil: they could not be.
        var files: CertificateFiles?
        /// What was last said about them.
        var complaint: CertificateError?
    }

    private let certificate: String
    private let key: String
    private let log: Logger
    private let state: Mutex<State>
    /// One looks at a time, so that what was read last counts.
    private let turn = Mutex(())

    /// Reads the files. Throws a `CertificateError`; of one that has expired the log warns.
    init(certificate: String, key: String, log: Logger) throws(CertificateError) {
        self.certificate = certificate
        self.key = key
        self.log = log
        let files = try CertificateFiles(certificate: certificate, key: key)
        let current = try ServerCertificate(files, certificate: certificate, key: key)
        state = Mutex(State(current: current, files: files))
        warn(of: current)
    }

    /// For new connections.
    var context: NIOSSLContext { state.withLock(\.current.context) }

    /// Until it ends; less than zero if it has ended.
    var secondsLeft: Double { state.withLock(\.current.end).timeIntervalSinceNow }

    /// Looks at the files once a second, until the task is cancelled.
    public func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            await reload()
        }
    }

    /// Looks at the files now. They are compared whole, as they are small, and a time stamp may hide a second change.
    public func reload() async {
        try? await NIOThreadPool.singleton.runIfActive { self.look() }
    }

    func look() { turn.withLock { _ in compare() } }

    private func compare() {
        do throws(CertificateError) {
            let files = Result { () throws(CertificateError) in try CertificateFiles(certificate: certificate, key: key) }
            let isKnown = state.withLock { state in
                let read = try? files.get()
                defer { state.files = read }
                return read != nil && state.files == read
            }
            guard !isKnown else { return }
            let new = try ServerCertificate(try files.get(), certificate: certificate, key: key)
            state.withLock { ($0.current, $0.complaint) = (new, nil) }
            log.notice("the certificate was read anew", metadata: ["file": "\(certificate)", "until": "\(Self.text(new.end))"])
            warn(of: new)
        } catch {
            let isNew = state.withLock { state in
                defer { state.complaint = error }
                return state.complaint != error
            }
            if isNew { log.error("\(error.message) The certificate stays as it was.") }
        }
    }

    private func warn(of certificate: ServerCertificate) {
        guard certificate.end < Date() else { return }
        log.warning("the certificate has expired", metadata: ["file": "\(self.certificate)", "since": "\(Self.text(certificate.end))"])
    }

    private static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}
