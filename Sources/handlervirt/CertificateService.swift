// SPDX-License-Identifier: GPL-2.0-or-later
import ServiceLifecycle
import Serving
import UnixSignals

/// Reads the certificate anew when its files change, and at SIGHUP.
struct CertificateService: Service {
    let certificate: WatchedCertificate

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await certificate.watch() }
                group.addTask { for await _ in await UnixSignalsSequence(trapping: .sighup) { await certificate.reload() } }
            }
        }
    }
}
