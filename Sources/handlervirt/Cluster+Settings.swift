// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Cluster
import Logging
import Settings

extension Cluster {
    /// The hosts that the settings name, under the names that they give them. Throws a `ConnectError` for one that is not connected to.
    convenience init(_ settings: EffectiveSettings, log: Logger) throws {
        let deadlines = Host.Deadlines(
            reading: .seconds(settings.deadlines.reading.value), acting: .seconds(settings.deadlines.acting.value),
            lasting: .seconds(settings.deadlines.lasting.value))
        let hosts = settings.hosts.map(\.value)
        for host in hosts { try host.validate() }
        try self.init(hosts, isReadOnly: settings.access.value == .readOnly, deadlines: deadlines, log: log)
    }
}
