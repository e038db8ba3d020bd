// SPDX-License-Identifier: GPL-2.0-or-later

/// How much of the server one may take: what goes beyond is answered with 4xx, or with 503 where it is worth another try.
public struct Limits: Equatable, Sendable {
    /// Connections at once.
    public var connections = Setting(2048, .default)
    /// Of these, from one address (of IPv6: from one /64) that is no trusted proxy.
    public var connectionsPerAddress = Setting(256, .default)
    /// Requests that are being answered at once.
    public var requests = Setting(64, .default)
    /// Of these, of one caller: a user, or the address of somebody unknown.
    public var requestsPerCaller = Setting(24, .default)
    /// Seconds in which a request's head has to arrive.
    public var headTime = Setting(15, .default)
    /// Seconds in which a request has to arrive whole.
    public var requestTime = Setting(60, .default)
    /// Seconds without a byte, in either direction, after which a connection is closed.
    public var idleTime = Setting(60, .default)
    /// Bytes of a request's first line.
    public var line = Setting(16_384, .default)
    /// Bytes of all headers of a request.
    public var headers = Setting(32_768, .default)
    /// Bytes of a request's body.
    public var body = Setting(4 << 20, .default)
    /// Parameters of a query, or of a form.
    public var parameters = Setting(2000, .default)
    /// Parts of a multipart body.
    public var parts = Setting(2000, .default)

    public init() {}

    /// What each limit is called in the file, where it is, what it counts, and how it may be set; in the order of the file.
    static let all: [(name: String, path: any WritableKeyPath<Limits, Setting<Int>> & Sendable, unit: String?, range: ClosedRange<Int>)] = [
        ("connections", \.connections, nil, 1...1_000_000),
        ("connections-per-address", \.connectionsPerAddress, nil, 1...1_000_000),
        ("requests", \.requests, nil, 1...100_000),
        ("requests-per-caller", \.requestsPerCaller, nil, 1...100_000),
        ("head-time", \.headTime, "s", 1...3600),
        ("request-time", \.requestTime, "s", 1...86_400),
        ("idle-time", \.idleTime, "s", 1...86_400),
        ("line", \.line, "bytes", 256...65_536),
        ("headers", \.headers, "bytes", 1024...65_536),
        ("body", \.body, "bytes", 1024...(1 << 30)),
        ("parameters", \.parameters, nil, 1...1_000_000),
        ("parts", \.parts, nil, 1...1_000_000),
    ]

    /// By the names that the file gives them, in its order.
    public var all: [(name: String, limit: Setting<Int>, unit: String?)] { Self.all.map { ($0.name, self[keyPath: $0.path], $0.unit) } }

    init(_ value: YAMLValue) throws(SettingsError) {
        let values = try value.mapping(Self.all.map(\.name))
        for item in Self.all {
            guard let value = values[item.name] else { continue }
            self[keyPath: item.path] = Setting(try value.wholeNumber(in: item.range), .file)
        }
    }
}
