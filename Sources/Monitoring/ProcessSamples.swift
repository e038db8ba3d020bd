// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc

/// What this process uses, as the kernel says.
public enum ProcessSamples {
    /// Those that can be read, under the names that Prometheus' own clients give them.
    public static func read() -> [Sample] {
        statistics() + (descriptors().map { [Sample("process_open_fds", .gauge, Double($0))] } ?? [])
    }

    private static func statistics() -> [Sample] {
        // The second field is the program's name in parentheses, which may hold anything.
        guard let text = contents("/proc/self/stat"), let end = text.lastIndex(of: ")") else { return [] }
        let fields = text[text.index(after: end)...].split(whereSeparator: \.isWhitespace).map { Double($0) }
        // proc(5) counts from 1, and these begin with its field 3.
        func field(_ number: Int) -> Double? { fields.indices.contains(number - 3) ? fields[number - 3] : nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        guard let user = field(14), let system = field(15), let threads = field(20), let start = field(22), let pages = field(24), ticks > 0 else {
            return []
        }
        var samples = [
            Sample("process_cpu_seconds_total", .counter, (user + system) / ticks),
            Sample("process_resident_memory_bytes", .gauge, pages * Double(sysconf(Int32(_SC_PAGESIZE)))),
            Sample("process_threads", .gauge, threads),
        ]
        if let boot = bootTime() { samples.append(Sample("process_start_time_seconds", .gauge, boot + start / ticks)) }
        return samples
    }

    /// Without the one that listing them takes.
    private static func descriptors() -> Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { max(0, $0.count - 1) }
    }

    /// In seconds since 1970.
    private static func bootTime() -> Double? {
        contents("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
    }

    private static func contents(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
