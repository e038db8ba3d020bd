// SPDX-License-Identifier: GPL-2.0-or-later
import CAllowance
import CXML
import Synchronization

/// What libxml2 and libxslt need once in a process.
public enum XMLRuntime {
    private static let log = Mutex<@Sendable (String) -> Void>({ _ in })

    /// Prepares the libraries and sends all that they would have written to stderr to `log`, from any thread.
    ///
    /// It stands for `xmlInitParser`, `xsltInit`, `exsltCommonRegister` and `exsltStrRegister`. A second call only exchanges `log`. Everything
    /// else in this room calls it without a log, so that nothing has to.
    public static func start(log: @escaping @Sendable (String) -> Void) {
        Self.log.withLock { $0 = log }
        ensureStarted()
    }

    static func ensureStarted() {
        _ = started
    }

    static func report(_ text: some StringProtocol) {
        let line = text.last == "\n" ? String(text.dropLast()) : String(text)
        let log = Self.log.withLock { $0 }
        if !line.isEmpty { log(line) }
    }

    private static let started: Void = {
        allowance_install()
        xmlInitParser()
        // Otherwise the first schema does it, and two at once would both.
        xmlSchemaInitTypes()
        xmlRelaxNGInitTypes()
        silence()
        xsltInit()
        exsltCommonRegister()
        exsltStrRegister()
        unregisterAllElse()
        forbidByDefault()
        unsafe xsltSetLoaderFunc { unsafe Compilation.load($0, dictionary: $1, context: $3, type: $4) }
    }()

    /// Of this thread, of all that come, and of libxslt's handler, which is one for the process.
    private static func silence() {
        let sink = UnsafeMutablePointer<shim_sink>.allocate(capacity: 1)  // for the life of the process
        unsafe sink.initialize(
            to: shim_sink(
                receive: { _, text in
                    guard let text = unsafe text else { return }
                    XMLRuntime.report(unsafe String(cString: text))
                },
                context: nil))
        unsafe shim_set_default_errors(sink) { _, error in
            guard let error = unsafe error, let message = unsafe error.pointee.message else { return }
            XMLRuntime.report(unsafe String(cString: message))
        }
        unsafe shim_set_thread_handlers(sink) { _, error in
            guard let error = unsafe error, let message = unsafe error.pointee.message else { return }
            XMLRuntime.report(unsafe String(cString: message))
        }
    }

    /// Instructions that write, and functions whose result may be many times as large as what they are given.
    private static func unregisterAllElse() {
        unsafe xsltUnregisterExtModuleElement("debug", "http://xmlsoft.org/XSLT/namespace")
        unsafe xsltUnregisterExtModuleElement("document", "http://exslt.org/common")
        for name in ["tokenize", "split", "encode-uri", "decode-uri", "padding", "align", "concat"] {
            unsafe xsltUnregisterExtModuleFunction(name, "http://exslt.org/strings")
        }
    }

    /// A transform sets its own preferences, and these are for one that would forget to. A compilation has no transform
    /// context and is let through, because its only door is the loader: a refusal there has a file and a line.
    private static func forbidByDefault() {
        let preferences = unsafe xsltNewSecurityPrefs()  // for the life of the process
        for option in SecurityOption.all {
            unsafe xsltSetSecurityPrefs(preferences, option) { _, context, _ in unsafe context == nil ? 1 : 0 }
        }
        unsafe xsltSetDefaultSecurityPrefs(preferences)
    }
}
