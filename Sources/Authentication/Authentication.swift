// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// Who sent a request, as far as it shows.
public enum Authentication: Hashable, Sendable {
    /// It says nothing of it.
    case anonymous
    /// It is the user of this name.
    case user(String)
    /// What it says is not so, with a sentence for the caller.
    case refused(String)
    /// It cannot be told now; worth another try.
    case overloaded

    /// Who that is to the gate; nil: nobody that may be let in, not even as an anonymous one.
    public var caller: Caller? {
        switch self {
        case .anonymous: .anonymous
        case .user(let name): Caller(name: name)
        case .refused, .overloaded: nil
        }
    }
}
