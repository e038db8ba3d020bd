// SPDX-License-Identifier: GPL-2.0-or-later
public import Settings

/// What an administrator decides about the web side.
public struct WebConfiguration: Sendable {
    public typealias Rendering = Settings.Rendering

    public var rendering: Rendering
    /// The largest body of a request, in bytes.
    public var bodyLimit: Int

    public init(rendering: Rendering = .server, bodyLimit: Int = 4 << 20) {
        self.rendering = rendering
        self.bodyLimit = bodyLimit
    }
}
