// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Testing

@testable import Cluster

@Suite struct CallThreadsTests {
    private static func run(on threads: CallThreads) async {
        await withCheckedContinuation { continuation in threads.submit { continuation.resume() } }
    }

    @Test(.timeLimit(.minutes(5))) func `threads that many calls at once needed end while few calls go on`() async throws {
        let threads = CallThreads(patience: .milliseconds(300)), latch = Latch()
        for _ in 0..<20 { threads.submit { latch.hang() } }
        await latch.haveBegun(20)
        #expect(threads.count == 20)
        latch.open(20)
        // A call every few milliseconds, which one thread can do.
        while threads.count > 1 {
            await Self.run(on: threads)
            try await Task.sleep(for: .milliseconds(5))
        }
        await Self.run(on: threads)
    }

    @Test(.timeLimit(.minutes(5))) func `a thread that goes on holds nothing of what it did`() async throws {
        let threads = CallThreads(patience: .seconds(3_600))
        weak var first: Flag?
        do {
            let flag = Flag()
            first = flag
            await withCheckedContinuation { continuation in
                threads.submit {
                    flag.set()
                    continuation.resume()
                }
            }
        }
        while first != nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(threads.count == 1)
    }

    @Test func `no call is lost between those that end and those that begin`() async throws {
        let threads = CallThreads(patience: .milliseconds(1))
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<300 {
                        await Self.run(on: threads)
                        if (number + task).isMultiple(of: 3) { try? await Task.sleep(for: .microseconds(900)) }
                    }
                }
            }
        }
    }
}
