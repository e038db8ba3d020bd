// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Authentication
import Documents
import Operations
import Settings

/// Where one comes in and goes out.
extension WebResponder {
    /// What somebody unknown may send there.
    var doorLimits: Limits {
        var limits = settings.limits
        limits.body = Setting(min(16_384, limits.body.value), limits.body.origin)
        return limits
    }

    /// The form to log in, or the login.
    func login(_ asked: AskedRequest) async throws -> Answer {
        let sessions = try entrance()
        guard asked.isPost else {
            try admitQuery(["next"], asked)
            let message = asked.caller.name.map { "You are logged in as \($0)." } ?? "Log in as a user of this server."
            return document(asked, LoginForm(next: ReturnPath.checked(asked.target.query("next"))), message)
        }
        try admitQuery([], asked)
        let fields = try LoginFields(form(asked, "login"))
        let (authentication, cookie) = await sessions.open(name: fields.name, password: fields.password, asked.proofs)
        guard case .user(let identity) = authentication, let cookie else {
            var fault = refusal(authentication)
            fault.login = LoginForm(next: fields.next, name: fields.name)
            throw fault
        }
        var requester = Requester.current
        requester.caller = identity.name
        requester.authentication = identity.scheme.rawValue
        audit.note(AuditRecord(.login, decision: .allowed, requester: requester))
        if asked.isBrowser { return .redirect(fields.next ?? Links.vms, cookie: cookie) }
        return document(asked, LoginForm(next: fields.next), "You are logged in as \(identity.name).", cookie: cookie)
    }

    /// The form to log out, or the end of a session.
    func logout(_ asked: AskedRequest) async throws -> Answer {
        let sessions = try entrance()
        try admitQuery([], asked)
        func document(_ sender: Sender, _ message: String, cookie: String? = nil) -> Answer {
            let page = Page(target: asked.target, up: nil, in: surroundings(for: sender))
            return .document(LogoutDocument(page: page, message: message).bytes, root: "logout", cookie: cookie)
        }
        guard asked.isPost else {
            return document(asked.sender, asked.caller.name.map { "You are logged in as \($0)." } ?? "You are not logged in.")
        }
        guard try form(asked, "logout").isEmpty else { throw Fault(400, "There is nothing to say about a logout.") }
        // A session beside that header is none, so it would go on.
        guard asked.proofs.authorization.isEmpty else {
            throw Fault(400, "A request with an Authorization header has no session that could end.", advice: "Send its cookie alone.")
        }
        await sessions.end(asked.proofs)
        if asked.caller.name != nil { audit.note(AuditRecord(.logout)) }
        let cookie = sessions.deletion(asked.proofs)
        if asked.isBrowser { return .redirect(operations.gate.visibility == .owner ? Links.login : Links.vms, cookie: cookie) }
        return document(.anonymous, "You are logged out.", cookie: cookie)
    }

    private func entrance() throws(Fault) -> SessionAuthenticator {
        guard let sessions else { throw Fault(404, "Nobody logs in here: this server knows no users.") }
        return sessions
    }

    private func form(_ asked: AskedRequest, _ name: String) throws(Fault) -> [RequestForm.Field] {
        try RequestForm(limits: doorLimits, body: asked.body).content(of: asked.request, for: name, []).fields
    }

    private func document(_ asked: AskedRequest, _ form: LoginForm, _ message: String, cookie: String? = nil) -> Answer {
        let page = Page(target: asked.target, up: nil, in: surroundings(for: asked.sender))
        return .document(LoginDocument(page: page, form: form, message: message).bytes, root: "login", cookie: cookie)
    }
}
