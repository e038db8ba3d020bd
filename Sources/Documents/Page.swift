// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses
import XML

/// What every document says of itself: where it is, what is above it, in which views it can be had.
public struct Page: Sendable {
    public let target: RequestTarget
    public let up: String?
    /// Whether it is a list, which can be had as CSV too.
    public let isList: Bool
    public let surroundings: Surroundings

    public init(target: RequestTarget, up: String?, isList: Bool = false, in surroundings: Surroundings) {
        self.target = target
        self.up = up
        self.isList = isList
        self.surroundings = surroundings
    }

    /// The canonical address, without the view.
    public var href: String { target.target(setting: [("view", nil)]) }

    func write(to writer: inout Writer) {
        writer.element("link", [.rel: "self", .href: href])
        if let up { writer.element("link", [.rel: "up", .href: up]) }
        for view in ["xml", "html", "raw", "json"] + (isList ? ["csv"] : []) {
            writer.element("link", [.rel: "alternate", .name: view, .href: target.target(setting: [("view", view)])])
        }
        surroundings.write(to: &writer, at: href)
    }
}
