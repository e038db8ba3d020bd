// SPDX-License-Identifier: GPL-2.0-or-later

extension UserDirectory {
    /// Who somebody is whose name and password were verified.
    func authentication(of name: String, _ verification: Verification, by scheme: Identity.Scheme) -> Authentication {
        /// A name that no user has may be a password that was typed into the wrong field.
        var account: String? { has(name) ? name : nil }
        return switch verification {
        case .accepted: .user(Identity(name: name, scheme: scheme))
        case .refused: .refused("The name or the password is wrong.", account: account)
        case .throttled(let seconds): .throttled(seconds: seconds, account: account)
        case .overloaded: .overloaded
        }
    }
}
