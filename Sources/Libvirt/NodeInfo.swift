// SPDX-License-Identifier: GPL-2.0-or-later

/// A host's hardware as `virNodeGetInfo` tells it.
public struct NodeInfo: Hashable, Sendable {
    public let model: String
    /// KiB.
    public let memory: UInt64
    public let cpus: UInt32
    /// MHz; 0 if unknown.
    public let frequency: UInt32
    public let numaNodes: UInt32
    public let sockets: UInt32
    public let cores: UInt32
    public let threads: UInt32
}
