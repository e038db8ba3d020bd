// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// `multipart/form-data` (RFC 7578, RFC 2046, 5.1) as a push parser: feed it chunks of any size and take the events. It keeps
/// no more than one part's header and what may be the beginning of a boundary.
///
/// A line that only begins like the boundary is data. As RFC 2046 forbids CR in a boundary, a mismatch never needs to look
/// further back than the byte at hand.
struct MultipartParser {
    struct Limits: Sendable {
        static let `default` = Limits()

        var parts = 100
        /// Bytes in the header of one part, line ends included.
        var headerBytes = 8192
    }

    enum Event: Equatable, Sendable {
        /// A part begins.
        case part(name: String, filename: String?, contentType: String?)
        /// Some more bytes of the part, never empty.
        case data([UInt8])
        /// The part is complete.
        case end
    }

    private enum State {
        /// Looking for the boundary, in the preamble or in a part.
        case search
        /// Behind a boundary, in the rest of its line.
        case line
        case header
        /// Behind the closing boundary, in the rest of its line.
        case closing
        case epilogue
    }

    /// More white space than this behind a boundary, and it is none.
    private static let maximumPadding = 256

    /// CRLF, two dashes and the boundary.
    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.search
    private var isInPart = false
    private var parts = 0
    /// How much of the delimiter is found and held back. A boundary may open the body, or follow the blank line of a header at
    /// once, so a search begins behind a CRLF.
    private var matched = 2
    /// How many of the bytes held back precede what is searched.
    private var borrowed = 2
    /// What is found behind the delimiter and held back.
    private var tail: [UInt8] = []
    private var header: [UInt8] = []
    private var data: [UInt8] = []
    private var events: [Event] = []
    private var failure: MultipartError?

    init(boundary: String, limits: Limits = .default) throws(MultipartError) {
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy(Self.isBoundaryCharacter), !boundary.hasSuffix(" ") else {
            throw MultipartError(code: .boundary, message: "The boundary is not 1 to 70 of the characters that RFC 2046 allows.")
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
    }

    /// The boundary that a `multipart/form-data` content type names.
    static func boundary(of contentType: MediaType) -> String? {
        contentType.matches("multipart/form-data") ? contentType.parameters["boundary"] : nil
    }

    /// The events of the next bytes. After an error every further call throws it again.
    mutating func feed(_ bytes: some Collection<UInt8>) throws(MultipartError) -> [Event] {
        if let failure { throw failure }
        do throws(MultipartError) {
            try consume(bytes)
        } catch {
            failure = error
            throw error
        }
        flush()
        defer { events = [] }
        return events
    }

    /// To be called at the end of the body: throws unless its closing boundary was seen.
    mutating func finish() throws(MultipartError) {
        if let failure { throw failure }
        switch state {
        case .closing, .epilogue: return
        case .search, .line, .header:
            let error = MultipartError(code: .incomplete, message: "The body ends before its closing boundary.")
            failure = error
            throw error
        }
    }

    private mutating func consume(_ bytes: some Collection<UInt8>) throws(MultipartError) {
        var index = bytes.startIndex
        while index != bytes.endIndex {
            switch state {
            case .search where matched == 0:
                let end = bytes[index...].firstIndex(of: UInt8(ascii: "\r")) ?? bytes.endIndex
                release(bytes[index..<end])
                index = end
                if index == bytes.endIndex { return }
                matched = 1
            case .search: search(bytes[index])
            case .line: try readLine(bytes[index])
            case .header: try readHeader(bytes[index])
            case .closing: try readClosing(bytes[index])
            case .epilogue: return
            }
            index = bytes.index(after: index)
        }
    }

    private mutating func search(_ byte: UInt8) {
        if byte == delimiter[matched] {
            matched += 1
            if matched == delimiter.count {
                state = .line
            }
        } else {
            release(delimiter[borrowed..<matched])
            resume(with: byte)
        }
    }

    /// Goes on searching, from a byte that the delimiter did not expect.
    private mutating func resume(with byte: UInt8) {
        borrowed = 0
        matched = byte == UInt8(ascii: "\r") ? 1 : 0
        if matched == 0 {
            release(CollectionOfOne(byte))
        }
    }

    /// The rest of a boundary's line is white space or two dashes; with anything else it was data.
    private mutating func readLine(_ byte: UInt8) throws(MultipartError) {
        let isBlank = tail.last != UInt8(ascii: "-") && tail.last != UInt8(ascii: "\r")
        if byte == UInt8(ascii: "\n"), tail.last == UInt8(ascii: "\r") {
            endPart()
            try beginHeader()
        } else if byte == UInt8(ascii: "-"), tail == [byte] {
            endPart()
            state = .closing
        } else if byte == UInt8(ascii: "\r") && isBlank || byte == UInt8(ascii: "-") && tail.isEmpty {
            tail.append(byte)
        } else if Self.isWhitespace(byte), isBlank, tail.count < Self.maximumPadding {
            tail.append(byte)
        } else {
            refuseLine(byte)
        }
    }

    /// Gives back what is held, except a CR with which the true delimiter may begin.
    private mutating func refuseLine(_ byte: UInt8) {
        let endsInCR = tail.last == UInt8(ascii: "\r")
        release(delimiter[borrowed...])
        release(tail.dropLast(endsInCR ? 1 : 0))
        tail = []
        state = .search
        if endsInCR {
            borrowed = 0
            matched = 1
            search(byte)
        } else {
            resume(with: byte)
        }
    }

    private mutating func beginHeader() throws(MultipartError) {
        guard parts < limits.parts else {
            throw MultipartError(code: .tooManyParts, message: "There are more than \(limits.parts) parts.")
        }
        parts += 1
        header = []
        state = .header
    }

    private mutating func readHeader(_ byte: UInt8) throws(MultipartError) {
        guard header.count < limits.headerBytes else {
            throw MultipartError(code: .headerTooLarge, message: "The header of a part is longer than \(limits.headerBytes) bytes.")
        }
        header.append(byte)
        guard byte == UInt8(ascii: "\n") else { return }
        guard header.dropLast().last == UInt8(ascii: "\r") else {
            throw MultipartError(code: .malformed, message: "A line in the header of a part does not end in CRLF.")
        }
        guard header.count == 2 || header.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
        let part = try PartHeader(header)
        header = []
        events.append(.part(name: part.name, filename: part.filename, contentType: part.contentType))
        isInPart = true
        state = .search
        matched = 2
        borrowed = 2
    }

    /// More than white space behind the closing boundary, and the body was perhaps cut short by its own data.
    private mutating func readClosing(_ byte: UInt8) throws(MultipartError) {
        if byte == UInt8(ascii: "\n"), tail.last == UInt8(ascii: "\r") {
            state = .epilogue
        } else if tail.last != UInt8(ascii: "\r"), byte == UInt8(ascii: "\r") || Self.isWhitespace(byte) {
            tail = [byte]
        } else {
            throw MultipartError(code: .malformed, message: "The closing boundary is followed by something else.")
        }
    }

    private mutating func endPart() {
        tail = []
        flush()
        if isInPart {
            events.append(.end)
        }
        isInPart = false
    }

    /// Bytes that are no part of a boundary; those of the preamble go nowhere.
    private mutating func release(_ bytes: some Collection<UInt8>) {
        if isInPart {
            data.append(contentsOf: bytes)
        }
    }

    private mutating func flush() {
        if !data.isEmpty {
            events.append(.data(data))
            data = []
        }
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isBoundaryCharacter(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || "'()+_,-./:=? ".utf8.contains(byte)
    }
}
