// SPDX-License-Identifier: GPL-2.0-or-later

/// The id of a request: 128 random bits in hexadecimal. It stands in the fault, in the log and in `X-Request-Id`.
enum RequestIdentifier {
    static func make() -> String {
        func digits(_ number: UInt64) -> String {
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return digits(.random(in: .min ... .max)) + digits(.random(in: .min ... .max))
    }
}
