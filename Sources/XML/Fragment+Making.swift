// SPDX-License-Identifier: GPL-2.0-or-later

extension Fragment {
    /// An element without namespace that holds a text, with what is markup in it escaped.
    public init(element name: String, text: String) {
        self.init(name) { $0.put(escaping: text, isAttribute: false) }
    }

    /// An element without namespace that holds such elements.
    public init(element name: String, children: [(name: String, text: String)]) {
        self.init(name) { sink in
            for child in children { sink.put(Fragment(element: child.name, text: child.text).text) }
        }
    }

    private init(_ name: String, _ content: (inout ByteSink) -> Void) {
        var sink = ByteSink(capacity: 256)
        sink.put("<\(name)>")
        content(&sink)
        sink.put("</\(name)>")
        self.init(trusted: String(decoding: sink.finish(), as: UTF8.self))
    }
}
