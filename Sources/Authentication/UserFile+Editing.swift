// SPDX-License-Identifier: GPL-2.0-or-later
import Access

extension UserFile {
    /// Gives a user of the file at `path` a new password, or takes him out of it. All other lines stay as they are. Throws a sentence.
    /// - Parameter hash: nil: the user is deleted.
    /// - Returns: whether he was there before.
    public static func set(_ hash: PasswordHash?, of name: String, path: String) throws(AuthenticationError) -> Bool {
        if let reason = UserName.refusal(of: name) { throw AuthenticationError(reason) }
        var wasThere = false
        try FileReplacement.replace(path, noun: "file of users", limit: largest) { bytes throws(AuthenticationError) in
            // Before it is changed: who mends one line shall know of another that is bad.
            wasThere = try UserFile(bytes, file: path).hash(of: name) != nil
            guard hash != nil || wasThere else { throw AuthenticationError("\(path): There is no user \(name).") }
            let edited = setting(hash, of: name, in: bytes)
            _ = try UserFile(edited, file: path)
            return edited
        }
        return wasThere
    }

    /// The bytes with the user's line in the place of the one that he had, or at the end.
    static func setting(_ hash: PasswordHash?, of name: String, in bytes: [UInt8]) -> [UInt8] {
        let prefix = Array(name.utf8) + [UInt8(ascii: ":")]
        let newline = UInt8(ascii: "\n")
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
        // What follows the last line feed is no line.
        let isEnded = lines.last?.isEmpty == true
        if isEnded { lines.removeLast() }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let index = lines.indices.first { lines[$0].starts(with: prefix) || ($0 == 0 && lines[$0].starts(with: mark + prefix)) }
        let line = hash.map { prefix + Array($0.text.utf8) }
        switch (index, line) {
        case (let index?, let line?):
            let isMarked = lines[index].starts(with: mark)
            let isReturned = lines[index].last == UInt8(ascii: "\r")
            lines[index] = (isMarked ? mark : []) + line + (isReturned ? [UInt8(ascii: "\r")] : [])
        case (let index?, nil): lines.remove(at: index)
        case (nil, let line?): lines.append(line)
        case (nil, nil): break
        }
        // An empty file is one that somebody has only begun to write.
        if lines.isEmpty { lines.append(Array("# users".utf8)) }
        return lines.flatMap { $0 + [newline] }
    }
}
