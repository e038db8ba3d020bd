// SPDX-License-Identifier: GPL-2.0-or-later

/// Where an object is on its host: what it belongs to, outermost first, and itself. No steps: the host.
public struct ObjectPath: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public let kind: ObjectKind
        /// A name or a UUID as text; ports and secrets have no name to be looked up by.
        public let key: ObjectName

        public init(_ kind: ObjectKind, _ key: ObjectName) {
            self.kind = kind
            self.key = key
        }
    }

    public let steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }

    public var kind: ObjectKind { steps.last?.kind ?? .connection }

    /// The path of what it belongs to.
    public var parent: ObjectPath { ObjectPath(steps.dropLast()) }

    /// The path of an object that belongs to this one.
    public func appending(_ kind: ObjectKind, _ key: ObjectName) -> ObjectPath { ObjectPath(steps + [Step(kind, key)]) }
}
