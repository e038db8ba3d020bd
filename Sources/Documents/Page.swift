// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Addresses
import XML

/// What every document says of itself: where it is, what is above it, in which views it can be had.
public struct Page: Sendable {
    public let target: RequestTarget
    public let up: String?
    public let mode: AccessMode
    /// Whether it is a list, which can be had as CSV too.
    public let isList: Bool
    /// What everyone shall know who sees a page.
    public let warning: String?

    public init(target: RequestTarget, up: String?, mode: AccessMode, isList: Bool = false, warning: String? = nil) {
        self.target = target
        self.up = up
        self.mode = mode
        self.isList = isList
        self.warning = warning
    }

    /// The canonical address, without the view.
    public var href: String { target.target(setting: [("view", nil)]) }

    func write(to writer: inout Writer) {
        writer.element("link", [.rel: "self", .href: href])
        if let up { writer.element("link", [.rel: "up", .href: up]) }
        for view in ["xml", "html", "raw", "json"] + (isList ? ["csv"] : []) {
            writer.element("link", [.rel: "alternate", .name: view, .href: target.target(setting: [("view", view)])])
        }
        writer.element("access", text: mode.rawValue)
        if let warning { writer.element("warning", text: warning) }
    }
}
