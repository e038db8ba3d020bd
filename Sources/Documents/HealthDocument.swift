// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// `health`: for what watches the server. It names nothing.
public struct HealthDocument {
    private let page: Page
    private let health: Health

    public init(page: Page, health: Health) {
        self.page = page
        self.health = health
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("health", [.href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("ready", text: String(health.isReady))
            writer.element("hosts") { writer in
                writer.element("total", text: String(health.total))
                writer.element("answering", text: String(health.answering))
            }
        }
        return writer.finish()
    }
}
