// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Testing

@Suite struct ValueTests {
    @Test(arguments: [
        "6695eb01-f6a4-8304-79aa-97f2502e193f", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "01234567-89ab-cdef-0123-456789abcdef",
    ])
    func `a UUID is read in each of its forms and written in one`(text: String) throws {
        let uuid = try #require(UUID(text))
        #expect(uuid.bytes.count == 16)
        #expect(uuid.description == text)
        #expect(UUID(text.uppercased()) == uuid)
        #expect(UUID(text.filter { $0 != "-" }) == uuid)
    }

    @Test func `the bytes of a UUID are in the order of its digits`() {
        #expect(UUID("01234567-89ab-cdef-0123-456789abcdef")?.bytes.prefix(8) == [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF])
    }

    @Test(arguments: [
        "", "test", "6695eb01-f6a4-8304-79aa-97f2502e193", "6695eb01-f6a4-8304-79aa-97f2502e193ff", "6695eb01-f6a4-8304-79aa-97f2502e193g",
        "6695eb01f6a4-8304-79aa-97f2502e193f", "6695eb01-f6a4-8304-79aa--7f2502e193f", "{6695eb01-f6a4-8304-79aa-97f2502e193f}",
        " 6695eb01-f6a4-8304-79aa-97f2502e193f", "6695eb01_f6a4_8304_79aa_97f2502e193f", "6695eb0-1f6a4-8304-79aa-97f2502e193f",
        "é695eb01-f6a4-8304-79aa-97f2502e193", "6695eb01-f6a4-8304-79aa-97f2502e193\0", "+695eb01f6a4830479aa97f2502e193f",
    ])
    func `anything else is no UUID`(text: String) {
        #expect(UUID(text) == nil)
    }

    @Test func `the states are those of libvirt`() {
        let names = [
            "VIR_DOMAIN_NOSTATE", "VIR_DOMAIN_RUNNING", "VIR_DOMAIN_BLOCKED", "VIR_DOMAIN_PAUSED", "VIR_DOMAIN_SHUTDOWN",
            "VIR_DOMAIN_SHUTOFF", "VIR_DOMAIN_CRASHED", "VIR_DOMAIN_PMSUSPENDED",
        ]
        #expect(Enumeration.virDomainState.name == "virDomainState")
        #expect((0..<8).map { Enumeration.virDomainState.name(of: $0) } == names)
        #expect(names.map { Enumeration.virDomainState[$0]?.value } == Array(0..<8))
        #expect(Enumeration.virDomainState.constants.map(\.name).filter { !$0.hasSuffix("_LAST") } == names)
        #expect(Enumeration.virDomainState.name(of: 8) == nil)
        #expect(Enumeration.virDomainState.name(of: -1) == nil)
        #expect(Enumeration.virDomainState["VIR_DOMAIN_NOSUCH"] == nil)
        #expect(DomainState.texts.count == names.count)
    }

    @Test(
        arguments: [
            (0, 0, "no state", "VIR_DOMAIN_NOSTATE_UNKNOWN", "unknown", false), (1, 1, "running", "VIR_DOMAIN_RUNNING_BOOTED", "booted", true),
            (2, 0, "blocked", "VIR_DOMAIN_BLOCKED_UNKNOWN", "unknown", true), (3, 5, "paused", "VIR_DOMAIN_PAUSED_IOERROR", "ioerror", true),
            (4, 1, "shutdown", "VIR_DOMAIN_SHUTDOWN_USER", "user", true),
            (5, 2, "shutoff", "VIR_DOMAIN_SHUTOFF_DESTROYED", "destroyed", false),
            (6, 1, "crashed", "VIR_DOMAIN_CRASHED_PANICKED", "panicked", false),
            (7, 0, "pmsuspended", "VIR_DOMAIN_PMSUSPENDED_UNKNOWN", "unknown", true),
            (3, 10, "paused", "VIR_DOMAIN_PAUSED_CRASHED", "crashed", true),
            (3, 12, "paused", "VIR_DOMAIN_PAUSED_POSTCOPY", "postcopy", true),
            (3, 8, "paused", "VIR_DOMAIN_PAUSED_SHUTTING_DOWN", "shutting down", true),
        ] as [(Int32, Int32, String, String, String, Bool)])
    func `a state has a text, a reason and says whether it runs`(
        state: Int32, reason: Int32, text: String, reasonName: String, reasonText: String, isActive: Bool
    ) {
        let state = DomainState(state: state, reason: reason)
        #expect(state.text == text)
        #expect(state.reasonName == reasonName)
        #expect(state.reasonText == reasonText)
        #expect(state.isActive == isActive)
    }

