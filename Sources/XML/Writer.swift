// SPDX-License-Identifier: GPL-2.0-or-later

/// Writes a canonical document, element by element, as UTF-8; there is no tree.
///
/// Element names are local names of the namespace `urn:handlervirt:1`: the writer writes the prefix `hv:` and, at the
/// root, its declaration. The result is well-formed whatever strings are put in: what is markup is escaped, and a
/// character that XML cannot hold becomes U+FFFD. Nothing is indented.
///
/// An element name, which stands in our source, must be of lower case letters, digits and `-`; anything else, a second
/// root, or a fragment outside of the root, is a mistake in the program and ends it.
public struct Writer: ~Copyable {
    /// The namespace of all elements that it writes.
    public static let namespace = "urn:handlervirt:1"

    private var sink = ByteSink(capacity: 8192)
    /// Whether the start tag that ends the bytes still lacks its `>`.
    private var isTagOpen = false
    private var depth = 0
    private var hasRoot = false

    public init() {
        sink.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// Writes an element with what `content` writes; one into which nothing was written is self-closing.
    /// - Parameter attributes: in the order in which they are written; those that are `nil` are left out.
    @inlinable
    public mutating func element<Failure: Error>(
        _ name: String, _ attributes: KeyValuePairs<Attribute, String?> = [:], _ content: (inout Writer) throws(Failure) -> Void
    ) throws(Failure) {
        start(name, attributes)
        defer { end(name) }
        try content(&self)
    }

    /// Writes an element with a text; an empty text makes it self-closing.
    public mutating func element(_ name: String, _ attributes: KeyValuePairs<Attribute, String?> = [:], text: String) {
        start(name, attributes)
        if !text.isEmpty {
            closeTag()
            sink.put(escaping: text, isAttribute: false)
        }
        end(name)
    }

    /// Writes an empty element.
    public mutating func element(_ name: String, _ attributes: KeyValuePairs<Attribute, String?> = [:]) {
        start(name, attributes)
        end(name)
    }

    /// Writes foreign XML, as it is.
    public mutating func embed(_ fragment: Fragment) {
        precondition(depth > 0, "a fragment stands inside the root")
        closeTag()
        sink.put(fragment.text)
    }

    /// The document, with its XML declaration, ended by a line feed.
    public consuming func finish() -> [UInt8] {
        precondition(hasRoot && depth == 0, "a document is one element")
        sink.put(UInt8(ascii: "\n"))
        return sink.finish()
    }

    @usableFromInline
    mutating func start(_ name: String, _ attributes: KeyValuePairs<Attribute, String?>) {
        closeTag()
        sink.put("<hv:")
        sink.put(elementName: name)
        if depth == 0 {
            precondition(!hasRoot, "a document has one root")
            hasRoot = true
            sink.put(#" xmlns:hv="urn:handlervirt:1""#)
        }
        for (attribute, value) in attributes {
            guard let value else { continue }
            sink.put(attribute.opening)
            sink.put(escaping: value, isAttribute: true)
            sink.put(UInt8(ascii: "\""))
        }
        depth += 1
        isTagOpen = true
    }

    @usableFromInline
    mutating func end(_ name: String) {
        depth -= 1
        if isTagOpen {
            isTagOpen = false
            sink.put("/>")
        } else {
            sink.put("</hv:")
            sink.put(name)
            sink.put(UInt8(ascii: ">"))
        }
    }

    private mutating func closeTag() {
        if isTagOpen {
            isTagOpen = false
            sink.put(UInt8(ascii: ">"))
        }
    }
}
