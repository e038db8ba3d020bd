// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// The error that `body` throws, or `nil` if it throws none.
func failure(_ body: () throws(XMLError) -> Void) -> XMLError? {
    do throws(XMLError) {
        try body()
        return nil
    } catch {
        return error
    }
}
