// SPDX-License-Identifier: GPL-2.0-or-later
public import Settings

/// What an administrator decides about the web side.
public struct WebConfiguration: Sendable {
    public typealias Rendering = Settings.Rendering

    public var rendering: Rendering

    public init(rendering: Rendering = .server) {
        self.rendering = rendering
    }
}
