// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import XML

extension Parameter {
    /// Reads what the caller wrote. Throws an `ArgumentError` that names this parameter.
    func read(_ texts: [String]) throws(ArgumentError) -> ArgumentValue {
        switch kind {
        case .flags: return .flags(try flags(texts))
        case .list(let item):
            var values: [ArgumentValue] = []
            for text in texts where !text.isEmpty { values.append(try read(text, as: item)) }
            return .list(values)
        default:
            guard let text = texts.first, texts.count == 1 else { throw refusal("It is given \(texts.count) times.") }
            return try read(text, as: kind)
        }
    }

    private func read(_ text: String, as kind: Kind) throws(ArgumentError) -> ArgumentValue {
        guard !text.utf8.contains(0) else { throw refusal("It holds a NUL character.") }
        switch kind {
        case .boolean:
            switch text.lowercased() {
            case "1", "true", "on", "yes": return .integer(1)
            case "0", "false", "off", "no": return .integer(0)
            default: throw refusal("It is true or false.")
            }
        case .signed(let range):
            guard let number = Int64(text), range.contains(number) else { throw refusal(Self.sentence(range)) }
            return .integer(number)
        case .unsigned(let range):
            guard let number = UInt64(text), range.contains(number) else { throw refusal(Self.sentence(range)) }
            return .unsigned(number)
        case .double:
            guard let number = Double(text), number.isFinite else { throw refusal("It is a number.") }
            return .double(number)
        case .string:
            // libvirt writes it into XML as it is, which nobody can read then.
            guard text.unicodeScalars.allSatisfy(\.isOfXML) else { throw refusal("It holds a character that XML cannot.") }
            return .string(text)
        case .xml, .host: return .string(text)
        case .bytes:
            guard let bytes = Base64.decode(text) else { throw refusal("It is no base64 (RFC 4648).") }
            return .bytes(bytes)
        case .cpus:
            guard let cpus = CPUSet(text) else { throw refusal("It is a list of CPU numbers and ranges, of which ^ takes some out: 0-3,^2.") }
            return .bytes(cpus.bits)
        case .enumeration:
            guard let constant = constants.first(where: { $0.isNamed(text) }) else { throw unknown("value") }
            return .integer(constant.value)
        case .flags, .list: return .flags(0)
        }
    }

    private static func sentence(_ range: ClosedRange<some BinaryInteger>) -> String {
        "It is a whole number from \(range.lowerBound) to \(range.upperBound)."
    }

    private func unknown(_ noun: String) -> ArgumentError {
        refusal("There is no \(noun) of that name. The \(noun)s are: \(constants.map(\.commonName).joined(separator: ", ")).")
    }

    private func flags(_ texts: [String]) throws(ArgumentError) -> UInt32 {
        var flags: UInt32 = 0
        for text in texts where !text.isEmpty {
            guard let constant = (constants + zeroes).first(where: { $0.isNamed(text) }) else { throw unknown("flag") }
            flags |= UInt32(truncatingIfNeeded: constant.value)
        }
        return flags
    }
}
