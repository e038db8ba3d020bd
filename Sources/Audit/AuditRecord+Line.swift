// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

extension AuditRecord {
    /// A line has no more bytes than this, with its line feed.
    static let lineLimit = 16_384
    private static let valueLimit = 1_024

    /// A JSON object on one line, with its line feed: whatever is in the fields, it holds no other, and no character that a terminal or a reader could take for more than text.
    var line: [UInt8] {
        var writer = LineWriter()
        writer.add("time", time.formatted(Self.timeFormat), limit: 32)
        writer.add("event", event.rawValue, limit: 32)
        writer.add("id", id, limit: 64)
        writer.add("request", requester.request.isEmpty ? nil : requester.request, limit: 128)
        writer.add("caller", requester.caller, limit: 512)
        writer.add("authentication", requester.authentication, limit: 32)
        writer.add("method", requester.method.isEmpty ? nil : requester.method, limit: 64)
        writer.add("address", requester.address, limit: 64)
        writer.add("host", host, limit: 512)
        writer.add("uuid", uuid, limit: 64)
        writer.add("name", name, limit: Self.valueLimit)
        writer.add("command", command, limit: 128)
        writer.add("permissions", permissions.prefix(24).map { LineWriter.quoted($0, limit: 96) })
        writer.add("decision", decision?.rawValue, limit: 16)
        writer.add("reason", reason, limit: Self.valueLimit)
        writer.add("code", code, limit: 128)
        writer.add("outcome", outcome?.rawValue, limit: 16)
        if let duration { writer.add("duration", number: Int64(duration / .milliseconds(1))) }
        writer.add("before", before, limit: 64)
        writer.add("after", after, limit: 64)
        if let count { writer.add("count", number: Int64(count)) }
        let items = parameters.map { name, value in
            #"{"name":\#(LineWriter.quoted(name, limit: 128)),"value":\#(LineWriter.quoted(value, limit: Self.valueLimit))}"#
        }
        // Room for how many were left out.
        var room = Self.lineLimit - writer.count - 64
        let fitting = items.prefix { item in
            room -= item.utf8.count + 1
            return room >= 0
        }
        writer.add("parameters", Array(fitting))
        if fitting.count < items.count { writer.add("omitted", number: Int64(items.count - fitting.count)) }
        return writer.finish()
    }

    /// What every line begins with.
    static let opening = Array(#"{"time":""#.utf8)
    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Reads a line that was written so; nil for any other.
    init?(line: Data) {
        guard let fields = try? JSONDecoder().decode(LineFields.self, from: line), let event = Event(rawValue: fields.event),
            let time = try? Self.timeFormat.parse(fields.time)
        else { return nil }
        self.init(
            event, decision: fields.decision.flatMap(Decision.init), reason: fields.reason,
            // Written again, thousandths are cut off and not rounded.
            time: time.addingTimeInterval(0.0001),
            requester: Requester(
                request: fields.request ?? "", caller: fields.caller, authentication: fields.authentication, method: fields.method ?? "",
                address: fields.address))
        id = fields.id
        host = fields.host
        uuid = fields.uuid
        name = fields.name
        command = fields.command
        permissions = fields.permissions ?? []
        code = fields.code
        outcome = fields.outcome.flatMap(Outcome.init)
        duration = fields.duration.map { .milliseconds($0) }
        before = fields.before
        after = fields.after
        count = fields.count
        parameters = (fields.parameters ?? []).map { ($0.name, $0.value) }
    }
}

/// The fields of a line as they stand there.
private struct LineFields: Decodable {
    struct Parameter: Decodable { let name: String, value: String }

    let time: String, event: String
    let id: String?, request: String?, caller: String?, authentication: String?, method: String?, address: String?
    let host: String?, uuid: String?, name: String?, command: String?
    let permissions: [String]?
    let decision: String?, reason: String?, code: String?, outcome: String?
    let duration: Int64?
    let before: String?, after: String?, count: Int?
    let parameters: [Parameter]?
}
