// SPDX-License-Identifier: GPL-2.0-or-later

/// What libvirt's own API description says of one of its functions; the constants of this type are generated.
public struct Function: Hashable, Sendable {
    public struct Argument: Hashable, Sendable {
        public let name: String
        /// The C type, for example `virDomainPtr` or `unsigned int`.
        public let type: String
        public let documentation: String
    }

    public let name: String
    /// The first libvirt release that had it, for example `0.9.10`.
    public let since: String
    /// The C type of what it returns.
    public let returnType: String
    /// libvirt's text, whose lines are those of a C comment.
    public let documentation: String
    public let arguments: [Argument]

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
