// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

extension String {
    /// Takes a text that libxml2 has allocated, and frees it. Nil if there is none.
    init?(taking text: UnsafeMutablePointer<xmlChar>?) {
        guard let text = unsafe text else { return nil }
        defer { unsafe shim_xml_free(text) }
        unsafe self.init(cString: text)
    }
}
