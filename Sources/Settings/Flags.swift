// SPDX-License-Identifier: GPL-2.0-or-later

/// What the command line says, as it was written; nil or empty where it says nothing.
public struct Flags: Sendable {
    public var config: String?
    public var listen: String?
    public var connect: [String] = []
    public var access: String?
    public var visibility: String?
    public var users: String?
    public var insecure = false
    public var discover = false
    public var trustNetwork = false
    public var stylesheets: String?
    public var render: String?
    public var logLevel: String?

    public init() {}
}
