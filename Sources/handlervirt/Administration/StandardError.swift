// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// Where explanations go, so that what a script reads is alone on the standard output.
enum StandardError {
    static func print(_ text: String, terminator: String = "\n") { FileHandle.standardError.write(Data((text + terminator).utf8)) }
}
