// SPDX-License-Identifier: GPL-2.0-or-later

/// Why an announced host is not connected to. A closed set: no text of the network's is in it.
enum Refusal: String, Error, CaseIterable, Sendable {
    case notAllowed = "not-allowed"
    case unreadable
    case driver
    case address
    case transport
    case closed
    case imitation
    case full

    var sentence: String {
        switch self {
        case .notAllowed: "No rule of the configuration allows it. An administrator allows it in the file, below discovery: allow."
        case .unreadable: "Its announcement is not written as domumdns writes it."
        case .driver: "It announces a driver that hosts are not joined by."
        case .address: "It announces an address that is no other machine's."
        case .transport: "It does not listen by the transport that the configuration wants for it."
        case .closed: "It announces no port to connect to. domumdns is told of it by --tls-port or --tcp-port."
        case .imitation: "It bears the name or the UUID of a host that is known at another address. It is not connected to."
        case .full: "As many hosts are joined as announcements may add."
        }
    }
}
