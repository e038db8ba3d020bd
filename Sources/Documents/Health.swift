// SPDX-License-Identifier: GPL-2.0-or-later

/// Whether the server can answer, and how many of its hosts do.
public struct Health: Hashable, Sendable {
    /// Every host has been tried once: it answered, or it failed.
    public let isReady: Bool
    public let total: Int
    public let answering: Int

    public init(isReady: Bool, total: Int, answering: Int) {
        self.isReady = isReady
        self.total = total
        self.answering = answering
    }
}
