// SPDX-License-Identifier: GPL-2.0-or-later

/// The command line and the environment, of which the first has the say.
struct Layers {
    let flags: Flags
    let environment: [String: String]

    /// An option as its flag or its variable says.
    func given(_ option: String, _ flag: String?) -> Given? {
        if let flag { return Given(text: flag, origin: .flag, subject: "--\(option)") }
        let name = Self.variable(option)
        return environment[name].flatMap { $0.isEmpty ? nil : Given(text: $0, origin: .environment, subject: name) }
    }

    /// An option that is true or false.
    func truth(_ option: String, _ flag: Bool) throws(SettingsError) -> Setting<Bool>? {
        if flag { return Setting(true, .flag) }
        guard let given = given(option, nil) else { return nil }
        switch given.text {
        case "1", "true", "yes": return Setting(true, .environment)
        case "0", "false", "no": return Setting(false, .environment)
        default: throw given.error("is one of: 1, true, yes, 0, false, no; this is \(given.quoted).")
        }
    }

    /// An option that can be given several times; in the environment it is split at white space.
    func list(_ option: String, _ flags: [String]) -> [Given]? {
        if !flags.isEmpty { return flags.map { Given(text: $0, origin: .flag, subject: "--\(option)") } }
        let name = Self.variable(option)
        let items = (environment[name] ?? "").split(whereSeparator: \.isWhitespace)
        return items.isEmpty ? nil : items.map { Given(text: String($0), origin: .environment, subject: name) }
    }

    /// `HANDLERVIRT_LOG_LEVEL` for `log-level`.
    private static func variable(_ option: String) -> String { "HANDLERVIRT_" + option.uppercased().replacing("-", with: "_") }
}
