// SPDX-License-Identifier: GPL-2.0-or-later

extension UserDirectory {
    /// Who somebody is whose name and password were verified.
    func authentication(of name: String, _ verification: Verification, by scheme: Identity.Scheme) -> Authentication {
        switch verification {
        case .accepted: .user(Identity(name: name, scheme: scheme))
        case .refused: .refused("The name or the password is wrong.")
        case .throttled(let seconds): .throttled(seconds: seconds)
        case .overloaded: .overloaded
        }
    }
}
