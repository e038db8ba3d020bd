// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Inventory
import Libvirt
public import Operations

/// Where each noun lives. Links use UUIDs and full function names, so that they never hit a successor of the same name.
public enum Links {
    public static let vms = "/virt"
    public static let hosts = "/hosts"
    public static let commands = "/commands"

    public static func owner(_ owner: String) -> String { "\(vms)/\(PathSegment.encode(owner))" }

    public static func vm(owner: String, key: String) -> String { "\(self.owner(owner))/\(PathSegment.encode(key))" }

    public static func vm(_ vm: VM) -> String { self.vm(owner: vm.owner, key: vm.record.uuid.description) }

    public static func host(_ name: String) -> String { "\(hosts)/\(PathSegment.encode(name))" }

    /// One copy of a domain, where several hosts hold it.
    public static func domain(uuid: String, host: String) -> String { "\(self.host(host))/domains/\(PathSegment.encode(uuid))" }

    public static func command(_ name: String, of object: String) -> String { "\(object)/\(PathSegment.encode(name))" }

    public static func reference(_ command: String) -> String { "\(commands)/\(PathSegment.encode(command))" }
}
