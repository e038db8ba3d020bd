// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// The form by which one logs in, as it is to be shown.
public struct LoginForm: Hashable, Sendable {
    /// The path of this server where one wants to be then.
    public let next: String?
    /// The name that was given before.
    public let name: String?

    public init(next: String? = nil, name: String? = nil) {
        self.next = next
        self.name = name
    }

    func write(to writer: inout Writer) {
        if let next { writer.element("next", text: next) }
        if let name { writer.element("name", text: name) }
    }
}
