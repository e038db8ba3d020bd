// SPDX-License-Identifier: GPL-2.0-or-later

/// The canonical document with what a browser needs to show it.
public enum RawView {
    /// The languages whose elements a browser brings to life, as their names end.
    private static let living = ["/1999/xhtml", "/2000/svg", "/1998/Math/MathML"].map { Array($0.utf8) }

    /// Whether a browser finds nothing in a canonical document but data. Foreign XML may hold forms and links, which are alive until a
    /// stylesheet is applied; the name of their language may be written with references.
    public static func isSafe(_ canonical: [UInt8]) -> Bool {
        var scanner = MarkupScanner(canonical)
        while let (piece, range) = scanner.next() {
            guard piece == .startTag || piece == .emptyTag else { continue }
            guard canonical[range].contains(subsequence: "xmlns") else { continue }
            if canonical[range].contains(subsequence: "&#") { return false }
            if living.contains(where: { canonical[range].contains(subsequence: $0) }) { return false }
        }
        return true
    }

    /// Adds an `xml-stylesheet` instruction before the root and, as its first child, an XHTML `script`.
    ///
    /// A browser that transforms never runs the script; for one that does not, it is all that happens.
    /// - Parameters:
    ///   - canonical: what a ``Writer`` has made.
    ///   - href: of the stylesheet.
    ///   - src: of the script.
    public static func bytes(of canonical: [UInt8], stylesheet href: String, script src: String) -> [UInt8] {
        var scanner = MarkupScanner(canonical)
        while let (piece, range) = scanner.next() {
            guard piece == .startTag || piece == .emptyTag else { continue }
            var result = ByteSink(capacity: canonical.count + href.utf8.count + src.utf8.count + 256)
            result.put(canonical[..<range.lowerBound])
            result.put(#"<?xml-stylesheet type="text/xsl" href=""#)
            result.put(escaping: href, isAttribute: true)
            result.put("\"?>\n")
            result.put(canonical[range].dropLast(piece == .emptyTag ? 2 : 1))
            result.put(">")
            result.put(#"<script xmlns="http://www.w3.org/1999/xhtml" src=""#)
            result.put(escaping: src, isAttribute: true)
            result.put("\"/>")
            if piece == .emptyTag {
                result.put("</")
                result.put(canonical[range].dropFirst().prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") })
                result.put(">")
            }
            result.put(canonical[range.upperBound...])
            return result.finish()
        }
        return canonical
    }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(subsequence text: String) -> Bool { contains(subsequence: Array(text.utf8)) }

    fileprivate func contains(subsequence bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return true }
        var rest = self
        while let index = rest.firstIndex(of: first) {
            if rest[index...].starts(with: bytes) { return true }
            rest = rest[index...].dropFirst()
        }
        return false
    }
}
