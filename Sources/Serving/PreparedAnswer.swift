// SPDX-License-Identifier: GPL-2.0-or-later

/// The answer to what is refused before it is a request: all of it but what says how the connection goes on.
public struct PreparedAnswer: Sendable {
    public let status: Int
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
