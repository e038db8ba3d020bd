// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// How much of its host a domain was given, as its XML says it: for QEMU what its balloon leaves it, where `virDomainGetInfo` says the same.
/// Of a container that runs and a guest of Xen that says what they use.
public struct DomainSize: Hashable, Sendable {
    public let vcpus: UInt32
    /// KiB.
    public let memory: UInt64
    /// KiB.
    public let maximumMemory: UInt64

    /// Nil if one of them is not there or is not in KiB, libvirt's unit.
    init?(in document: borrowing Document) {
        func first(_ path: String) -> String? { (try? document.strings(at: path))?.first }
        guard let maximumMemory = first("/domain/memory[not(@unit) or @unit='KiB']").flatMap(UInt64.init),
            let memory = first("/domain/currentMemory[not(@unit) or @unit='KiB']").flatMap(UInt64.init),
            let vcpus = (first("/domain/vcpu/@current") ?? first("/domain/vcpu")).flatMap(UInt32.init)
        else { return nil }
        self.vcpus = vcpus
        self.memory = memory
        self.maximumMemory = maximumMemory
    }
}
