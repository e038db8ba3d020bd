// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Libvirt
import Logging
import ServiceLifecycle

/// Runs libvirt's event loop on a thread of its own until the server shuts down.
struct EventLoopService: Service {
    let log: Logger

    func run() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let thread = Thread {
            do { try EventLoop.run() } catch { log.error("libvirt's event loop ended", metadata: ["error": "\(error)"]) }
            end.finish()
        }
        thread.name = "libvirt events"
        thread.start()
        await withGracefulShutdownHandler {
            for await _ in ends {}
        } onGracefulShutdown: {
            EventLoop.stop()
        }
    }
}
