// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// `login`: the form by which one logs in, or that one is.
public struct LoginDocument {
    private let page: Page
    private let form: LoginForm
    private let message: String

    public init(page: Page, form: LoginForm, message: String) {
        self.page = page
        self.form = form
        self.message = message
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("login", [.href: page.href]) { writer in
            page.write(to: &writer)
            form.write(to: &writer)
            writer.element("message", text: message)
        }
        return writer.finish()
    }
}
