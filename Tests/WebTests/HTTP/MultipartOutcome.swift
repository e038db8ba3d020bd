// SPDX-License-Identifier: GPL-2.0-or-later

@testable import Web

/// What a multipart parser makes of a body: its events, with adjacent data joined, or why it refused it.
enum MultipartOutcome: Equatable {
    case events([MultipartParser.Event])
    case failure(MultipartError.Code)

    init(of chunks: [ArraySlice<UInt8>], boundary: String = "B", limits: MultipartParser.Limits = .default) throws {
        var parser = try MultipartParser(boundary: boundary, limits: limits)
        var events: [MultipartParser.Event] = []
        do {
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
            self = .events(events)
        } catch {
            self = .failure(error.code)
        }
    }
}
