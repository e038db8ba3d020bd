// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Crypto
import Synchronization

/// Counts what is tried in vain, for each account and from each address, and says who has to wait.
public final class Attempts: Sendable {
    /// A name as it was given: its bytes stand for it, and however long it is, it takes no more room than this.
    typealias Account = SHA256Digest

    private struct State {
        var accounts = Backoff<Account>(.init(longest: .seconds(60)))
        // Behind one address there may be several who are right.
        var addresses = Backoff<AddressBlock>(.init(slack: 16, longest: .seconds(15 * 60)))
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    public convenience init() { self.init { .now } }

    /// - Parameter now: tells the time.
    init(now: @escaping @Sendable () -> ContinuousClock.Instant) { self.now = now }

    static func account(_ name: String) -> Account { SHA256.hash(data: Array(name.utf8)) }

    /// Whole seconds after which the next try is one; nil: now.
    func wait(_ account: Account?, _ address: IPAddress?) -> Int? {
        let now = now()
        return state.withLock { Self.wait(&$0, account, address, now) }
    }

    /// Begins a try, unless it has to wait: then nothing begins, and the answer is for how many seconds.
    func begin(_ account: Account, _ address: IPAddress?) -> Int? {
        let now = now()
        return state.withLock { state in
            if let seconds = Self.wait(&state, account, address, now) { return seconds }
            state.accounts.begin(account, at: now)
            if let address { state.addresses.begin(AddressBlock(address), at: now) }
            return nil
        }
    }

    /// Ends a try that had begun. A success forgives the account all, and its address half: others may be guessing from there.
    func end(_ account: Account, _ address: IPAddress?, failed: Bool?) {
        let now = now()
        state.withLock { state in
            state.accounts.end(account, failed: failed, at: now) { $0 = 0 }
            if let address { state.addresses.end(AddressBlock(address), failed: failed, at: now) { $0 /= 2 } }
        }
    }

    /// A failure that cost nothing to find.
    func fail(_ account: Account?, _ address: IPAddress?) {
        let now = now()
        state.withLock { state in
            if let account { state.accounts.fail(account, at: now) }
            if let address { state.addresses.fail(AddressBlock(address), at: now) }
        }
    }

    private static func wait(_ state: inout State, _ account: Account?, _ address: IPAddress?, _ now: ContinuousClock.Instant) -> Int? {
        let waits = [account.flatMap { state.accounts.wait($0, at: now) }, address.flatMap { state.addresses.wait(AddressBlock($0), at: now) }]
        return waits.compactMap { $0 }.max().map { Int(($0 / .seconds(1)).rounded(.up)) }
    }
}
