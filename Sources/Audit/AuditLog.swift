// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

/// Where the lines of the audit go.
public final class AuditLog: Sendable {
    public init() {}

    /// Writes a line, whole or not at all. Throws where it cannot: then what it tells of may not be done.
    public func write(_ record: AuditRecord) throws(AuditError) {
    }

    /// Writes a line of something that is over or refused already, and so is not kept from happening where it cannot be written.
    public func note(_ record: AuditRecord) {
        do throws(AuditError) { try write(record) } catch {}
    }
}
