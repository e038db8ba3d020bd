// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// The five things that libxslt can be forbidden.
enum SecurityOption {
    static let all: [xsltSecurityOption] = [
        XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK,
    ]

    /// Forbids all of them in one transform; the preferences must be freed after the context.
    static func forbid(in context: xsltTransformContextPtr) -> xsltSecurityPrefsPtr? {
        guard let preferences = unsafe xsltNewSecurityPrefs() else { return nil }
        for option in all {
            guard unsafe xsltSetSecurityPrefs(preferences, option, xsltSecurityForbid) == 0 else {
                unsafe xsltFreeSecurityPrefs(preferences)
                return nil
            }
        }
        guard unsafe xsltSetCtxtSecurityPrefs(preferences, context) == 0 else {
            unsafe xsltFreeSecurityPrefs(preferences)
            return nil
        }
        return unsafe preferences
    }
}
