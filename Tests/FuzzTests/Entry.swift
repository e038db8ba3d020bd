// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

private let chosen: Target = {
    guard let name = getenv("HANDLERVIRT_FUZZ").map({ String(cString: $0) }), let target = Target(rawValue: name) else {
        fatalError("HANDLERVIRT_FUZZ is one of: \(Target.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
}()

/// What libFuzzer calls. A property that does not hold ends the program, and libFuzzer prints the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
