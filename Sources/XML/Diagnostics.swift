// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// What libxml2 and libxslt say on this thread while one call runs.
@safe final class Diagnostics {
    /// One message, and where it says that it belongs.
    struct Entry {
        var message: String
        var uri: String?
        var line: Int?
    }

    /// A sheet that says the same for ever fills no memory: after this many, only the last one is kept.
    private static let capacity = 50

    private(set) var entries: [Entry] = []
    /// Whether libxml2 or the caller reported an error. What libxslt prints may be a warning or an `xsl:message`.
    private(set) var hasErrors = false

    /// Whether libxslt printed anything. While it compiles, that is a warning; while it transforms, maybe an `xsl:message`.
    private(set) var hasText = false

    /// For C; it points to this object without owning it.
    let sink: UnsafeMutablePointer<shim_sink>
    /// A location that libxslt has printed, whose message has not come yet.
    private var location: Entry?
    /// Whether libxslt prints its stack, which nobody wants, until the next location.
    private var isDumping = false
    /// A message that has not come to its line feed yet.
    private var partial = ""

    private init() {
        unsafe sink = .allocate(capacity: 1)
        unsafe sink.initialize(
            to: shim_sink(
                receive: { owner, text in
                    guard let owner = unsafe owner, let text = unsafe text else { return }
                    unsafe Unmanaged<Diagnostics>.fromOpaque(owner).takeUnretainedValue().receive(String(cString: text))
                },
                context: Unmanaged.passUnretained(self).toOpaque()))
    }

    deinit {
        unsafe sink.deallocate()
    }

    /// Runs `body` and hands it all that is said on this thread meanwhile.
    static func collect<Value, Failure: Error>(_ body: (Diagnostics) throws(Failure) -> Value) throws(Failure) -> Value {
        XMLRuntime.ensureStarted()
        let diagnostics = Diagnostics()
        let handlers = unsafe shim_thread_handlers()
        unsafe shim_set_thread_handlers(diagnostics.sink) { sink, error in
            guard let sink = unsafe sink?.assumingMemoryBound(to: shim_sink.self), let error = unsafe error else { return }
            guard let owner = unsafe sink.pointee.context else { return }
            unsafe Unmanaged<Diagnostics>.fromOpaque(owner).takeUnretainedValue().receive(error.pointee)
        }
        defer { unsafe shim_restore_thread_handlers(handlers) }
        let value = try body(diagnostics)
        extendLifetime(diagnostics)
        return value
    }

    /// Adds what this room itself found, with a real file.
    func add(_ error: XMLError) {
        hasErrors = true
        add(Entry(message: error.message, uri: error.file, line: error.line))
    }

    /// One error from all that was said; `files` names the real file of a URI.
    func error(_ kind: XMLError.Kind, files: [String: String] = [:]) -> XMLError {
        flush()
        let place = entries.first { $0.line != nil } ?? entries.first { $0.uri != nil }
        let file = place?.uri.map { files[$0] ?? $0 }
        let message = entries.isEmpty ? "libxml2 gave no reason" : entries.map(\.message).joined(separator: "\n")
        return XMLError(kind, message, file: file, line: place?.line)
    }

    /// What a transform says of its end: the last message alone if `xsl:message` stopped it, which names no place.
    func transformError(isStopped: Bool, files: [String: String]) -> XMLError {
        flush()
        guard isStopped, !hasErrors, let last = entries.last, entries.allSatisfy({ $0.uri == nil }) else {
            return error(.transform, files: files)
        }
        return XMLError(.transform, last.message)
    }

    /// Sends what was said, without having been an error, to the log.
    func log(files: [String: String] = [:]) {
        flush()
        for entry in entries {
            let file = entry.uri.map { files[$0] ?? $0 }
            XMLRuntime.report(XMLError(.transform, entry.message, file: file, line: entry.line).description)
        }
    }

    private func receive(_ error: xmlError) {
        let text = unsafe error.message.map { unsafe String(cString: $0) } ?? ""
        var entry = Entry(message: text.trimmed)
        if unsafe error.domain == CInt(XML_FROM_XPATH.rawValue), let expression = unsafe error.str1 {
            entry.message += ": " + (unsafe String(cString: expression))
        } else {
            entry.uri = unsafe error.file.map { unsafe String(cString: $0) }
            entry.line = unsafe error.line > 0 ? Int(error.line) : nil
        }
        // A namespace whose name is no URI is libxml2's only error that is none by the specification of namespaces.
        let isOddURI = unsafe error.domain == CInt(XML_FROM_NAMESPACE.rawValue) && error.code == CInt(XML_WAR_NS_URI.rawValue)
        if unsafe !isOddURI && error.level.rawValue >= XML_ERR_ERROR.rawValue { hasErrors = true }
        add(entry)
    }

    private func receive(_ text: String) {
        hasText = true
        if let place = Entry(location: text) {
            flush()
            location = place
            isDumping = false
        } else {
            partial += text
            if text.hasSuffix("\n") { flush() }
        }
    }

    private func flush() {
        defer { partial = "" }
        let message = partial.trimmed
        if message == "Templates:", location == nil { isDumping = true }
        if !message.isEmpty, !isDumping {
            var entry = location ?? Entry(message: "")
            entry.message = message
            location = nil
            add(entry)
        }
    }

    private func add(_ entry: Entry) {
        if entries.count == Self.capacity { entries.removeLast() }
        entries.append(entry)
    }
}
