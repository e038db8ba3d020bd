// SPDX-License-Identifier: GPL-2.0-or-later

/// What the command line says, as it was written; nil or empty where it says nothing.
public struct Flags: Sendable {
    public var config: String?
    public var listen: String?
    public var connect: [String] = []
    public var access: String?
    public var visibility: String?
    public var users: String?
    public var tokens: String?
    public var sessionKey: String?
    public var sessionLifetime: String?
    public var audit: String?
    public var publicHosts: [String] = []
    public var trustedProxies: [String] = []
    public var tlsCertificate: String?
    public var tlsKey: String?
    public var insecure = false
    public var discover = false
    public var trustNetwork = false
    public var stylesheets: String?
    public var render: String?
    public var logLevel: String?

    public init() {}
}
