// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser

/// How long a token lasts, as one writes it: a number with `d`, `h` or `m`.
struct TokenLifetime: ExpressibleByArgument, CustomStringConvertible {
    private static let units: [Character: Int] = ["d": 86_400, "h": 3600, "m": 60]
    private static let longest = 366 * 86_400

    let seconds: Int
    let description: String

    init(days: Int) {
        seconds = days * 86_400
        description = "\(days)d"
    }

    init?(argument: String) {
        guard let unit = argument.last.flatMap({ Self.units[$0] }), argument.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
            let number = Int(argument.dropLast()), number > 0, number <= Self.longest / unit
        else { return nil }
        seconds = number * unit
        description = argument
    }
}
