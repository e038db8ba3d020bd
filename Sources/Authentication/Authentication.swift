// SPDX-License-Identifier: GPL-2.0-or-later

/// Who sent a request, as far as it shows.
public enum Authentication: Hashable, Sendable {
    /// It says nothing of it.
    case anonymous
    case user(Identity)
    /// What it says is not so, with a sentence for the caller, which is the same for each reason that is none of his business.
    /// - account: the user whose it is, if that was shown: never one that was only named, as whether there is one is nobody's business.
    case refused(String, account: String? = nil)
    /// Too much was tried in vain: worth another try after these seconds.
    case throttled(seconds: Int)
    /// It cannot be told now; worth another try.
    case overloaded
}
