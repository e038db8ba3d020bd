// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import Libvirt
import Testing

@Suite struct ObstacleTests {
    @Test(
        arguments: [
            ("virDomainCreate", [5, 6]), ("virDomainCreateWithFlags", [5, 6]), ("virDomainShutdown", [1, 2]), ("virDomainReboot", [1, 2]),
            ("virDomainSuspend", [1, 2]), ("virDomainResume", [3]), ("virDomainDestroy", [1, 2, 3, 4, 7]), ("virDomainReset", [1, 2, 3, 4, 7]),
            ("virDomainUndefine", Array(0...7)), ("virDomainSetMemory", Array(0...7)), ("virDomainGetInfo", Array(0...7)),
            ("virDomainInterfaceStats", [1, 2, 3, 4, 7]),
        ] as [(String, [Int32])])
    func `a state that forbids a command is the obstacle`(name: String, states: [Int32]) throws {
        let command = try #require(CommandTable.command(name))
        for number in 0...7 as ClosedRange<Int32> {
            let state = DomainState(state: number, reason: 0)
            let obstacle = command.obstacle(in: state, isPersistent: true)
            #expect(obstacle == (states.contains(number) ? nil : "The domain is \(DomainState.texts[Int(number)])."), "state \(number)")
        }
    }

    @Test func `an obstacle is a sentence`() throws {
        let resume = try #require(CommandTable.command("virDomainResume"))
        #expect(resume.obstacle(in: .shutoff, isPersistent: true) == "The domain is shutoff.")
        #expect(resume.obstacle(in: .running, isPersistent: true) == "The domain is running.")
        let start = try #require(CommandTable.command("virDomainCreate"))
        #expect(start.obstacle(in: .paused, isPersistent: true) == "The domain is paused.")
    }

    @Test(arguments: ["virDomainUndefine", "virDomainUndefineFlags", "virDomainSetAutostart"])
    func `a transient domain has no stored configuration`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(command.obstacle(in: .running, isPersistent: false) == "The domain is transient: it has no stored configuration.")
        #expect(command.obstacle(in: .running, isPersistent: true) == nil)
    }

    @Test(arguments: ["virDomainDestroy", "virDomainSetMemory", "virDomainGetXMLDesc"])
    func `other commands do for a transient domain too`(name: String) throws {
        let command = try #require(CommandTable.command(name))
        #expect(command.obstacle(in: .running, isPersistent: false) == nil)
    }

    @Test(arguments: [
        ("virNetworkCreate", true, false), ("virNetworkDestroy", false, true), ("virStoragePoolCreate", true, false),
        ("virStoragePoolDestroy", false, true),
        ("virStorageVolCreateXML", false, true), ("virStoragePoolBuild", true, false), ("virNetworkGetXMLDesc", false, false),
    ])
    func `an object that is active or not may be the obstacle`(name: String, whenActive: Bool, whenInactive: Bool) throws {
        let command = try command(name)
        let noun = command.object.rawValue
        #expect(command.obstacle(isActive: true, isPersistent: true) == (whenActive ? "The \(noun) is active." : nil))
        #expect(command.obstacle(isActive: false, isPersistent: true) == (whenInactive ? "The \(noun) is not active." : nil))
        #expect(command.obstacle(isActive: nil, isPersistent: nil) == nil)
    }

    @Test(arguments: ["virNetworkUndefine", "virNetworkSetAutostart", "virStoragePoolUndefine"])
    func `a transient object has no stored configuration`(name: String) throws {
        let command = try command(name)
        let sentence = "The \(command.object.rawValue) is transient: it has no stored configuration."
        #expect(command.obstacle(isActive: true, isPersistent: false) == sentence)
        #expect(command.obstacle(isActive: true, isPersistent: true) == nil)
    }
}
