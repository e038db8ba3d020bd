// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

extension xsltStylesheetPtr {
    /// An attribute of `xsl:output`, of this stylesheet or of the nearest import that has it.
    func output(_ attribute: KeyPath<xsltStylesheet, UnsafeMutablePointer<xmlChar>?>) -> String? {
        var next: xsltStylesheetPtr? = unsafe self
        while let current = unsafe next {
            if let value = unsafe current.pointee[keyPath: attribute] { return unsafe String(cString: value) }
            unsafe next = unsafe xsltNextImport(current)
        }
        return nil
    }
}
