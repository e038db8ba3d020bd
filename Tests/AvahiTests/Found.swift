// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Synchronization

/// What a browser has told of, as it is now.
final class Found: Sendable {
    private let task: Task<Void, Never>

    init(_ browser: Browser) {
        let state = Holder()
        holder = state
        let events = browser.events
        task = Task {
            for await event in events {
                state.value.withLock { value in
                    switch event {
                    case .appeared(let service), .changed(let service): value.services[service.key] = service
                    case .went(let key): value.services[key] = nil
                    case .reset: value = ([:], value.resets + 1)
                    }
                }
            }
        }
    }

    private final class Holder: Sendable {
        let value = Mutex<(services: [Service.Key: Service], resets: Int)>(([:], 0))
    }
    private let holder: Holder

    var services: [Service] { holder.value.withLock { Array($0.services.values) } }
    var names: Set<String> { Set(services.map(\.key.name)) }
    var resets: Int { holder.value.withLock { $0.resets } }
    func first(_ name: String) -> Service? { services.first { $0.key.name == name } }

    func end() async { await task.value }
}
