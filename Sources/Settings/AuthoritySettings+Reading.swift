// SPDX-License-Identifier: GPL-2.0-or-later
import Access

extension AuthoritySettings {
    static let keys = ["groups", "roles", "grants", "owners"]

    /// Reads what of `values` is about authority.
    /// - Parameter known: every permission that there is.
    init(_ values: [String: YAMLValue], known: Set<Permission>) throws(SettingsError) {
        for (key, value) in try values["groups"]?.entries() ?? [] {
            var members: [String] = []
            for item in try value.named("groups: \(key.name)").list(of: "groups: \(key.name)") { members.append(try item.user()) }
            groups.append(Group(name: key.name, members: members))
        }
        for (key, value) in try values["roles"]?.entries() ?? [] {
            if Role.builtIn.contains(where: { $0.name == key.name }) { throw key.error("is the name of a built-in role.") }
            roles.append(Role(name: key.name, permissions: try value.permissions(of: "roles", key, what: "role", known: known)))
        }
        let all = Role.builtIn + roles
        for value in try values["grants"]?.list(of: "grants") ?? [] {
            grants.append(try Grant(value, roles: all, groups: Set(groups.map(\.name))))
        }
        var entries: [OwnerRules.Entry] = []
        for (key, value) in try values["owners"]?.entries() ?? [] { entries.append(try OwnerRules.Entry(key, value)) }
        rules = OwnerRules(entries)
    }
}

extension Grant {
    fileprivate init(_ value: YAMLValue, roles: [Role], groups: Set<String>) throws(SettingsError) {
        let values = try value.mapping(["role", "user", "group", "on"])
        guard let roleName = values["role"] else { throw SettingsError("\(value.place)This grant has no role.") }
        let name = try roleName.text()
        guard let role = roles.first(where: { $0.name == name }) else {
            throw roleName.error("is one of: \(roles.map(\.name).joined(separator: ", ")); this is \u{201C}\(name)\u{201D}.")
        }
        let grantee: Grantee
        switch (values["user"], values["group"]) {
        case (let user?, nil): grantee = .user(try user.user())
        case (nil, let group?):
            let name = try group.text()
            guard groups.contains(name) else { throw group.error("is one of groups; there is none of the name \u{201C}\(name)\u{201D}.") }
            grantee = .group(name)
        default: throw SettingsError("\(value.place)A grant is for a user or for a group.")
        }
        self.init(role, to: grantee, on: try values["on"]?.scope() ?? role.usualScope)
    }
}

extension OwnerRules.Entry {
    fileprivate init(_ key: YAMLValue, _ value: YAMLValue) throws(SettingsError) {
        self.init(owner: try key.named("owners").userName(key.name))
        let values = try value.named("owners: \(key.name)").mapping(["vms", "hosts", "pools", "volumes", "networks"])
        func patterns(_ name: String) throws(SettingsError) -> [TextPattern] {
            var patterns: [TextPattern] = []
            for item in try values[name]?.list(of: "owners: \(key.name): \(name)") ?? [] {
                if let pattern = TextPattern(try item.text()) { patterns.append(pattern) }
            }
            return patterns
        }
        domains = try patterns("vms")
        hosts = try patterns("hosts")
        pools = try patterns("pools")
        volumes = try patterns("volumes")
        networks = try patterns("networks")
    }
}

extension Role {
    /// What a grant of it is for that does not say: what belongs to the user, for the roles of owners.
    fileprivate var usualScope: Scope { self == .owner || self == .ownerXML ? .own : .everything }
}

extension YAMLValue {
    fileprivate func user() throws(SettingsError) -> String { try userName(try text()) }

    fileprivate func userName(_ name: String) throws(SettingsError) -> String {
        guard name != "nobody", !name.contains(":") else { throw error("is the name of a user, without a colon, and other than nobody.") }
        return name
    }

    fileprivate func scope() throws(SettingsError) -> Scope {
        let text = try text()
        guard let scope = Scope(text) else {
            let kinds = (["vm", "owner", "host"] + Scope.kinds).joined(separator: ", ")
            throw error("is *, own, or one of \(kinds) with a colon and a pattern, such as vm:web-*; this is \u{201C}\(text)\u{201D}.")
        }
        return scope
    }

    /// The permissions that the value of a key lists.
    func permissions(of name: String, _ key: YAMLValue, what: String, known: Set<Permission>) throws(SettingsError) -> [PermissionPattern] {
        guard let list = try named("\(name): \(key.name)").mapping(["permissions"])["permissions"] else {
            throw SettingsError("\(key.place)The \(what) \(key.name) has no permissions; an empty list gives none.")
        }
        var patterns: [PermissionPattern] = []
        for item in try list.list(of: "\(name): \(key.name): permissions") {
            let text = try item.text()
            guard let pattern = PermissionPattern(text) else {
                throw item.error("are written object:permission, such as domain:read, domain:* or *:getattr; this is \u{201C}\(text)\u{201D}.")
            }
            guard known.contains(where: pattern.matches) else {
                throw item.error("are libvirt's; \u{201C}\(text)\u{201D} is none of them.")
            }
            patterns.append(pattern)
        }
        return patterns
    }
}
