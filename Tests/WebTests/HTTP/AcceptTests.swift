// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Web

@Suite struct AcceptTests {
    @Test(
        arguments: [
            (nil, .xml), ("", .xml), ("*/*", .xml), ("text/*", .xml), ("image/png", .xml),
            // Chromium, Firefox, Safari, and the client of an old JDK
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7", .html),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .html),
            ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", .html),
            ("text/html", .html), ("TEXT/HTML;level=1", .html), ("application/xhtml+xml;q=0.001", .html), ("text/html, application/xml", .html),
            ("text/html;q=0.9, application/xml", .xml), ("text/html;q=0.9, text/xml;q=0.901", .xml), ("text/html;q=0", .xml),
            ("text/html;q=0.000, */*", .xml),
            ("text/html;q=0.5, application/xhtml+xml, text/xml;q=0.9", .html),
            ("application/json", .json), ("application/json, text/plain, */*", .json), ("application/json, text/javascript, */*; q=0.01", .json),
            ("application/json;q=0.5, */*", .json), ("application/json;q=0.5, text/html;q=0.4", .json),
            ("application/json;q=0.5, application/xml", .xml),
            ("application/json, application/xml", .json), ("application/json, text/html", .html), ("application/json;q=0", .xml),
            ("text/csv", .csv), ("text/csv;q=0.9, application/json;q=0.8", .csv), ("text/csv, application/json", .json),
            ("text/csv;header=present", .csv),
            // Garbage is passed over
            (",, ;q=1,text/html", .html), ("text/html;q=2, application/json;q=0.1", .json), ("text/html;q=1.001, text/csv;q=0.1", .csv),
            ("text/html;q=0.1234, text/csv;q=0.1", .csv), ("text/html;q=, text/csv;q=0.1", .csv), ("text/html;q=-1", .xml),
            ("text/html;q=0.1;q=1", .xml),
            ("a/b;x=\"y, text/html\"", .xml), ("a/b;x=\"\\\", text/html\", text/csv", .csv), ("a/b;x=\", text/html", .xml),
            ("text/html;Q=0.0, text/csv;q=0.", .xml),
        ] as [(String?, View)])
    func `a view is chosen`(field: String?, view: View) {
        #expect(Accept(field).view == view)
    }

    @Test(
        arguments: [("text/html;q=0.1, text/xml", true), ("application/xhtml+xml", true), ("*/*", false), ("text/html;q=0", false), (nil, false)]
            as [(String?, Bool)])
    func `whether HTML is named is known`(field: String?, names: Bool) {
        #expect(Accept(field).namesHTML == names)
    }

    @Test func `no mutation crashes`() {
        var random = SeededGenerator(seed: 4)
        let field = Array("text/html;level=\"1,\\\"2\";q=0.9, application/json;q=0.123, */*".utf8)
        for _ in 0..<10_000 {
            let accept = Accept(String(decoding: random.mutation(of: field), as: UTF8.self))
            #expect(accept.view != .html || accept.namesHTML)
        }
    }

    @Test func `views are named as in the query`() {
        #expect(View.allCases.map(\.rawValue) == ["xml", "html", "raw", "json", "csv"])
    }
}