    @Test func `a state or reason newer than our libvirt has no name`() {
        #expect(DomainState(state: 99, reason: 0).name == nil)
        #expect(DomainState(state: 99, reason: 0).text == "no state")
        #expect(DomainState(state: -1, reason: 0).text == "no state")
        #expect(DomainState(state: 1, reason: 99).reasonName == nil)
        #expect(DomainState(state: 1, reason: 99).reasonText == "unknown")
    }

    @Test func `flags are the constants that are bits`() {
        #expect(
            Enumeration.virDomainModificationImpact.flags.map(\.name) == ["VIR_DOMAIN_AFFECT_LIVE", "VIR_DOMAIN_AFFECT_CONFIG"])
        #expect(Enumeration.virDomainXMLFlags.flags.map(\.value).prefix(4) == [1, 2, 4, 8])
    }

    @Test func `constants have libvirt's documentation`() {
        #expect(Enumeration.virDomainState["VIR_DOMAIN_SHUTOFF"]?.documentation.hasPrefix("the domain is shut off") == true)
        #expect(Enumeration.virDomainState.constants.allSatisfy { !$0.documentation.contains("\n") })
    }

    @Test(
        arguments: [
            (.virDomainCreate, "int virDomainCreate(virDomainPtr domain)"),
            (.virDomainGetXMLDesc, "char *virDomainGetXMLDesc(virDomainPtr domain, unsigned int flags)"),
            (.virDomainGetState, "int virDomainGetState(virDomainPtr domain, int *state, int *reason, unsigned int flags)"),
            (.virDomainGetName, "const char *virDomainGetName(virDomainPtr domain)"),
            (.virConnectGetVersion, "int virConnectGetVersion(virConnectPtr conn, unsigned long *hvVer)"),
            (.virInitialize, "int virInitialize(void)"),
        ] as [(Function, String)])
    func `a function's signature is C`(function: Function, signature: String) {
        #expect(function.signature == signature)
    }

    @Test func `a function's summary is its first sentence`() {
        #expect(Function.virDomainGetState.summary == "Extract domain state.")
        #expect(Function.virDomainGetInfo.summary.hasPrefix("Extract information about a domain."))
        for function in [Function.virDomainCreate, .virDomainDestroy, .virDomainGetXMLDesc, .virConnectGetCapabilities] {
            #expect(!function.summary.isEmpty)
            #expect(!function.summary.contains("\n"))
            #expect(function.summary.count <= function.documentation.count)
        }
    }

    @Test func `a function says since when there is it`() {
        #expect(Function.virDomainCreate.since == "0.1.1")
        #expect(Function.virDomainCreate.returnType == "int")
        #expect(Function.virDomainCreate.arguments.map(\.name) == ["domain"])
        #expect(Function.virDomainCreate.arguments.first?.documentation.isEmpty == false)
    }

    @Test func `a domain goes over to another host while it is paused for that`() {
        #expect(DomainState(state: 3, reason: 2).isGoingOver)
        for state in [DomainState(state: 3, reason: 1), DomainState(state: 1, reason: 2), .running, .paused, .shutoff] { #expect(!state.isGoingOver) }
    }
}
