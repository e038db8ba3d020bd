// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Commands
@testable import Libvirt

/// How much of libvirt is offered.
@Suite struct CoverageTests {
    /// One line for each part of libvirt, and below it why the rest is not offered.
    private func table() -> String {
        let offered = Set(CommandTable.all.map(\.name))
        let reasons = Dictionary(uniqueKeysWithValues: CommandTable.missing.map { ($0.function.name, $0.reason) })
        var lines = ["libvirt \(LibraryVersion.text): \(offered.count) of \(Function.all.count) functions"]
        for (module, functions) in Dictionary(grouping: Function.all, by: \.module).sorted(by: { $0.key < $1.key }) {
            let here = functions.filter { offered.contains($0.name) }
            let adapted = here.count { $0.isAdapted }
            lines.append("\(module): \(functions.count), offered \(here.count) (\(here.count - adapted) generated, \(adapted) adapted)")
            let rest = Dictionary(grouping: functions.compactMap { reasons[$0.name] }) { $0 }.mapValues(\.count)
            lines += rest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "    \($0.value)  \($0.key)" }
        }
        return lines.joined(separator: "\n")
    }

    @Test func `every function is offered, or it is said why not`() {
        print(table())
        let (offered, missing) = (CommandTable.all.map(\.name), CommandTable.missing.map(\.function.name))
        #expect(Set(offered).isDisjoint(with: missing))
        #expect(Set(offered + missing) == Set(Function.all.map(\.name)))
        #expect(offered.count + missing.count == Function.all.count)
        #expect(CommandTable.missing.allSatisfy { $0.reason.hasSuffix(".") })
    }

    @Test func `354 of the functions of libvirt 9 are offered`() {
        if LibraryVersion.number < 9_001_000 {
            #expect(CommandTable.all.count == 354)
        } else {
            #expect(CommandTable.all.count >= 354)
        }
    }

    @Test(.enabled("this libvirt is newer than 9.0") { LibraryVersion.number < 9_001_000 })
    func `no function of libvirt 9 needs an adapter that is not there`() {
        let unknown = CommandTable.missing.filter { $0.reason == Omission.unknown($0.function) }.map(\.function.name)
        #expect(unknown == [])
    }

    @Test func `no function that is omitted for a reason is offered, and none is spared by chance`() {
        for command in CommandTable.all { #expect(Omission.reason(for: command.function) == nil, "\(command.name)") }
        let reasons = Dictionary(uniqueKeysWithValues: CommandTable.missing.map { ($0.function.name, $0.reason) })
        let facts = [
            "virDomainFree": "handles in memory", "virDomainRef": "handles in memory", "virDomainGetConnect": "handles in memory",
            "virDomainLookupByName": "URL", "virStorageVolUpload": "stream", "virDomainOpenConsole": "stream", "virStreamSend": "stream",
            "virConnectDomainEventRegisterAny": "callback", "virDomainCreateWithFiles": "file descriptors", "virConnectOpen": "connections",
            "virEventRunDefaultImpl": "event loop", "virGetLastError": "errors", "virTypedParamsAddInt": "typed parameters",
        ]
        for (name, word) in facts { #expect(reasons[name]?.contains(word) == true, "\(name): \(reasons[name] ?? "offered")") }
        #expect(CommandTable.command("virDomainGetDiskErrors") != nil)
    }

    @Test(arguments: Notes.all.map(\.name)) func `a note is of a function that there is`(name: String) {
        #expect(Function.all.contains { $0.name == name } || LibraryVersion.number < 9_000_000)
        #expect(Notes.all.count { $0.name == name } == 1)
        #expect(CommandTable.command(name) != nil)
    }
}

/// The libvirt whose API description the build read: the release that brought its newest function.
enum LibraryVersion {
    static let parts = Function.all.map { $0.since.split(separator: ".").map { UInt($0) ?? 0 } }.max { $0.lexicographicallyPrecedes($1) } ?? []
    static let text = parts.map(String.init).joined(separator: ".")
    static let number = (parts + [0, 0, 0]).prefix(3).reduce(0) { $0 * 1000 + $1 }
}
