// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Inventory
import Libvirt
import Synchronization

/// What has come for a watcher's thread: events, and that the connection is lost.
final class Mailbox: Sendable {
    struct Mail: Sendable {
        var changes = InventoryChanges()
        var isLost = false

        var isEmpty: Bool { changes.isEmpty && !isLost }
    }

    private let mail = Mutex(Mail())
    private let bell = DispatchSemaphore(value: 0)

    /// Of a domain's state it matters whether it goes over to another host.
    func post(_ event: HostEvent) {
        guard case .domain = event else { return }
        put { $0.changes.insert(event) }
    }

    func lose() { put { $0.isLost = true } }

    /// Waits for mail, so long at most, and takes all that there is.
    func take(within patience: Duration?) -> Mail {
        if let patience {
            _ = bell.wait(timeout: .now() + .milliseconds(Int(patience / .milliseconds(1))))
        } else {
            bell.wait()
        }
        return mail.withLock { mail in
            defer { mail = Mail() }
            return mail
        }
    }

    private func put(_ change: (inout Mail) -> Void) {
        let isFirst = mail.withLock { mail in
            let isFirst = mail.isEmpty
            change(&mail)
            return isFirst
        }
        if isFirst { bell.signal() }
    }
}
