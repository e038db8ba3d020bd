// SPDX-License-Identifier: GPL-2.0-or-later

/// What a user's name is made of: it stands in a file of users, before a colon, and in domains' metadata.
public enum UserName {
    /// Bytes of a name, at most.
    public static let longest = 128

    /// Why a text is no user's name, as a sentence; nil if it is one.
    public static func refusal(of name: String) -> String? {
        let scalars = name.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return "There is no name." }
        if scalars.contains(":") { return "There is a colon in the name." }
        if scalars.contains(where: { $0.properties.generalCategory == .control }) { return "There is a control character in the name." }
        if first.properties.isWhitespace || last.properties.isWhitespace { return "There is white space at an end of the name." }
        if name.utf8.count > longest { return "The name is longer than \(longest) bytes." }
        return name == "nobody" ? "The name nobody stands for what belongs to nobody. No user can have it." : nil
    }
}
