// SPDX-License-Identifier: GPL-2.0-or-later

extension Task where Failure == any Error {
    /// The task's value, if it comes in time; otherwise `CallError.unanswered`, and the task goes on.
    func value(within patience: Duration) async throws -> Success {
        guard patience > .zero else { throw CallError.unanswered }
        let (answers, answer) = AsyncStream.makeStream(of: Result<Success, any Error>.self, bufferingPolicy: .bufferingOldest(1))
        let waiter = Task<Void, Never> {
            answer.yield(await self.result)
            answer.finish()
        }
        let timer = Task<Void, Never> {
            guard (try? await Task<Never, Never>.sleep(for: patience)) != nil else { return }
            answer.yield(.failure(CallError.unanswered))
            answer.finish()
        }
        defer {
            waiter.cancel()
            timer.cancel()
        }
        for await result in answers { return try result.get() }
        throw CallError.unanswered
    }
}
