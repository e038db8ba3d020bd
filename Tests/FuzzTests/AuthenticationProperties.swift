// SPDX-License-Identifier: GPL-2.0-or-later

/// What holds of what says who somebody is.
extension Properties {
    static func cookie(_ bytes: [UInt8]) {
        // A header for each line.
        let headers = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        for isSecure in [false, true] {
            let values = SessionCookie.values(in: headers, isSecure: isSecure)
            precondition(values.reduce(0) { $0 + $1.utf8.count } <= headers.reduce(0) { $0 + $1.utf8.count }, "nothing is made up")
            precondition(values.allSatisfy { !$0.utf8.contains(UInt8(ascii: ";")) })
            precondition((SessionCookie.value(in: headers, isSecure: isSecure) != nil) == (values.count == 1), "one of two is none")
            for value in values + headers { session(value) }
            // What is set is read as it was.
            let set = SessionCookie.setting("v1.a.b", age: 60, isSecure: isSecure).prefix { $0 != ";" }
            precondition(SessionCookie.values(in: headers + [String(set)], isSecure: isSecure) == values + ["v1.a.b"])
        }
    }

    private static func session(_ text: String) {
        guard let session = Session(text, key: SessionKey()) else { return }
        precondition(text.utf8.count <= Session.longest && !session.name.isEmpty)
        precondition(session.identifier.count == 16 && session.mark.count == 32)
        guard let again = Session(session.text(signedWith: SessionKey()), key: SessionKey()) else {
            preconditionFailure("what is written can be read")
        }
        precondition(again == session && again.name.utf8.elementsEqual(session.name.utf8), "as it was")
    }

    static func credentials(_ bytes: [UInt8]) {
        guard let credentials = try? BasicCredentials(String(decoding: bytes, as: UTF8.self)) else { return }
        precondition(!credentials.name.utf8.contains(UInt8(ascii: ":")))
        precondition(!credentials.name.utf8.contains { $0 < 0x20 } && !credentials.password.contains { $0 < 0x20 })
    }

    static func hash(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(AuthenticationError) {
            let hash = try PasswordHash(text)
            precondition(hash.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }, "it is a field of a line")
        } catch {
            precondition(!error.message.isEmpty && (text.utf8.count < 24 || !error.message.contains(text)), "the hash is not told")
        }
    }
}
