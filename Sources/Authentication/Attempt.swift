// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// A try to be somebody, from somewhere.
struct Attempt: Sendable {
    private let attempts: Attempts
    private let account: Attempts.Account
    private let address: IPAddress?

    init(_ attempts: Attempts, name: String, address: IPAddress?) {
        self.attempts = attempts
        account = Attempts.account(name)
        self.address = address
    }

    /// Nil, or how many seconds it has to wait; then it has not begun.
    func begin() -> Int? { attempts.begin(account, address) }

    func end(_ verification: Verification) {
        let failed: Bool? =
            switch verification {
            case .accepted: false
            case .refused: true
            case .throttled, .overloaded: nil
            }
        attempts.end(account, address, failed: failed)
    }

    /// What can be no password failed before it began.
    func failed() -> Verification {
        if let seconds = attempts.wait(account, address) { return .throttled(seconds) }
        attempts.fail(account, address)
        return .refused
    }
}
