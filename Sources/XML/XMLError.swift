// SPDX-License-Identifier: GPL-2.0-or-later

/// What libxml2, libxslt or the limits of this room have against a document, a stylesheet or a transform.
public struct XMLError: Error, Hashable, CustomStringConvertible, Sendable {
    /// What kind of call failed, and why.
    public enum Kind: Hashable, Sendable {
        /// Not a well-formed document, not UTF-8, or a namespace prefix is not declared.
        case malformed
        /// There is a DOCTYPE; no document or stylesheet may have one.
        case doctype
        /// More bytes than the limit.
        case tooLarge
        /// An XPath expression cannot be compiled or evaluated.
        case xpath
        /// There is no file for a stylesheet or a schema.
        case notFound
        /// A stylesheet, or one that it imports, cannot be compiled.
        case stylesheet
        /// A transform ended in an error, reached a limit, was stopped by `xsl:message` or wrote nothing.
        case transform
        /// A schema cannot be compiled, or a document is not valid.
        case schema
    }

    public let kind: Kind
    /// What is wrong, in the words of libxml2 and libxslt; lines are separated by line feeds.
    public let message: String
    /// The real file at fault; `nil` for a document that came from no file.
    public let file: String?
    /// The line of `file`, or of the document, counted from one.
    public let line: Int?

    public init(_ kind: Kind, _ message: String, file: String? = nil, line: Int? = nil) {
        self.kind = kind
        self.message = message
        self.file = file
        self.line = line
    }

    /// `file:line: message`, without the parts that are not known.
    public var description: String {
        switch (file, line) {
        case (let file?, let line?): "\(file):\(line): \(message)"
        case (let file?, nil): "\(file): \(message)"
        case (nil, let line?): "line \(line): \(message)"
        case (nil, nil): message
        }
    }
}
