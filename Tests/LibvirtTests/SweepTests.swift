// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Libvirt
import Testing

/// Calls all that can be called, with arguments that are of the right type and mostly wrong, so that libvirt fails at each of the
/// places where it may have allocated something: AddressSanitizer says what nobody freed, or freed twice.
@Suite struct SweepTests {
    /// What would free what is lent, or open a file of this process.
    private static let spared = ["Free", "Ref", "Close", "virDomainOpenGraphics", "virConnectSetIdentity"]

    /// A hypervisor of its own, which goes with its connection.
    private static let node = """
        <node><domain type='test'><name>own</name><memory>1024</memory><vcpu>2</vcpu><iothreads>1</iothreads><os><type>hvm</type></os><devices>
        <disk type='file'><source file='/nowhere'/><target dev='vda'/></disk></devices></domain>
        <network><name>own</name><bridge name='own0'/></network><pool type='dir'><name>own</name><target><path>/own</path></target></pool>
        <interface type='ethernet' name='own'><start mode='onboot'/></interface>
        <device><name>own</name><capability type='system'><hardware><vendor>v</vendor><uuid>11111111-2222-3333-4444-555555555555</uuid></hardware>
        <firmware><vendor>v</vendor></firmware></capability></device></node>
        """

    private func argument(_ argument: Function.Argument) -> CallArguments.Argument? {
        switch argument.type {
        case "const char *": .string(argument.name.lowercased().contains("xml") ? "<wrong/>" : "/no such place/x")
        case "const char **": .strings(["<wrong/>", "x"])
        case "unsigned char *": .bytes([1])
        case "virTypedParameterPtr": .parameters([TypedParameter(name: "nosuch", value: .string("x"))])
        default: nil
        }
    }

    @Test(arguments: [ObjectKind.connection, .domain, .snapshot, .checkpoint, .network, .pool, .volume, .interface, .device])
    func `every function of a kind gives something or says why not`(kind: ObjectKind) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "node-\(randomUUID()).xml")
        try Self.node.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var succeeded = 0
        let functions = Function.all.filter { function in
            function.object == kind && function.isCallable && !Self.spared.contains { function.name.hasSuffix($0) }
        }
        for function in functions {
            let host = try OwnObject.host("test://\(file.path)")
            let object = try made(kind, in: host)
            let values = function.arguments.dropFirst().compactMap { item in argument(item).map { (item.name, $0) } }
            if let error = object.refusal(function, Dictionary(values) { first, _ in first }) {
                #expect(error.code.rawValue != 0, "\(function.name)")
                #expect(!error.message.isEmpty && error.message != "libvirt gave no reason", "\(function.name)")
            } else {
                succeeded += 1
            }
        }
        #expect(functions.count >= 6)
        #expect(succeeded >= 3, "of \(functions.count)")
    }

    private func made(_ kind: ObjectKind, in host: OwnObject) throws -> OwnObject {
        switch kind {
        case .connection: return host
        case .domain: return host.child(.domain, "own")
        case .snapshot: return try host.child(.domain, "own").makeSnapshot("own")
        case .checkpoint:
            let domain = host.child(.domain, "own")
            try domain.call(.virDomainCheckpointCreateXML, ["xmlDesc": .string("<domaincheckpoint><name>own</name></domaincheckpoint>")])
            return domain.child(.checkpoint, "own")
        case .volume: return try host.child(.pool, "own").makeVolume("own")
        default: return host.child(kind, "own")
        }
    }
}
