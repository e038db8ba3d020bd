// SPDX-License-Identifier: GPL-2.0-or-later

/// Which request something was done for, and who sent it.
public struct Requester: Hashable, Sendable {
    /// The id of the request; it stands in the fault, in the log and in `X-Request-Id` too.
    public var request: String
    /// The authenticated user's name; nil for somebody unknown.
    public var caller: String?
    /// How that was told: `basic`, `session` or `token`.
    public var authentication: String?
    /// HTTP's.
    public var method: String
    /// The address that the request came from, in numbers.
    public var address: String?

    public init(request: String = "", caller: String? = nil, authentication: String? = nil, method: String = "", address: String? = nil) {
        self.request = request
        self.caller = caller
        self.authentication = authentication
        self.method = method
        self.address = address
    }

    /// Of the request that this task answers.
    @TaskLocal public static var current = Requester()
}
