// SPDX-License-Identifier: GPL-2.0-or-later

/// A set of permissions under a name, which grants give to users and groups.
public struct Role: Hashable, Sendable {
    public let name: String
    public let permissions: [PermissionPattern]

    public init(name: String, permissions: [PermissionPattern]) {
        self.name = name
        self.permissions = permissions
    }

    public func gives(_ permission: Permission) -> Bool { permissions.contains { $0.matches(permission) } }
}

extension Role {
    /// Everything.
    public static let admin = Role("admin", "*:*")

    /// Whatever there is, without changing any of it.
    public static let viewer = Role("viewer", looking)

    /// Looks at everything, and starts and stops every domain.
    public static let `operator` = Role("operator", looking + " " + lifecycle)

    /// A domain of one's own, with nothing that reaches beyond it to the host.
    public static let owner = Role("owner", owning + " " + possessions)

    /// The same with everything that is as good as root on the host.
    public static let ownerXML = Role("owner-xml", "domain:* " + possessions + " storage_vol:* hv:raw hv:tune")

    public static let builtIn = [admin, .operator, owner, ownerXML, viewer]

    private static let looking = "*:getattr *:read *:search_* hv:metrics"
    private static let lifecycle = words("domain", "start stop suspend reset init_control hibernate pm_control")
    private static let owning =
        words("domain", "getattr read write save") + " " + lifecycle + " "
        + words(
            "domain",
            "inject_nmi send_input send_signal screenshot open_graphics open_device snapshot checkpoint fs_freeze fs_trim set_time set_password")
    private static let possessions =
        words("storage_pool", "getattr read search_storage_vols refresh") + " " + words("storage_vol", "getattr read data_read data_write") + " "
        + words("network", "getattr read")

    private static func words(_ object: String, _ actions: String) -> String {
        actions.split(separator: " ").map { "\(object):\($0)" }.joined(separator: " ")
    }

    private init(_ name: String, _ text: String) {
        self.init(name: name, permissions: text.split(separator: " ").compactMap { PermissionPattern(String($0)) })
    }
}
