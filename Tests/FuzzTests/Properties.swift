// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// What holds whatever is read: no crash, bounds, and that what was written is read as it was.
enum Properties {
    static func accept(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let accept = Accept(text)
        precondition(accept.view != .raw)
        precondition(accept.namesHTML || accept.view != .html)
        _ = EntityTag.matches(ifNoneMatch: text, tag: EntityTag.of(bytes))
        precondition(EntityTag.matches(ifNoneMatch: EntityTag.of(bytes), tag: EntityTag.of(bytes)))
    }

    static func authority(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let host = PublicHost(text) {
            precondition(PublicHost(host.description) == host, "a host is read as it is written")
            precondition(host.description.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
        if let address = IPAddress(text) { precondition(IPAddress(address.description) == address) }
        if let range = AddressRange(text) { precondition(AddressRange(range.description) == range) }
        _ = OwnPath.admits(text)
    }

    static func cpus(_ bytes: [UInt8]) {
        guard let set = CPUSet(String(decoding: bytes, as: UTF8.self)) else { return }
        precondition(set.bits.count <= CPUSet.limit / 8)
        precondition(CPUSet(set.description)?.bits == set.bits, "a set is read as it is written")
    }

    static func markup(_ bytes: [UInt8]) {
        var scanner = MarkupScanner(bytes)
        var end = 0
        while let (_, range) = scanner.next() {
            precondition(range.lowerBound == end && range.upperBound > end, "pieces follow each other")
            end = range.upperBound
        }
        precondition(end == bytes.count, "and nothing is left")
        let census = MarkupCensus(bytes)
        precondition(census.elements <= bytes.count && census.attributes <= bytes.count && census.namespaces <= bytes.count)
    }

    static func mediaType(_ bytes: [UInt8]) {
        guard let type = MediaType(bytes) else { return }
        let parameters = type.parameters.map { ";\($0)=\"\($1.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }.joined()
        precondition(MediaType(type.essence + parameters) == type, "a type is read as it is written")
    }

    static func partHeader(_ bytes: [UInt8]) {
        _ = try? PartHeader(bytes)
    }

    static func query(_ bytes: [UInt8]) {
        guard let items = try? URLEncodedForm.decode(bytes) else { return }
        let written = URLEncodedForm.encode(items.map { ($0.name, $0.value) })
        precondition(written.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        guard let again = try? URLEncodedForm.decode(written.utf8) else { preconditionFailure("what is written can be read") }
        precondition(again.count == items.count)
        for (one, other) in zip(items, again) {
            precondition(one.name.utf8.elementsEqual(other.name.utf8) && one.value.utf8.elementsEqual(other.value.utf8), "as it was")
        }
    }

    static func segment(_ bytes: [UInt8]) {
        let written = PathSegment.encode(bytes: bytes)
        precondition(OwnPath.admits("/virt/" + written), "a segment is one")
        precondition(!written.utf8.contains { "/?#\\".utf8.contains($0) })
        guard let read = try? PathSegment.decodeBytes(written[...]) else {
            precondition(bytes.contains(0), "what is written can be read")
            return
        }
        precondition(read == bytes, "as it was")
        _ = try? PathSegment.decodeBytes(String(decoding: bytes, as: UTF8.self)[...])
    }

    static func target(_ bytes: [UInt8]) {
        guard let target = try? RequestTarget(String(decoding: bytes, as: UTF8.self)) else { return }
        let written = target.target()
        precondition(OwnPath.admits(written) || target.keys.first == [], "it is an address of ours")
        guard written.utf8.count <= RequestTarget.maximumLength else { return }
        guard let again = try? RequestTarget(written) else { preconditionFailure("what is written can be read") }
        precondition(again.keys == target.keys && again.query.count == target.query.count, "as it was")
    }

    static func xpath(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        for part in [text] + ExpressionScanner.templates(in: text) {
            for function in ExpressionScanner.functions(in: part) {
                precondition(!function.name.isEmpty && part.utf8.count >= function.name.utf8.count)
            }
        }
    }
}
