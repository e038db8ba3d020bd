// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Logging
import Testing
import XML

@testable import Web

/// A shipped directory and an overriding one, in a scratch folder that goes with the suite.
@Suite final class StylesheetStoreTests {
    private let scratch = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)")
    private let store: StylesheetStore

    init() throws {
        let directories = AssetDirectories(builtin: scratch, override: scratch.appending(path: "theme"))
        store = StylesheetStore(directories: directories, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try write("Stylesheets/html/page.xsl", body: "<xsl:import href='part.xsl'/>")
        try write("Stylesheets/html/part.xsl", body: "<xsl:template match='/'>shipped</xsl:template>")
    }

    deinit { try? FileManager.default.removeItem(at: scratch) }

    private func write(_ path: String, body: String) throws {
        let file = scratch.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let open = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
        try "\(open)\(body)<xsl:output method='text'/></xsl:stylesheet>".write(to: file, atomically: true, encoding: .utf8)
    }

    private func rendered() throws -> String {
        let stylesheet = try store.stylesheet("/html/page.xsl")
        return String(decoding: try stylesheet.transform(try Document(parsing: "<a/>")), as: UTF8.self)
    }

    @Test func `an unchanged stylesheet is compiled once`() throws {
        #expect(try store.stylesheet("/html/page.xsl") === store.stylesheet("/html/page.xsl"))
    }

    @Test func `a changed import is seen by the next request`() throws {
        #expect(try rendered() == "shipped")
        try write("Stylesheets/html/part.xsl", body: "<xsl:template match='/'>mended</xsl:template>")
        #expect(try rendered() == "mended")
    }

    @Test func `a theme's file that appears later overrides the shipped one, and gives way when it goes`() throws {
        #expect(try rendered() == "shipped")
        try write("theme/html/part.xsl", body: "<xsl:template match='/'>theme</xsl:template>")
        #expect(try rendered() == "theme")
        try FileManager.default.removeItem(at: scratch.appending(path: "theme/html/part.xsl"))
        #expect(try rendered() == "shipped")
    }

    @Test func `one that no longer compiles leaves the last good one in use until it is mended`() throws {
        #expect(try rendered() == "shipped")
        try write("Stylesheets/html/part.xsl", body: "<xsl:template match='['>broken</xsl:template>")
        #expect(try rendered() == "shipped")
        try write("Stylesheets/html/part.xsl", body: "<xsl:template match='/'>mended</xsl:template>")
        #expect(try rendered() == "mended")
    }

    @Test func `a theme that never compiled gives way to the shipped one, until it is mended`() throws {
        try write("theme/html/page.xsl", body: "<xsl:template match='['>broken</xsl:template>")
        #expect(try rendered() == "shipped")
        #expect(try store.stylesheet("/html/page.xsl") === store.stylesheet("/html/page.xsl"))
        try write("theme/html/page.xsl", body: "<xsl:template match='/'>theme</xsl:template>")
        #expect(try rendered() == "theme")
    }

    @Test func `a theme that fails gives way to the shipped one, until it is mended`() throws {
        try write("theme/html/page.xsl", body: "<xsl:template match='/' name='t'><xsl:call-template name='t'/></xsl:template>")
        let failed = try store.stylesheet("/html/page.xsl")
        #expect(store.isForeign(failed))
        let shipped = try store.replacement(for: failed, at: "/html/page.xsl", after: XMLError(.transform, "too deep"))
        #expect(!store.isForeign(shipped))
        #expect(try rendered() == "shipped")
        #expect(try store.stylesheet("/html/page.xsl") === shipped)
        try write("theme/html/page.xsl", body: "<xsl:template match='/'>theme</xsl:template>")
        #expect(try rendered() == "theme")
    }

    @Test(arguments: ["/etc/hostname", "../../outside.xsl", "../.././theme/../outside.xsl"])
    func `a link that leads out of the theme is not followed`(destination: String) throws {
        try write("outside.xsl", body: "<xsl:template match='/'>outside</xsl:template>")
        try write("theme/html/part.xsl", body: "")
        let link = scratch.appending(path: "theme/html/part.xsl").path
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: destination)
        #expect(try rendered() == "shipped")
        let directories = AssetDirectories(builtin: scratch, override: scratch.appending(path: "theme"))
        let error = #expect(throws: XMLError.self) { try Stylesheet("/html/page.xsl", source: directories) }
        #expect(error?.message.contains("link leads out") == true)
        #expect(error?.file == link)
    }

    @Test func `a link within the theme is followed, and the theme may be one itself`() throws {
        try write("elsewhere/html/other.xsl", body: "<xsl:template match='/'>theme</xsl:template>")
        try FileManager.default.createSymbolicLink(atPath: scratch.appending(path: "theme").path, withDestinationPath: "elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.appending(path: "elsewhere/html/page.xsl").path, withDestinationPath: "other.xsl")
        #expect(try rendered() == "theme")
    }

    @Test func `a directory that leads out of the theme is not followed`() throws {
        try write("outside/page.xsl", body: "<xsl:template match='/'>outside</xsl:template>")
        try write("theme/x.xsl", body: "")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.appending(path: "theme/html").path, withDestinationPath: scratch.appending(path: "outside").path)
        #expect(try rendered() == "shipped")
    }

    @Test func `one that never compiled says where it is wrong`() throws {
        try write("Stylesheets/html/part.xsl", body: "<xsl:template match='['>broken</xsl:template>")
        let error = #expect(throws: XMLError.self) { try self.store.stylesheet("/html/page.xsl") }
        #expect(error?.file?.hasSuffix("part.xsl") == true)
        #expect(error?.line == 1)
    }
}
