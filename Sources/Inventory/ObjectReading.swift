// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import XML

/// Asks one object for facts. What a driver does not know is nil; an object that is gone throws.
struct ObjectReading: ~Copyable {
    private let xml: Document?
    let isActive: Bool?
    let isPersistent: Bool?
    let autostart: Bool?

    /// Reads the XML, and what nearly every kind has.
    init(_ handle: borrowing Handle, xml description: Function, active: Function? = nil, persistent: Function? = nil, autostart: Function? = nil)
        throws(LibvirtError)
    {
        let text = try handle.returned(description)
        let isActive = try handle.truth(active)
        let isPersistent = try handle.truth(persistent)
        let starts = isPersistent == true ? try handle.output(autostart).map { $0 == 1 } : nil
        xml = Self.document(text)
        self.isActive = isActive
        self.isPersistent = isPersistent
        self.autostart = starts
    }

    private static func document(_ datum: Datum) -> Document? {
        guard case .string(let text) = datum else { return nil }
        return try? Document(parsing: text)
    }

    /// The first text at a path of the XML; empty if there is none.
    func text(_ path: String) -> String { texts(path).first ?? "" }

    func texts(_ path: String) -> [String] {
        switch xml {
        case .some(let document): (try? document.strings(at: path)) ?? []
        case .none: []
        }
    }

    func number(_ path: String) -> UInt64? { UInt64(text(path)) }
}

extension Handle {
    /// What a function without arguments gives; nil where the driver has no such function.
    private func result(of function: Function) throws(LibvirtError) -> CallResult? {
        do throws(LibvirtError) {
            return try function.call(on: self, CallArguments())
        } catch
            where error.code == .noSupport || error.code == .operationInvalid || error.code == .internalError || error.code == .operationUnsupported
        {
            return nil
        }
    }

    /// What it returns; nothing where the driver has no such function.
    func returned(_ function: Function) throws(LibvirtError) -> Datum { try result(of: function)?.returned ?? .none }

    func truth(_ function: Function?) throws(LibvirtError) -> Bool? {
        guard let function, case .integer(let number) = try returned(function) else { return nil }
        return number == 1
    }

    func string(_ function: Function) throws(LibvirtError) -> String? {
        guard case .string(let text) = try returned(function) else { return nil }
        return text
    }

    /// The only number that a function writes.
    func output(_ function: Function?) throws(LibvirtError) -> Int64? {
        guard let function else { return nil }
        return try outputs(function).first?.value
    }

    /// The numbers that a function writes, by name.
    func outputs(_ function: Function) throws(LibvirtError) -> [String: Int64] {
        let fields = try result(of: function)?.outputs ?? []
        return Dictionary(
            uniqueKeysWithValues: fields.compactMap { field in
                switch field.value {
                case .integer(let number): (field.name, number)
                case .unsigned(let number): (field.name, Int64(clamping: number))
                default: nil
                }
            })
    }
}
