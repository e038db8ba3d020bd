// SPDX-License-Identifier: GPL-2.0-or-later

/// What a permission is asked for.
public enum ObjectReference: Hashable, Sendable {
    /// A domain by host, UUID, name and owner; so is what belongs to it.
    case domain(host: String, uuid: String, name: String, owner: Ownership)
    /// A host by its name here.
    case host(String)
    /// Another object by the word for its kind, host, name and UUID (nil: it has none, or it is not known yet).
    /// - Parameter parent: the name of the pool or network that it belongs to; nil where it belongs to the host.
    case object(kind: String, host: String, name: String, uuid: String?, parent: String? = nil)
    /// This server itself.
    case server

    /// The name of the host that it is on, or is; nil for the server.
    public var hostName: String? {
        switch self {
        case .domain(let host, _, _, _), .host(let host), .object(_, let host, _, _, _): host
        case .server: nil
        }
    }
}
