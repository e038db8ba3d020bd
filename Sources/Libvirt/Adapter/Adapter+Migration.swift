// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

extension Adapter {
    static func migrate(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let destination = try destination(arguments)
        return CallResult(
            try unsafe made(
                .domain, of: object,
                virDomainMigrate(
                    object.pointer, destination.pointer, arguments.ulong("flags"), arguments.string("dname"), arguments.string("uri"),
                    arguments.ulong("bandwidth"))))
    }

    static func migrate2(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let destination = try destination(arguments)
        return CallResult(
            try unsafe made(
                .domain, of: object,
                virDomainMigrate2(
                    object.pointer, destination.pointer, arguments.string("dxml"), arguments.ulong("flags"), arguments.string("dname"),
                    arguments.string("uri"), arguments.ulong("bandwidth"))))
    }

    static func migrate3(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let destination = try destination(arguments)
        let domain = unsafe arguments.withTypedParameters("params") { parameters, count in
            unsafe virDomainMigrate3(object.pointer, destination.pointer, parameters, CUnsignedInt(count), arguments.uint("flags"))
        }
        return CallResult(try unsafe made(.domain, of: object, domain))
    }

    private static func destination(_ arguments: CallArguments) throws(LibvirtError) -> Connection {
        guard let connection = arguments.connection("dconn") else {
            throw LibvirtError(code: .invalidArgument, message: "dconn is missing")
        }
        return connection
    }
}
