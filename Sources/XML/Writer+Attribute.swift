// SPDX-License-Identifier: GPL-2.0-or-later

extension Writer {
    /// The attributes that a document may have; all else is elements.
    public enum Attribute: String, Sendable {
        case href, rel, id, name, unit

        /// What stands before its value.
        var opening: String {
            switch self {
            case .href: #" href=""#
            case .rel: #" rel=""#
            case .id: #" id=""#
            case .name: #" name=""#
            case .unit: #" unit=""#
            }
        }
    }
}
