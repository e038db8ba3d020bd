// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// How a body is cut into chunks does not change what is read, and no more is read than there is.
enum MultipartProperties {
    private enum Outcome: Equatable {
        case events([MultipartParser.Event])
        case failure(MultipartError.Code)
    }

    /// The first byte says how the rest is cut.
    static func hold(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let body = bytes.dropFirst()
        let whole = outcome([body])
        precondition(whole == outcome(body.indices.map { body[$0...$0] }), "byte by byte it is the same")
        let size = Int(first) + 1
        let chunks = stride(from: body.startIndex, to: body.endIndex, by: size).map { body[$0..<min($0 + size, body.endIndex)] }
        precondition(whole == outcome(chunks), "in chunks it is the same")
        guard case .events(let events) = whole else { return }
        let data = events.reduce(0) { if case .data(let bytes) = $1 { $0 + bytes.count } else { $0 } }
        precondition(data < body.count, "no more is read than there is")
    }

    private static func outcome(_ chunks: [ArraySlice<UInt8>]) -> Outcome {
        var events: [MultipartParser.Event] = []
        do throws(MultipartError) {
            var parser = try MultipartParser(boundary: "B", limits: .init(parts: 20, headerBytes: 200))
            for chunk in chunks {
                for event in try parser.feed(chunk) {
                    if case .data(let more) = event, case .data(let data) = events.last {
                        events[events.count - 1] = .data(data + more)
                    } else {
                        events.append(event)
                    }
                }
            }
            try parser.finish()
        } catch {
            return .failure(error.code)
        }
        return .events(events)
    }
}
