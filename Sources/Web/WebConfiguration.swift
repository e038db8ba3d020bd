// SPDX-License-Identifier: GPL-2.0-or-later

/// What an administrator decides about the web side.
public struct WebConfiguration: Sendable {
    /// Who transforms when a browser asks.
    public enum Rendering: String, CaseIterable, Sendable { case server, client }

    public var rendering: Rendering
    /// The largest body of a request, in bytes.
    public var bodyLimit: Int

    public init(rendering: Rendering = .server, bodyLimit: Int = 4 << 20) {
        self.rendering = rendering
        self.bodyLimit = bodyLimit
    }
}
