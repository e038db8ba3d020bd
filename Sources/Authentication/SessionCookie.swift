// SPDX-License-Identifier: GPL-2.0-or-later

/// The cookie that holds a session, as headers write it.
enum SessionCookie {
    /// With TLS under a name that browsers take from TLS alone, for this host alone.
    static func name(isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + "handlervirt" }

    /// The value in all `Cookie` headers; nil if there is none, or more than one: which of them is ours cannot be told.
    static func value(in headers: [String], isSecure: Bool) -> String? {
        let values = values(in: headers, isSecure: isSecure)
        return values.count == 1 ? values[0] : nil
    }

    static func values(in headers: [String], isSecure: Bool) -> [String] {
        let name = Array(name(isSecure: isSecure).utf8)
        return headers.flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }.compactMap { item in
            let item = item.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard item.starts(with: name), item.dropFirst(name.count).first == UInt8(ascii: "=") else { return nil }
            return String(decoding: item.dropFirst(name.count + 1), as: UTF8.self)
        }
    }

    /// The value of `Set-Cookie`.
    /// - Parameter age: seconds; 0 deletes it.
    static func setting(_ value: String, age: Int, isSecure: Bool) -> String {
        "\(name(isSecure: isSecure))=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }
}
