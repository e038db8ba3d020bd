// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import XML

/// What posted XML must be before libvirt sees it: well-formed, without a DOCTYPE, and without numbers that make libvirt's own
/// parser (which runs in this process for a `test:` host) ask for more memory than there is.
enum XMLCheck {
    /// More than any hypervisor has; libvirt 9.0 allocates by these numbers before it checks them.
    private static let limit: Double = 16_384

    /// Counts and indices that libvirt's parser sizes arrays by.
    private static let counts = [
        "//vcpu", "//vcpu/@current", "//iothreads", "//cachetune//@id", "//cachetune//@level", "//memorytune//@id",
        "//address/@controller", "//address/@bus", "//address/@target", "//address/@unit", "//controller/@index", "//numa/cell/@id",
        "//sibling/@id", "//cell/@cpus",
    ]

    static func admit(_ xml: String, parameter: String) throws(Failure) {
        try admitEncoding(of: xml, parameter)
        let document: Document
        do {
            document = try Document(parsing: xml, limits: .posted)
        } catch {
            throw refusal(error.line, error.message, parameter)
        }
        for path in counts {
            let texts = (try? document.strings(at: path)) ?? []
            for text in texts {
                let number = text.hasPrefix("0x") ? Double(Int(text.dropFirst(2), radix: 16) ?? .max) : Double(text) ?? 0
                guard number <= limit, number >= 0 else {
                    throw Failure(.unprocessable, "\(path.drop { $0 == "/" }) is \(text.prefix(40)): it is a whole number from 0 to \(Int(limit)).")
                }
            }
        }
        if let targets = try? document.strings(at: "//disk/target/@dev"), targets.contains(where: { $0.utf8.count > 5 }) {
            throw Failure(.unprocessable, "A disk's target is a name of at most five letters and digits, such as vda.")
        }
        try admitDistances(document)
    }

    /// libvirt would read the text in the encoding that it declares, and see other XML than we do.
    private static func admitEncoding(of xml: String, _ parameter: String) throws(Failure) {
        let text = xml.utf8.starts(with: "\u{FEFF}".utf8) ? xml.utf8.dropFirst(3) : xml.utf8[...]
        guard text.starts(with: "<?xml".utf8) else { return }
        let declaration = String(decoding: text.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        guard let declared = declaration.firstRange(of: "encoding") else { return }
        let rest = declaration[declared.upperBound...].drop { " \t\r\n=".contains($0) }
        let name = rest.dropFirst().prefix { $0 != rest.first }.lowercased()
        let isASCII = xml.utf8.allSatisfy { $0 < 0x80 }
        guard name == "utf-8" || (isASCII && ["us-ascii", "ascii", "iso-8859-1"].contains(name)) else {
            throw refusal(1, "its encoding is \(name.prefix(40)), and must be UTF-8", parameter)
        }
    }

    private static func refusal(_ line: Int?, _ message: String, _ parameter: String) -> Failure {
        let place = line.map { " (line \($0))" } ?? ""
        return Failure(
            .malformed, "The XML is refused\(place): \(message)", advice: "Nothing was changed. Mend the XML and send it again.",
            parameter: ArgumentError(parameter: parameter, message: message))
    }

    /// libvirt 9.0 corrupts its memory on a mistake in NUMA distances, so that none may be left for it to find.
    private static func admitDistances(_ document: borrowing Document) throws(Failure) {
        let cells = (try? document.strings(at: "count(//numa/cell)"))?.first.flatMap { Double($0) } ?? 0
        let identifiers = (try? document.strings(at: "//distances/sibling/@id")) ?? []
        let values = (try? document.strings(at: "//distances/sibling/@value")) ?? []
        let siblings = (try? document.strings(at: "count(//distances/sibling)"))?.first.flatMap { Double($0) } ?? 0
        let isSound =
            identifiers.count == Int(siblings) && values.count == Int(siblings)
            && identifiers.allSatisfy { UInt32($0).map { Double($0) < cells } ?? false }
            && values.allSatisfy { UInt32($0).map { (10...255).contains($0) } ?? false }
        guard isSound else {
            throw Failure(.unprocessable, "Each NUMA distance has the id of a cell and a value from 10 to 255.")
        }
    }
}
