// SPDX-License-Identifier: GPL-2.0-or-later
import Documents
import Hummingbird
import NIOCore
import Serving

/// A request's body, read to its end before anything is answered: a client that is still sending when the connection closes
/// never sees the answer.
struct PostBody: Sendable {
    /// How much of a body that is too large is still read, and thrown away.
    private static let patience = 64 << 20
    /// Chunks are put together until they are so long: each has its costs, and a client may send a byte in each.
    private static let chunk = 64 << 10

    /// The chunks in which it came; none of one that is too large.
    let chunks: [ByteBuffer]
    let isTooLarge: Bool

    static let empty = PostBody(chunks: [], isTooLarge: false)

    private init(chunks: [ByteBuffer], isTooLarge: Bool) {
        self.chunks = chunks
        self.isTooLarge = isTooLarge
    }

    /// Reads a body of at most `limit` bytes. Throws a `Fault` if it breaks off.
    init(reading body: RequestBody, limit: Int) async throws(Fault) {
        var chunks: [ByteBuffer] = []
        var count = 0
        do {
            for try await chunk in body {
                count += chunk.readableBytes
                if count > max(limit, Self.patience) { break }
                if count > limit {
                    chunks = []
                } else if let last = chunks.last, last.readableBytes < Self.chunk {
                    chunks[chunks.count - 1].writeImmutableBuffer(chunk)
                } else {
                    chunks.append(chunk)
                }
            }
        } catch let refusal as Refusal {
            throw Fault(refusal)
        } catch {
            throw Fault(400, "The body cannot be read.")
        }
        self.init(chunks: count > limit ? [] : chunks, isTooLarge: count > limit)
    }

    var bytes: [UInt8] { chunks.flatMap { Array($0.readableBytesView) } }
}
