// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation

/// A host as the file names it; its name may be left out.
struct HostEntry {
    static let keys = ["name", "title", "uri", "migration-uri", "tls", "pool"]

    var name: String?
    /// The rest; its name does not count.
    var settings: HostConfiguration
    let line: Int

    /// - Parameters:
    ///   - pools: the names of those that there are.
    ///   - others: those that stand before it.
    init(_ value: YAMLValue, pools: Set<String>, after others: [HostEntry]) throws(SettingsError) {
        let values = try value.mapping(Self.keys)
        line = value.line
        guard let uri = values["uri"] else { throw SettingsError("\(value.place)This host has no uri.") }
        settings = HostConfiguration(name: "", uri: try uri.uri())
        if let same = others.first(where: { $0.settings.uri == settings.uri }) {
            throw uri.error("is that of the host in line \(same.line); a host is named once.")
        }
        name = try values["name"]?.hostName()
        if let name, let same = others.first(where: { $0.name == name }) {
            throw (values["name"] ?? value).error("is that of the host in line \(same.line); each has a name of its own.")
        }
        settings.title = try values["title"]?.text()
        settings.migrationURI = try values["migration-uri"]?.uri()
        if let tls = values["tls"] { settings.tls = try HostConfiguration.TLS(tls) }
        settings.pool = try values["pool"]?.pool(among: pools)
    }
}

extension HostConfiguration.TLS {
    init(_ value: YAMLValue) throws(SettingsError) {
        let values = try value.mapping(["name", "ca", "certificate", "key"])
        self.init(
            name: try values["name"]?.text(), authority: try values["ca"]?.readableFile(), certificate: try values["certificate"]?.readableFile(),
            key: try values["key"]?.readableFile())
        guard (certificate == nil) == (key == nil) else { throw value.error("has a certificate and its key, or neither.") }
    }
}

extension YAMLValue {
    /// A file that can be read, as an absolute path or as given.
    func readableFile() throws(SettingsError) -> String {
        let path = ConfigurationFile.path(try text(), beside: file)
        guard FileManager.default.isReadableFile(atPath: path) else { throw error("is a file; there is none to be read at \u{201C}\(path)\u{201D}.") }
        return path
    }

    fileprivate func uri() throws(SettingsError) -> String {
        let uri = try text()
        guard !uri.contains(where: \.isWhitespace) else { throw error("is a libvirt connection URI, such as qemu:///system, without white space.") }
        return uri
    }

    /// What can be a segment of a URL as it is.
    fileprivate func hostName() throws(SettingsError) -> String {
        let name = try text()
        guard let first = name.first, first != ".", first != "~", !name.contains(where: { $0.isWhitespace || "/?#%\\".contains($0) }) else {
            throw error("is a segment of URLs: no white space, no / ? # % or \\, and neither . nor ~ in front; this is \u{201C}\(name)\u{201D}.")
        }
        return name
    }
}
