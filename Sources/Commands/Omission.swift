// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// Why some of libvirt's functions are no commands.
enum Omission {
    /// Words of function names, in the order in which they are looked for.
    private static let reasons: [(words: [String], reason: String)] = [
        (["virEvent"], "It runs libvirt's event loop, which the server does by itself."),
        (
            ["EventRegister", "EventDeregister", "RegisterCloseCallback", "UnregisterCloseCallback"],
            "It sets up a callback, which would not outlive the request."
        ),
        (
            ["virStream", "OpenConsole", "OpenChannel", "OpenGraphics", "Screenshot", "VolDownload", "VolUpload"],
            "It moves data through a stream, which the answer to a command does not carry."
        ),
        (["WithFiles", "FDAssociate"], "It takes open file descriptors, which HTTP does not carry."),
        (["LookupBy", "LookupSCSIHostByWWN"], "It finds an object. Here a URL does."),
        (["virTypedParam"], "It builds typed parameters, which requests name one by one."),
        (["Error"], "It handles errors, which faults show."),
        (
            ["virConnectOpen", "virConnectClose", "virConnectSetKeepAlive", "virConnectSetIdentity", "virInitialize"],
            "It manages connections, which the server does by itself."
        ),
    ]

    /// Nil for a function that is offered if it can be called.
    static func reason(for function: Function) -> String? {
        let name = function.name
        // Reading which disks had errors has the word, but handles none.
        if name != "virDomainGetDiskErrors", let found = reasons.first(where: { $0.words.contains { name.contains($0) } }) { return found.reason }
        let endings = ["Free", "Ref", "GetConnect", "GetDomain", "PortGetNetwork"]
        return endings.contains { name.hasSuffix($0) } ? "It manages handles in memory, which the server does by itself." : nil
    }

    /// Of a function that is neither regular nor known.
    static func unknown(_ function: Function) -> String {
        "It needs an adapter: its arguments are of no family that calls are generated for, or it is newer than the libvirt that this server was built with."
    }
}
