// SPDX-License-Identifier: GPL-2.0-or-later

/// A parser of ours, and what holds for it whatever it is given. `HANDLERVIRT_FUZZ` names the one that is tried.
enum Target: String, CaseIterable {
    case accept
    case authority
    case cookie
    case cpus
    case credentials
    case hash
    case markup
    case mediatype
    case multipart
    case partheader
    case query
    case segment
    case target
    case xpath

    func run(_ bytes: [UInt8]) {
        switch self {
        case .accept: Properties.accept(bytes)
        case .authority: Properties.authority(bytes)
        case .cookie: Properties.cookie(bytes)
        case .cpus: Properties.cpus(bytes)
        case .credentials: Properties.credentials(bytes)
        case .hash: Properties.hash(bytes)
        case .markup: Properties.markup(bytes)
        case .mediatype: Properties.mediaType(bytes)
        case .multipart: MultipartProperties.hold(bytes)
        case .partheader: Properties.partHeader(bytes)
        case .query: Properties.query(bytes)
        case .segment: Properties.segment(bytes)
        case .target: Properties.target(bytes)
        case .xpath: Properties.xpath(bytes)
        }
    }
}
