// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Cluster
import Inventory
public import Libvirt
public import Operations

/// Where each noun lives. Links use UUIDs and full function names, so that they never hit a successor of the same name.
public enum Links {
    public static let vms = "/virt"
    public static let hosts = "/hosts"
    public static let commands = "/commands"
    public static let settings = "/settings"
    public static let audit = "/audit"
    public static let login = "/login"
    public static let logout = "/logout"

    /// The form to log in.
    /// - Parameter next: where it leads to then.
    public static func login(next: String?) -> String {
        guard let next, !next.hasPrefix(login), !next.hasPrefix(logout) else { return login }
        return "\(login)?\(URLEncodedForm.encode([("next", next)]))"
    }

    public static func owner(_ owner: String) -> String { "\(vms)/\(PathSegment.encode(owner))" }

    public static func vm(owner: String, key: String) -> String { "\(self.owner(owner))/\(PathSegment.encode(key))" }

    /// Its own address, or where its copies on other hosts leave open which is meant, that of this copy.
    public static func vm(_ vm: VM) -> String {
        vm.standing == .chosen ? self.vm(owner: vm.owner, key: vm.record.uuid.description) : domain(uuid: vm.record.uuid.description, host: vm.host)
    }

    public static func host(_ name: String) -> String { "\(hosts)/\(PathSegment.encode(name))" }

    /// One copy of a domain, where several hosts hold it.
    public static func domain(uuid: String, host: String) -> String { "\(self.host(host))/domains/\(PathSegment.encode(uuid))" }

    /// The objects of a kind that belong to what lives at `object`.
    public static func collection(_ kind: ObjectKind, of object: String) -> String { "\(object)/\(kind.plural)" }

    /// An object of a host.
    /// - Parameter owner: of the domain that it is or belongs to; nil if that is not known.
    public static func object(_ path: ObjectPath, host: String, owner: String? = nil) -> String {
        guard let owner, let first = path.steps.first, first.kind == .domain else { return object(path, under: self.host(host)) }
        return object(ObjectPath(Array(path.steps.dropFirst())), under: vm(owner: owner, key: first.key.description))
    }

    /// An object of what lives at `address`.
    public static func object(_ path: ObjectPath, under address: String) -> String {
        path.steps.reduce(address) { "\(collection($1.kind, of: $0))/\(PathSegment.encode(bytes: $1.key.bytes))" }
    }

    public static func command(_ name: String, of object: String) -> String { "\(object)/\(PathSegment.encode(name))" }

    public static func reference(_ command: String) -> String { "\(commands)/\(PathSegment.encode(command))" }
}
