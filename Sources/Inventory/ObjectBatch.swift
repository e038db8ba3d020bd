// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// The reading of all objects of a kind on a host, in steps of bounded length. A value: a step that did not come back is as if it had not been.
public struct ObjectBatch: Sendable {
    public let kind: ObjectKind
    public private(set) var records: [ObjectRecord] = []
    private var pending: [ObjectIdentity]?

    public init(_ kind: ObjectKind) { self.kind = kind }

    public var isFinished: Bool { pending?.isEmpty == true }

    /// Reads on until the time is over, at least one object. A driver without objects of that kind has none.
    public mutating func step(on connection: Connection, until end: ContinuousClock.Instant) throws(LibvirtError) {
        var rest: [ObjectIdentity]
        if let pending { rest = pending } else { rest = try list(on: connection) }
        while let identity = rest.last {
            if let record = try ObjectRecord(at: identity.path, on: connection) { records.append(record) }
            rest.removeLast()
            guard ContinuousClock.now < end else { break }
        }
        pending = rest
    }

    private func list(on connection: Connection) throws(LibvirtError) -> [ObjectIdentity] {
        do throws(LibvirtError) {
            return try ObjectRecord.identities(kind, in: ObjectPath([]), on: connection)
        } catch  where error.code == .noSupport || error.code == .operationUnsupported || error.code == .internalError {
            return []
        }
    }
}
