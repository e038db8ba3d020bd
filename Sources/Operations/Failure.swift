// SPDX-License-Identifier: GPL-2.0-or-later
import Cluster
public import Commands
public import Libvirt

/// Why something was not done, in terms that a fault document shows.
public struct Failure: Error, Sendable {
    public enum Kind: Sendable {
        case malformed, denied, notFound, conflict, unprocessable, hypervisor, unsupported, unreachable, timeout, unavailable
    }

    public enum Outcome: String, Sendable {
        /// The command was run and changed nothing, as far as libvirt says.
        case failed
        /// The command may have taken effect, or may still do so.
        case unknown
    }

    public let kind: Kind
    /// One or more sentences for the caller.
    public private(set) var message: String
    public var advice: String?
    /// The parameter at fault.
    public var parameter: ArgumentError?
    public var libvirt: LibvirtError?
    /// The name of the host that was asked.
    public var host: String?
    public var outcome: Outcome?
    /// The domain's state, read after the failure.
    public var state: DomainState?

    /// That there is no such host.
    static func noHost(_ name: String) -> Failure {
        Failure(.notFound, "There is no host of the name \u{201C}\(name)\u{201D}.", advice: "The list of hosts shows those that there are.")
    }

    /// That there is no such object, or none that the caller may see.
    static func nothing(at path: ObjectPath, host: String) -> Failure {
        let name = path.steps.last?.key.description ?? ""
        return Failure(.notFound, "There is no \(path.kind.rawValue) \u{201C}\(name)\u{201D} on the host \(host).", host: host)
    }

    /// That something may not be done because nobody would know of it.
    static let unaudited = Failure(
        .unavailable, "The audit cannot be written, so nothing is changed.",
        advice: "Reading goes on. Whoever runs this server finds the reason in its log; it is tried again with the next command.")

    public init(_ kind: Kind, _ message: String, advice: String? = nil, parameter: ArgumentError? = nil, host: String? = nil) {
        self.kind = kind
        self.message = message
        self.advice = advice
        self.parameter = parameter
        self.host = host
    }

    /// A parameter that does not fit.
    public init(_ error: ArgumentError) {
        self.init(.unprocessable, "The parameter \(error.parameter) does not fit. \(error.message)", parameter: error)
    }

    /// What a call to a host threw. `isReading`: nothing can have changed.
    public init(_ error: any Error, host: String, isReading: Bool) {
        switch error {
        case let failure as Failure: self = failure
        case let error as LibvirtError: self.init(libvirt: error, host: host)
        case CommandError.libvirt(let error): self.init(libvirt: error, host: host)
        case CommandError.invalidResult(let message): self.init(.hypervisor, message, host: host)
        case let error as ConnectError:
            self.init(.unreachable, "The host \(host) cannot be reached: \(error.message)", host: host)
            libvirt = error.reason
            advice = "It is tried again all the time. Check that libvirtd runs there and lets this server connect."
        case CallError.notStarted:
            self.init(.timeout, "The host \(host) is busy: the call did not begin before its deadline, so nothing was done.", host: host)
            advice = "Try again later."
        case CallError.broken(let error):
            self.init(.unreachable, "The connection to the host \(host) broke: \(error.message)", host: host)
            libvirt = error
            advice = isReading ? "Try again later." : "The command may have taken effect. Look at the object's state before trying again."
            outcome = isReading ? nil : .unknown
        default:
            self.init(.timeout, "The host \(host) did not answer before the deadline.", host: host)
            advice = isReading ? "Try again later." : "The command may still take effect. Look at the object's state before trying again."
            outcome = isReading ? nil : .unknown
        }
    }

    /// The same in other words.
    func saying(_ message: String) -> Failure {
        var failure = self
        failure.message = message
        return failure
    }

    /// The same, blamed on what was sent.
    var asUnprocessable: Failure {
        var failure = Failure(.unprocessable, message, advice: advice, host: host)
        failure.libvirt = libvirt
        return failure
    }

    private init(libvirt error: LibvirtError, host: String) {
        self.init(Self.kind(of: error), error.message, host: host)
        libvirt = error
    }

    private static func kind(of error: LibvirtError) -> Kind {
        if error.isNotFound { return .notFound }
        return switch error.code {
        case .operationDenied, .accessDenied, .authenticationFailed: .denied
        case .noSupport, .argumentUnsupported, .operationUnsupported: .unsupported
        case .invalidArgument where error.message.contains("unsupported flags"): .unsupported
        case .rpc where error.message.contains("unknown procedure"): .unsupported
        case .invalidArgument, .xmlError, .xmlDetail, .xmlInvalidSchema, .configurationUnsupported: .unprocessable
        case .operationInvalid, .domainExists, .networkExists, .volumeExists, .poolBuilt: .conflict
        case .operationFailed where error.message.contains("already"): .conflict
        case .operationTimeout, .agentUnresponsive: .timeout
        case .noConnect, .invalidConnection, .rpc: .unreachable
        default: .hypervisor
        }
    }
}
