// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Command {
    private static let prefixes = [
        "virDomainCheckpoint", "virDomainSnapshot", "virDomain", "virConnect", "virInterface", "virNWFilterBinding", "virNWFilter",
        "virNetworkPort", "virNetwork", "virNodeDevice", "virNode", "virSecret", "virStoragePool", "virStorageVol", "vir",
    ]

    /// `virDomainGetBlkioParameters` is "Blkio parameters", `virDomainPinVcpu` "Pin vcpu".
    static func title(of function: Function) -> String {
        let prefix = prefixes.first { function.name.hasPrefix($0) } ?? ""
        var words = words(of: function.name.dropFirst(prefix.count))
        if words.first == "Get", words.count > 1 { words.removeFirst() }
        let text = words.enumerated().map { index, word in
            word.dropFirst().contains(where: \.isUppercase) ? word : index == 0 ? word : word.lowercased()
        }
        return text.joined(separator: " ")
    }

    /// Splits before a capital that follows a small letter, and before the last capital of a row of them.
    private static func words(of name: Substring) -> [String] {
        var words: [String] = []
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : nil
            let after = index + 1 < characters.count ? characters[index + 1] : nil
            let begins = character.isUppercase && (before?.isUppercase != true || after?.isLowercase == true)
            if begins || words.isEmpty { words.append("") }
            words[words.count - 1].append(character)
        }
        return words
    }
}
