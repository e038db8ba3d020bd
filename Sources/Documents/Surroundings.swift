// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import XML

/// What every document says of the server that wrote it, and for whom.
public struct Surroundings: Sendable {
    public let mode: AccessMode
    public let visibility: Visibility
    /// What everyone shall know who sees a page.
    public let warning: String?
    /// The authenticated user's name; nil for somebody unknown.
    public let caller: String?
    /// Whether the caller may see what the server was told.
    public let showsSettings: Bool

    public init(mode: AccessMode, visibility: Visibility, warning: String? = nil, caller: String? = nil, showsSettings: Bool = true) {
        self.mode = mode
        self.visibility = visibility
        self.warning = warning
        self.caller = caller
        self.showsSettings = showsSettings
    }

    func write(to writer: inout Writer) {
        if showsSettings { writer.element("link", [.rel: "settings", .href: Links.settings]) }
        writer.element("access", text: mode.rawValue)
        writer.element("visibility", text: visibility.rawValue)
        if let caller { writer.element("caller", [.href: Links.owner(caller)], text: caller) }
        if let warning { writer.element("warning", text: warning) }
    }
}
