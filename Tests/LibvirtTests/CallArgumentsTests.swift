// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Testing

@testable import Libvirt

@Suite struct CallArgumentsTests {
    /// libvirt must have begun before any of its functions is called, also of those that build lists.
    init() throws { try EventLoop.register() }

    @Test func `what is missing is 0, NULL or empty`() {
        let arguments = CallArguments()
        #expect(arguments.int("x") == 0 && arguments.uint("x") == 0 && arguments.llong("x") == 0)
        #expect(arguments.ulong("x") == 0 && arguments.ullong("x") == 0)
        #expect(arguments.string("x") == nil)
        #expect(arguments.bytes("x").isEmpty && arguments.numbers("x").isEmpty)
        #expect(arguments.connection("x") == nil)
        #expect(!arguments.isGiven("x"))
    }

    @Test func `numbers keep their bits`() {
        let arguments = CallArguments(["a": .integer(-1), "b": .unsigned(.max), "c": .unsigned(1 << 31), "d": .integer(.min)])
        #expect(arguments.int("a") == -1)
        #expect(arguments.uint("a") == .max)
        #expect(arguments.ullong("b") == .max)
        #expect(arguments.ulong("b") == .max)
        #expect(arguments.uint("c") == 1 << 31)
        #expect(arguments.llong("d") == .min)
        #expect(arguments.isGiven("a"))
    }

    @Test(arguments: [CallArguments(["x": .strings([]), "y": .bytes([]), "z": .parameters([])]), CallArguments(["x": .integer(1)]), CallArguments()])
    func `empty lists are NULL`(arguments: CallArguments) {
        let strings = unsafe arguments.withStrings("x") { list, count in unsafe list == nil && count == 0 }
        let bytes = unsafe arguments.withBytes("y") { bytes, count in unsafe bytes == nil && count == 0 }
        let parameters = unsafe arguments.withTypedParameters("z") { list, count in unsafe list == nil && count == 0 }
        #expect([strings, bytes, parameters] == [true, true, true])
    }

    @Test func `strings are lent with their NUL`() {
        let arguments = CallArguments(["x": .strings(["a", "", "süß", "🦆"])])
        let read = unsafe arguments.withStrings("x") { list, count in
            (0..<count).map { index in unsafe list?[index].map { unsafe String(cString: $0) } }
        }
        #expect(read == ["a", "", "süß", "🦆"])
    }

    @Test func `bytes are lent as a copy`() {
        let arguments = CallArguments(["x": .bytes([1, 2, 3])])
        let read = unsafe arguments.withBytes("x") { bytes, count in
            let read = (0..<count).map { unsafe bytes?[$0] }
            unsafe bytes?[0] = 9
            return read
        }
        #expect(read == [1, 2, 3])
        #expect(arguments.bytes("x") == [1, 2, 3])
    }

    @Test func `typed parameters are lent in order and with their types`() {
        let given: [TypedParameter] = [
            .init(name: "i", value: .int(-7)), .init(name: "u", value: .uint(.max)), .init(name: "l", value: .llong(.min)),
            .init(name: "ul", value: .ullong(.max)), .init(name: "d", value: .double(0.5)), .init(name: "b", value: .boolean(true)),
            .init(name: "s", value: .string("süß")), .init(name: "s", value: .string("")),
        ]
        let arguments = CallArguments(["x": .parameters(given)])
        let read = unsafe arguments.withTypedParameters("x") { list, count in unsafe list.map { unsafe TypedParameter.list($0, count) } }
        #expect(read == given)
    }

    @Test func `a NULL is libvirt's error, or nothing where there is none`() throws {
        virResetLastError()
        let (owned, borrowed) = (try Libvirt.owned(nil), try Libvirt.borrowed(nil))
        #expect(owned == .none)
        #expect(borrowed == .none)
        #expect(try identifier(.max) == .integer(-1))
        #expect(try size(0) == .unsigned(0))
        #expect(try identifier(7) == .unsigned(7))
        unsafe _ = virConnectOpen("nosuch:///")
        let error = failure { () throws(LibvirtError) in _ = try Libvirt.owned(nil) }
        #expect(error?.message.isEmpty == false)
        #expect(virGetLastErrorCode() == 0)
    }

    @Test func `bits of a CPU map are read from the lowest, up to the last CPU`() {
        #expect(Datum.cpus(bits: [0b101, 0b10]) == .cpus((0..<16).map { [0, 2, 9].contains($0) }))
        #expect(Datum.cpus(bits: [0xFF, 0xFF], upTo: 9) == .cpus([Bool](repeating: true, count: 9)))
        #expect(Datum.cpus(bits: []) == .cpus([]))
    }
}
