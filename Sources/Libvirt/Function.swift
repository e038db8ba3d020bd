// SPDX-License-Identifier: GPL-2.0-or-later

/// One of libvirt's functions: what its own API description says of it, and how it is called. The constants of this type are generated.
public struct Function: Sendable {
    typealias Call = @Sendable (borrowing Handle, CallArguments) throws(LibvirtError) -> CallResult

    public struct Argument: Hashable, Sendable {
        public let name: String
        /// The C type, for example `virDomainPtr` or `unsigned int`.
        public let type: String
        public let documentation: String
    }

    public let name: String
    /// The part of libvirt that it belongs to, for example `libvirt-domain`.
    public let module: String
    /// The first libvirt release that had it, for example `0.9.10`.
    public let since: String
    /// The C type of what it returns.
    public let returnType: String
    public let returnDocumentation: String
    /// libvirt's text, whose lines are those of a C comment.
    public let documentation: String
    public let arguments: [Argument]
    /// The fields of the struct that it fills, if its call is regular and it fills one.
    public let fields: [Argument]
    let generatedCall: Call?

    /// Every function of the API description, by name.
    public static let all: [Function] = generated

    /// The kind of object that it is called on; nil for what is not called on any.
    public var object: ObjectKind? {
        if arguments.first?.type == "unsigned long *" { return .connection }  // virGetVersion asks the library
        if arguments.first?.type == "virDomainPtr *" { return .domain }  // a list of one
        return ObjectKind.allCases.first { $0.pointerType == arguments.first?.type }
    }

    /// Whether there is a way to call it: a generated one or an adapter.
    public var isCallable: Bool { generatedCall != nil || isAdapted }
    public var isAdapted: Bool { Adapter.calls[name] != nil }

    /// Calls it, blocking the thread until libvirt returns.
    public func call(on object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        guard let call = Adapter.calls[name] ?? generatedCall else {
            throw LibvirtError(code: .noSupport, message: "\(name) cannot be called")
        }
        return try call(object, arguments)
    }

    /// The first sentence of the documentation, on one line.
    public var summary: String {
        let paragraph = documentation.split(separator: "\n\n", maxSplits: 1).first ?? ""
        let line = paragraph.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let end = line.firstRange(of: ". ") else { return line }
        return String(line[..<end.lowerBound]) + "."
    }

    /// The C declaration, without its semicolon.
    public var signature: String {
        let list = arguments.map { $0.type.hasSuffix("*") ? $0.type + $0.name : "\($0.type) \($0.name)" }
        let result = returnType.hasSuffix("*") ? returnType : returnType + " "
        return "\(result)\(name)(\(list.isEmpty ? "void" : list.joined(separator: ", ")))"
    }
}
