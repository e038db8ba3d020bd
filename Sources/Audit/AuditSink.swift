// SPDX-License-Identifier: GPL-2.0-or-later

/// What takes the lines of the audit. It is written to by one at a time.
package protocol AuditSink: Sendable {
    /// Writes a line, which ends with its line feed. Where it throws nothing of the line stays.
    func write(_ line: [UInt8]) throws(AuditError)
    /// Returns when all that was written would outlast a loss of power.
    func sync() throws(AuditError)
    /// Begins anew at its address, as after a rotation. Where it throws it goes on as before.
    func reopen() throws(AuditError)
    /// Another number after it began anew.
    var place: Int { get }
    /// What whoever runs the server should know of where it writes, as a sentence for the log.
    var warning: String? { get }
}

extension AuditSink {
    package func sync() throws(AuditError) {}
    package func reopen() throws(AuditError) {}
    package var place: Int { 0 }
    package var warning: String? { nil }
}
