// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Settings

/// The command line. What it leaves out is read from the environment, and then from the configuration file.
struct Options: ParsableArguments {
    @Option(help: "A YAML file with these options, hosts, pools and deadlines; see docs/configuration.md (default: none).")
    var config: String?

    @Option(help: "Address to serve, HOST:PORT (default: 127.0.0.1:8080).")
    var listen: String?

    @Option(help: "A libvirt host's connection URI; repeatable; adds to the hosts of the file (default: test:///default).")
    var connect: [String] = []

    @Flag(help: "Look for hosts that announce themselves by mDNS, and join those that the configuration file allows.")
    var discover = false

    @Flag(name: .customLong("trust-network"), help: "Join every host that is announced, whoever announces it.")
    var trustNetwork = false

    @Option(help: "Who sees a domain: everyone or owner (default: everyone).")
    var visibility: String?

    @Option(help: "A file with users and the hashes of their passwords, as htpasswd -B writes it (default: none, nobody authenticates).")
    var users: String?

    @Option(help: "A directory with the tokens of scripts, which handlervirt token makes (default: none).")
    var tokens: String?

    @Option(
        name: .customLong("session-key"),
        help: "A file with the key under which sessions are signed; replicas share it (default: none, sessions end with the server).")
    var sessionKey: String?

    @Option(name: .customLong("session-lifetime"), help: "How long a session lasts, in seconds (default: 43200).")
    var sessionLifetime: String?

    @Option(help: "Where the audit is written: stderr, journald or a file (default: stderr).")
    var audit: String?

    @Option(
        name: .customLong("public-host"),
        help: "A name under which the server is reached, NAME or NAME:PORT; repeatable (default: localhost and the machine's addresses).")
    var publicHosts: [String] = []

    @Option(
        name: .customLong("trusted-proxy"),
        help: "An address or a network whose X-Forwarded-For and X-Forwarded-Proto are believed; repeatable (default: none).")
    var trustedProxies: [String] = []

    @Option(name: .customLong("tls-certificate"), help: "A PEM file with the certificate and its chain: serve TLS (default: none).")
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: "A PEM file with the certificate's key (default: none).")
    var tlsKey: String?

    @Option(help: "Whether domains may be modified: read-only or read-write (default: read-only).")
    var access: String?

    @Flag(help: "Allow read-write access for everyone on an address other than loopback.")
    var insecure = false

    @Option(help: "A directory that overrides the built-in stylesheets, file by file.")
    var stylesheets: String?

    @Option(help: "Who transforms when a browser asks: server or client (default: server).")
    var render: String?

    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning, error or critical (default: info).")
    var logLevel: String?

    var flags: Flags {
        var flags = Flags()
        flags.config = config
        flags.listen = listen
        flags.connect = connect
        flags.access = access
        flags.visibility = visibility
        flags.users = users
        flags.tokens = tokens
        flags.sessionKey = sessionKey
        flags.sessionLifetime = sessionLifetime
        flags.audit = audit
        flags.publicHosts = publicHosts
        flags.trustedProxies = trustedProxies
        flags.tlsCertificate = tlsCertificate
        flags.tlsKey = tlsKey
        flags.insecure = insecure
        flags.discover = discover
        flags.trustNetwork = trustNetwork
        flags.stylesheets = stylesheets
        flags.render = render
        flags.logLevel = logLevel
        return flags
    }
}
