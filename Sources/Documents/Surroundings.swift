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
    /// Whether the caller may see who did what.
    public let showsAudit: Bool
    public let entrance: Entrance?

    public init(
        mode: AccessMode, visibility: Visibility, warning: String? = nil, caller: String? = nil, showsSettings: Bool = true, showsAudit: Bool = true,
        entrance: Entrance? = nil
    ) {
        self.mode = mode
        self.visibility = visibility
        self.warning = warning
        self.caller = caller
        self.showsSettings = showsSettings
        self.showsAudit = showsAudit
        self.entrance = entrance
    }

    /// - Parameter href: of the document; who logs in comes back to it.
    func write(to writer: inout Writer, at href: String?) {
        if showsSettings { writer.element("link", [.rel: "settings", .href: Links.settings]) }
        if showsAudit { writer.element("link", [.rel: "audit", .href: Links.audit]) }
        switch entrance {
        case .login: writer.element("link", [.rel: "login", .href: Links.login(next: href)])
        case .logout: writer.element("link", [.rel: "logout", .href: Links.logout])
        case nil: break
        }
        writer.element("access", text: mode.rawValue)
        writer.element("visibility", text: visibility.rawValue)
        if let caller { writer.element("caller", [.href: Links.owner(caller)], text: caller) }
        if let warning { writer.element("warning", text: warning) }
    }
}
