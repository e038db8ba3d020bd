// SPDX-License-Identifier: GPL-2.0-or-later

/// What a permission is asked for.
public enum ObjectReference: Hashable, Sendable {
    /// A domain by host, UUID, name and owner (nil: nobody's).
    case domain(host: String, uuid: String, name: String, owner: String?)
    /// A host by its name here.
    case host(String)
    /// Another object by the word for its kind, host, name and UUID (nil: it has none, or it is not known yet).
    case object(kind: String, host: String, name: String, uuid: String?)

    /// The name of the host that it is on, or is.
    public var hostName: String {
        switch self {
        case .domain(let host, _, _, _), .host(let host), .object(_, let host, _, _): host
        }
    }
}
