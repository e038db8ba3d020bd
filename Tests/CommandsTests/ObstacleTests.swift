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
}
