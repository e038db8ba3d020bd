// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// The id of a request: a random UUID in lower case. It stands in the fault, in the log and in `X-Request-Id`.
enum RequestIdentifier {
    static func make() -> String { UUID().uuidString.lowercased() }
}
