// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Avahi
import Libvirt

extension AnnouncedHost {
    init(_ key: HostSighting.Key, _ entry: Announcements.HostEntry, _ standing: Standing, reason: String? = nil, host: String? = nil) {
        name = key.name
        addresses = Set(entry.places.map(\.address.description)).sorted()
        driver = key.driver.rawValue
        uuid = key.uuid?.description
        domains = entry.last.domains
        self.standing = standing
        self.reason = reason
        self.host = host
        lost = entry.lost
    }

    /// One that could not be read, of which nothing is shown but its name without what cannot be seen.
    init(_ service: Service.Key, _ refusal: Refusal) {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: service.name.unicodeScalars.prefix(63).map { Self.isVisible($0) ? $0 : "\u{FFFD}" })
        name = String(scalars)
        addresses = []
        (driver, uuid, domains, host, lost) = (nil, nil, nil, nil, nil)
        standing = .refused
        reason = refusal.sentence
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
