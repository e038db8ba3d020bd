// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi

/// Avahi's list of TXT items, freed exactly once.
@safe struct TextList: ~Copyable {
    /// Nil: empty.
    let pointer: UnsafeMutablePointer<AvahiStringList>?

    init(_ items: [[UInt8]]) {
        var list: UnsafeMutablePointer<AvahiStringList>?
        // Avahi keeps its lists in reverse.
        for item in items { unsafe list = unsafe avahi_string_list_add_arbitrary(list, item, item.count) }
        unsafe pointer = unsafe list
    }

    deinit { unsafe avahi_string_list_free(pointer) }

    /// The items of a list that Avahi lends, as many as fit.
    static func items(of list: UnsafeMutablePointer<AvahiStringList>?, upTo limit: Int) -> (items: [[UInt8]], isWhole: Bool) {
        var (items, size): ([[UInt8]], Int) = ([], 0)
        var next = unsafe list
        while let item = unsafe next {
            let count = unsafe avahi_string_list_get_size(item)
            // Each costs something even if it is empty.
            size += count + 1
            guard size <= limit else { return (items, false) }
            unsafe items.append(Array(UnsafeBufferPointer(start: avahi_string_list_get_text(item), count: count)))
            unsafe next = unsafe avahi_string_list_get_next(item)
        }
        return (items, true)
    }
}
