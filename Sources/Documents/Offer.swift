// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
public import Libvirt

/// What the caller may do with an object, by the gate; what its state forbids is among it.
public struct Offer {
    /// Every command that may be run on it, each without what the caller may not give it.
    public let commands: [Command]
    /// The kinds of what belongs to it of which a list may be seen.
    public let collections: [ObjectKind]
    /// Whether its XML may be read whole and written back.
    public let editsXML: Bool
    /// Whether it may be made another one's.
    public let changesOwner: Bool

    public init(commands: [Command], collections: [ObjectKind], editsXML: Bool, changesOwner: Bool = false) {
        self.commands = commands
        self.collections = collections
        self.editsXML = editsXML
        self.changesOwner = changesOwner
    }
}
