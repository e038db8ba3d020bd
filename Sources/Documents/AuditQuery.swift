// SPDX-License-Identifier: GPL-2.0-or-later
import Audit
public import Commands

/// What the URL of the audit asks for: `?caller=anna&uuid=UUID&event=command&max=100`.
public struct AuditQuery: Sendable {
    public let caller: String?
    public let uuid: String?
    public let event: String?
    public let maximum: Int

    /// Reads a query; the item `view` is not its business. An empty value stands for none. Throws an `ArgumentError` that names an item which does not fit.
    public init(_ items: [(name: String, value: String)], defaultMaximum: Int) throws(ArgumentError) {
        var values: [String: String] = [:]
        for (name, value) in items where name != "view" {
            guard ["caller", "uuid", "event", "max"].contains(name) else {
                throw ArgumentError(parameter: name, message: "The audit has no parameter of that name.")
            }
            if !value.isEmpty { values[name] = value }
        }
        if let event = values["event"], AuditRecord.Event(rawValue: event) == nil {
            throw ArgumentError(parameter: "event", message: "It is one of: \(AuditRecord.Event.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        maximum = try values["max"].map { (text) throws(ArgumentError) in try VMQuery.maximum(text) } ?? defaultMaximum
        caller = values["caller"]
        uuid = values["uuid"]?.lowercased()
        event = values["event"]
    }

    func admits(_ record: AuditRecord) -> Bool {
        (caller.map { record.requester.caller?.utf8.elementsEqual($0.utf8) ?? false } ?? true)
            && (uuid.map { record.uuid?.lowercased() == $0 } ?? true)
            && (event.map { record.event.rawValue == $0 } ?? true)
    }
}
