// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Addresses
public import Foundation
public import Logging

/// What the server does, read and checked. A flag beats the environment, that beats the file, and that the default.
public struct EffectiveSettings: Sendable {
    /// The path of the configuration file.
    public let file: Setting<String?>
    public let listen: Setting<ListenAddress>
    public let access: Setting<AccessMode>
    public let visibility: Setting<Visibility>
    /// The path of the file with users and the hashes of their passwords; nil: nobody authenticates.
    public let users: Setting<String?>
    /// The directory that holds the tokens; nil: there are none.
    public let tokens: Setting<String?>
    /// The path of the file with the key under which sessions are signed, which replicas share; nil: one of this process alone.
    public let sessionKey: Setting<String?>
    /// Seconds.
    public let sessionLifetime: Setting<Int>
    public let audit: Setting<AuditTarget>
    /// The names under which the server is reached, beside localhost and the machine's addresses.
    public let publicHosts: Setting<[PublicHost]>
    /// Who is believed where he says for whom he asks, in `X-Forwarded-For` and `X-Forwarded-Proto`.
    public let trustedProxies: Setting<[AddressRange]>
    /// The paths of the certificate chain and its key; nil: no TLS.
    public let tlsCertificate: Setting<String?>
    public let tlsKey: Setting<String?>
    public let limits: Limits
    public let isInsecure: Setting<Bool>
    /// A directory that overrides the built-in stylesheets, file by file.
    public let stylesheets: Setting<URL?>
    public let rendering: Setting<Rendering>
    public let logLevel: Setting<Logger.Level>
    /// The URIs that are named without more.
    public let connect: Setting<[String]>
    /// All hosts: those of the file, then those of `connect` that are not among them.
    public let hosts: [Setting<HostConfiguration>]
    /// In the order of the file.
    public let pools: [PermissionPool]
    public let deadlines: Deadlines
    /// Who has which role, and what is whose.
    public let authority: AuthoritySettings
    /// Whether hosts are looked for that announce themselves.
    public let discovers: Setting<Bool>
    /// Whether all of these are joined.
    public let trustsNetwork: Setting<Bool>
    public let discovery: DiscoverySettings

    static let sessionLifetimes = 1...31_536_000

    /// - Parameters:
    ///   - environment: variables by their names, such as `HANDLERVIRT_LISTEN`; an empty one does not count.
    ///   - known: every permission that there is.
    ///   - isServed: whether they are for a server, which asks for more than each of them alone.
    public init(flags: Flags, environment: [String: String], permissions known: Set<Permission>, isServed: Bool = true) throws(SettingsError) {
        let layers = Layers(flags: flags, environment: environment)
        let path = layers.given("config", flags.config)
        let file: ConfigurationFile?
        if let path { file = try ConfigurationFile(path: path.text, known: known) } else { file = nil }
        self.file = Setting(path?.text, path?.origin ?? .default)
        func given(_ option: String, _ flag: String?) -> Given? { layers.given(option, flag) ?? file?.options[option] }

        listen = try Self.address(given("listen", flags.listen))
        access = try given("access", flags.access)?.choice() ?? Setting(.readOnly, .default)
        visibility = try given("visibility", flags.visibility)?.choice() ?? Setting(.everyone, .default)
        func perhaps(_ option: String, _ flag: String?) -> Setting<String?> {
            let text = given(option, flag)
            return Setting(text?.text, text?.origin ?? .default)
        }
        users = perhaps("users", flags.users)
        tokens = perhaps("tokens", flags.tokens)
        sessionKey = perhaps("session-key", flags.sessionKey)
        sessionLifetime =
            try given("session-lifetime", flags.sessionLifetime)?.number(in: Self.sessionLifetimes, what: "seconds") ?? Setting(43_200, .default)
        let auditTarget = given("audit", flags.audit)
        audit = Setting(auditTarget.map { AuditTarget($0.text) } ?? .stderr, auditTarget?.origin ?? .default)
        tlsCertificate = perhaps("tls-certificate", flags.tlsCertificate)
        tlsKey = perhaps("tls-key", flags.tlsKey)
        func list(_ option: String, _ flags: [String]) -> [Given] { layers.list(option, flags) ?? file?.lists[option] ?? [] }
        publicHosts =
            try Given.list(list("public-host", flags.publicHosts)) { given throws(SettingsError) in try given.publicHost() } ?? Setting([], .default)
        trustedProxies =
            try Given.list(list("trusted-proxy", flags.trustedProxies)) { given throws(SettingsError) in try given.addressRange() }
            ?? Setting([], .default)
        limits = file?.limits ?? Limits()
        authority = file?.authority ?? AuthoritySettings()
        rendering = try given("render", flags.render)?.choice() ?? Setting(.server, .default)
        logLevel = try given("log-level", flags.logLevel)?.choice() ?? Setting(.info, .default)
        let directory = given("stylesheets", flags.stylesheets)
        stylesheets = Setting(try directory?.directory(), directory?.origin ?? .default)
        func truth(_ option: String, _ flag: Bool) throws(SettingsError) -> Setting<Bool> {
            try layers.truth(option, flag) ?? file?.switches[option].map { Setting($0, .file) } ?? Setting(false, .default)
        }
        isInsecure = try truth("insecure", flags.insecure)
        discovers = try truth("discover", flags.discover)
        trustsNetwork = try truth("trust-network", flags.trustNetwork)
        discovery = file?.discovery ?? DiscoverySettings()

        let named = file?.hosts ?? []
        connect = try Self.uris(list("connect", flags.connect), isEnough: !named.isEmpty || discovers.value)
        hosts = Self.hosts(named, and: connect)
        pools = file?.pools ?? []
        deadlines = file?.deadlines ?? Deadlines()

        guard isServed else { return }
        guard discovers.value || !trustsNetwork.value else {
            throw SettingsError("--trust-network is about hosts that announce themselves. Look for them with --discover, or leave it out.")
        }
        try check()
    }

