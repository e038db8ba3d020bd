// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Glibc

/// A new password, from who sits at the terminal or from a pipe.
enum PasswordInput {
    private static let longest = 4096
    private static let interrupt: UInt8 = 3

    static func read() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try text(line()) }
        let first = try ask("New password: ")
        guard try ask("Again: ").utf8.elementsEqual(first.utf8) else { throw ValidationError("The two differ. Nothing was changed.") }
        return first
    }

    /// A line, without showing it. Ctrl-C ends it like a line, so that the terminal is put right first.
    private static func ask(_ prompt: String) throws -> String {
        var saved = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &saved) == 0 else { throw ValidationError("The terminal cannot be told not to show what is typed.") }
        var quiet = saved
        quiet.c_lflag &= ~tcflag_t(ECHO | ISIG)
        quiet.c_lflag |= tcflag_t(ICANON)
        unsafe withUnsafeMutableBytes(of: &quiet.c_cc) { unsafe $0[Int(VEOL)] = interrupt }
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0 else {
            throw ValidationError("The terminal cannot be told not to show what is typed.")
        }
        // Not before: what is typed at once would be shown, and then thrown away.
        StandardError.print(prompt, terminator: "")
        defer {
            _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
            StandardError.print("")
        }
        let line = try line()
        guard !line.contains(interrupt) else { throw ExitCode(130) }
        return try text(line)
    }

    /// The bytes up to the end of a line, which is not among them.
    private static func line() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < longest {
            let count = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { break }
            bytes.append(byte)
            if byte == interrupt { break }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    private static func text(_ bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ValidationError("The password is not UTF-8.") }
        return text
    }
}
