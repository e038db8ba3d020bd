// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// `logout`: the form by which one logs out, or that one is.
public struct LogoutDocument {
    private let page: Page
    private let message: String

    public init(page: Page, message: String) {
        self.page = page
        self.message = message
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("logout", [.href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("message", text: message)
        }
        return writer.finish()
    }
}