    private static func address(_ given: Given?) throws(SettingsError) -> Setting<ListenAddress> {
        guard let given else { return Setting(ListenAddress(host: "127.0.0.1", port: 8080), .default) }
        guard let address = ListenAddress(given.text) else {
            throw given.error("is HOST:PORT, for example 127.0.0.1:8080 or [::1]:8080; this is \(given.quoted).")
        }
        return Setting(address, given.origin)
    }

    /// What `connect` says, or libvirt's test host where nothing else is named.
    private static func uris(_ given: [Given], isEnough: Bool) throws(SettingsError) -> Setting<[String]> {
        try Given.list(given) { item throws(SettingsError) in
            guard item.origin != .file || !item.text.contains(where: \.isWhitespace) else {
                throw item.error("is a list of libvirt connection URIs; this is \(item.quoted).")
            }
            return item.text
        } ?? Setting(isEnough ? [] : ["test:///default"], .default)
    }

    private static func hosts(_ entries: [HostEntry], and connect: Setting<[String]>) -> [Setting<HostConfiguration>] {
        var naming = HostNaming(reserved: entries.compactMap(\.name))
        var hosts = entries.map { entry in
            var settings = entry.settings
            settings.name = entry.name ?? naming.name(ConnectionURI(settings.uri).hostName)
            return Setting(settings, .file)
        }
        for uri in connect.value where !hosts.contains(where: { $0.value.uri == uri }) {
            hosts.append(Setting(HostConfiguration(name: naming.name(ConnectionURI(uri).hostName), uri: uri), connect.origin))
        }
        return hosts
    }

    /// Throws where options do not go together.
    private func check() throws(SettingsError) {
        guard (tlsCertificate.value == nil) == (tlsKey.value == nil) else {
            throw SettingsError("--tls-certificate and --tls-key belong together: a certificate is of no use without its key.")
        }
        guard tokens.value == nil || users.value != nil else {
            throw SettingsError("--tokens needs --users: a token is a user's, and ends with him.")
        }
        guard sessionKey.value == nil && sessionLifetime.origin == .default || users.value != nil else {
            throw SettingsError("--session-key and --session-lifetime need --users: only a user has a session.")
        }
        switch visibility.value {
        case .owner:
            guard users.value == nil else { return }
            throw SettingsError(
                "With --visibility owner nobody is anonymous, so it needs --users, a file with users and the hashes of their passwords.")
        case .everyone:
            guard authority.grants.isEmpty else {
                throw SettingsError(
                    "With --visibility everyone everybody may do everything, so grants give nothing. Use --visibility owner, or leave them out.")
            }
            guard !isOpen || isInsecure.value else {
                throw SettingsError(
                    "Everyone who reaches \(listen.value.host) could modify every domain. "
                        + "Listen on 127.0.0.1, or use --visibility owner, or --access read-only, or say --insecure.")
            }
        }
    }

    /// Whether everyone on the network may modify everything.
    private var isOpen: Bool { visibility.value == .everyone && access.value == .readWrite && !listen.value.isLoopback }

    /// What every page warns of.
    public var warning: String? {
        var warnings: [String] = []
        if isOpen { warnings.append("Everyone who reaches this server may modify every virtual machine (--insecure).") }
        if trustsNetwork.value {
            warnings.append("This server trusts the network: it connects to whatever announces itself there as a host (--trust-network).")
        }
        return warnings.isEmpty ? nil : warnings.joined(separator: " ")
    }

    /// The pool of that name.
    public func pool(named name: String) -> PermissionPool? { pools.first { $0.name == name } }

    /// The pools by the names of the hosts that are in them.
    public var poolsByHost: [String: PermissionPool] {
        let byName = Dictionary(pools.map { ($0.name, $0) }) { first, _ in first }
        return Dictionary(hosts.map(\.value).compactMap { host in host.pool.flatMap { byName[$0] }.map { (host.name, $0) } }) { first, _ in first }
    }
}
