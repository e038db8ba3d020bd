// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Libvirt
import Testing

/// The generator that the build uses, run on the description of a libvirt that is newer than the installed one.
@Suite struct GeneratorTests {
    private static let additions = """
        <function name='virDomainPolish' file='libvirt-domain' module='libvirt-domain' version='12.0.0'>
          <info><![CDATA[Polishes a domain.\n\nIt says "so".]]></info><return type='int' info='0 in case of success'/>
          <arg name='domain' type='virDomainPtr' info='a domain'/><arg name='cloth' type='const char *' info='what with'/>
          <arg name='flags' type='unsigned int' info='bitwise-OR of virDomainPolishFlags'/>
        </function>
        <function name='virDomainKnead' file='libvirt-domain' module='libvirt-domain' version='12.0.0'>
          <info><![CDATA[Kneads a domain.]]></info><return type='int' info='0 in case of success'/>
          <arg name='domain' type='virDomainPtr' info='a domain'/><arg name='dough' type='virDoughPtr *' info='a list of nobody knows what'/>
        </function>
        <enum name='VIR_DOMAIN_POLISH_SOFTLY' file='libvirt-domain' value='4' type='virDomainPolishFlags' info='with a soft cloth'/>
        """

    /// The newest of those that builds leave beside the tests: SwiftPM calls the one that plugins run `-tool`.
    private static func executable() throws -> URL {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        var (folder, found) = (tests.deletingLastPathComponent(), [(URL, Date)]())
        // The tests may be run by a helper elsewhere; then the bundle is among the arguments.
        let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { URL(filePath: $0).resolvingSymlinksInPath() }
        if let bundle = bundles.first { folder = bundle.deletingLastPathComponent() }
        for name in ["LibvirtAPIGenerator", "LibvirtAPIGenerator-tool"] {
            let file = folder.appending(path: name)
            guard FileManager.default.isExecutableFile(atPath: file.path) else { continue }
            let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
            found.append((file, date ?? .distantPast))
        }
        return try #require(found.max { $0.1 < $1.1 }?.0, "no LibvirtAPIGenerator in \(folder.path)")
    }

    /// By the shell, because Foundation's `Process` leaks, which LeakSanitizer does not forgive.
    private static func run(_ words: [String]) throws -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "generator-\(randomUUID()).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        let command = (words + [">", file.path, "2>&1"]).map { $0.hasPrefix("/") ? "'\($0)'" : $0 }.joined(separator: " ")
        // The generator leaves all that it allocated to its end.
        let status = unsafe system("ASAN_OPTIONS=detect_leaks=0 \(command)")
        // Not by `String(contentsOf:)`, which leaks where a file is empty.
        let output = try FileHandle(forReadingFrom: file).readDataToEndOfFile()
        return (status >> 8, String(decoding: output, as: UTF8.self))
    }

    private static func installedDescription() throws -> String {
        if let path = ProcessInfo.processInfo.environment["LIBVIRT_API"] { return try String(contentsOfFile: path, encoding: .utf8) }
        let path = try run(["pkg-config", "--variable=libvirt_api", "libvirt"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    /// What the generator writes for a description with the additions, and headers of that release.
    private func source(installed: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "generator-\(randomUUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let description = try Self.installedDescription()
        let end = try #require(description.range(of: "</symbols>", options: .backwards))
        let newer = description.replacingCharacters(in: end, with: Self.additions + "</symbols>")
        let (input, output) = (folder.appending(path: "api.xml"), folder.appending(path: "API.swift"))
        try newer.write(to: input, atomically: true, encoding: .utf8)
        let result = try Self.run([Self.executable().path, input.path, installed, output.path])
        #expect(result.status == 0, "\(result.output)")
        return try String(contentsOf: output, encoding: .utf8)
    }

    private func calls(_ source: String) -> Set<String> {
        Set(source.matches(of: /static func (vir[A-Za-z0-9]+)\(_ object/).map { String($0.1) })
    }

    @Test func `a function of the installed release is called if it is regular`() throws {
        let source = try source(installed: "99.0.0")
        #expect(calls(source).contains("virDomainPolish"))
        #expect(!calls(source).contains("virDomainKnead"))
        #expect(source.contains("CLibvirt.virDomainPolish(object.pointer, arguments.string(\"cloth\"), arguments.uint(\"flags\"))"))
        #expect(source.contains("generatedCall: GeneratedCall.virDomainPolish)"))
        #expect(source.contains(#"documentation: "Polishes a domain.\n\nIt says \"so\".""#))
    }

    @Test func `a function that came later is described, and not called`() throws {
        let source = try source(installed: "9.0.0")
        for name in ["virDomainPolish", "virDomainKnead"] {
            #expect(!calls(source).contains(name))
            #expect(source.contains("public static let \(name) = Function("))
            #expect(source.contains("        .\(name),\n"))
            #expect(!source.contains("CLibvirt.\(name)("))
        }
        // What was there before goes on as it was: the build's own generator has written the same calls.
        let known = Set(Function.all.filter { $0.isCallable && !$0.isAdapted }.map(\.name))
        #expect(known.subtracting(calls(source)) == [])
    }

    @Test(arguments: ["9.0.0", "99.0.0"]) func `a new constant is known whatever is installed`(installed: String) throws {
        let source = try source(installed: installed)
        #expect(source.contains(#"Constant(name: "VIR_DOMAIN_POLISH_SOFTLY", value: 4, documentation: "with a soft cloth", alias: nil)"#))
        #expect(source.contains("public static let virDomainPolishFlags = Enumeration(name: \"virDomainPolishFlags\""))
    }

    @Test func `the generator says how it is used`() throws {
        let result = try Self.run([Self.executable().path])
        #expect(result.status == 2)
        #expect(result.output.hasPrefix("usage: LibvirtAPIGenerator"))
    }
}
