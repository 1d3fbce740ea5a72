import Foundation
import Crypto
import HTTPTypes
import Hummingbird
import Orchestrator
import WorkCalendar

/// Finds out who asks, and refuses what they may not (门卫).
extension ServiceParts {
    /// Notes who a visitor is; a visitor who claims to be somebody and is not is refused.
    func identify(_ visit: inout Visit) async throws {
        if let header = visit.request.headers[.authorization] {
            guard let token = Self.bearer(header) else { throw Problem.tokenRefused }
            if token.contains(".") {
                try await identify(&visit, byProviderToken: token)
            } else {
                guard try await identify(&visit, bySession: token) else { throw Problem.tokenRefused }
            }
        } else if let name = visit.cookies[cookieName] {
            visit.isByCookie = try await identify(&visit, bySession: name)
        }
    }

    private static func bearer(_ header: String) -> String? {
        let halves = header.split(separator: " ", maxSplits: 1)
        guard halves.count == 2, halves[0].lowercased() == "bearer", halves[1].utf8.count <= 8192 else { return nil }
        return String(halves[1])
    }

    /// - Returns: whether it is somebody's stay, and that is not over.
    private func identify(_ visit: inout Visit, bySession name: String) async throws -> Bool {
        guard name.utf8.count <= 64 else { return false }
        // The machine's own time: an office's date may stand still.
        guard let session = try await sessions.session(name, at: CityClock.system.now()),
            let office = offices[session.tenant],
            let account = try await office.accounts.account(session.account)
        else { return false }
        guard !account.isClosed, account.epoch == session.epoch, account.posts.indices.contains(session.post) else {
            try await sessions.end(name)
            return false
        }
        visit.office = office
        visit.session = session
        visit.sessionName = name
        visit.person = Person(
            tenant: office.id, account: account.id, name: account.name, posts: account.posts,
            post: account.posts[session.post], session: name)
        return true
    }

    private func identify(_ visit: inout Visit, byProviderToken token: String) async throws {
        guard let tokens else { throw Problem.tokenRefused }
        let claims = try await tokens.claims(of: token, at: CityClock.system.now())
        for office in claims.tenant.map({ [offices[$0]].compactMap(\.self) }) ?? offices.all {
            guard let account = try await office.accounts.ledger().account(ofSubject: claims.subject),
                !account.isClosed, let post = account.posts.first
            else { continue }
            visit.office = office
            visit.person = Person(
                tenant: office.id, account: account.id, name: account.name, posts: account.posts,
                post: account.posts.first { $0.role.rawValue == claims.role } ?? post, session: nil)
            return
        }
        throw Problem.tokenRefused
    }

    /// Refuses those who may not, and finds the case that the address names.
    func admit(_ visit: Visit, to endpoint: Endpoint, _ parameters: [String: String]) async throws
        -> (subject: CaseSnapshot?, relation: Relation?)
    {
        let grant = Permissions.grant(endpoint.action)
        if !grant.isPublic, visit.person == nil { throw Problem.notSignedIn }
        guard endpoint.isAboutCase, !grant.isPublic, let person = visit.person else {
            guard Permissions.allows(endpoint.action, to: visit.person?.role, nil) else {
                throw Problem.forbidden(Permissions.roles(for: endpoint.action))
            }
            return (nil, nil)
        }
        // Whoever may not in any case need not learn whether there is this one.
        guard Permissions.allows(endpoint.action, to: person.role, nil) else {
            throw Problem.forbidden(Permissions.roles(for: endpoint.action))
        }
        let snapshot = try await visit.office.snapshot(of: parameters["case"] ?? "")
        let registry = person.role == .agent ? try await visit.office.orchestrator.registry() : nil
        let relation = person.relation(to: snapshot, registry: registry, on: visit.office.clock.today())
        guard Permissions.allows(endpoint.action, to: person.role, relation) else {
            // A case that one may not read is as if it were not there.
            guard Permissions.allows(.readCase, to: person.role, relation) else {
                throw Problem.notFound("没有这个办件", "There is no such case")
            }
            throw Problem.forbidden(Permissions.roles(for: endpoint.action))
        }
        return (snapshot, relation)
    }

    /// Refuses a write that another site made a browser send.
    ///
    /// - Source: OWASP Cross-Site Request Forgery Prevention: token, and the origin besides.
    func requireOwnOrigin(_ visit: Visit, token: String?) throws {
        let headers = visit.request.headers
        if let origin = headers[.origin], !isOurs(origin, visit.request) { throw Problem.otherOrigin }
        if let site = headers[.fetchSite], site != "same-origin", site != "none" { throw Problem.otherOrigin }
        guard visit.isByCookie, let session = visit.session else { return }
        guard let token, SecretText.unmasked(token).map({ SecretText.areEqual($0, session.formToken) }) ?? false else {
            throw Problem.formStale
        }
    }

    private func isOurs(_ origin: String, _ request: Request) -> Bool {
        guard let authority = request.head.authority, let split = origin.range(of: "://")
        else { return false }
        return origin[split.upperBound...].lowercased() == authority.lowercased()
    }
}

extension Problem {
    static let tokenRefused = Problem(
        .unauthorized, "tokenRefused", LocalizedText(zh: "登录凭证不被接受", en: "This token is not accepted"),
        LocalizedText(zh: "凭证已过期、已退出，或不是发给本系统的。请重新登录。", en: "It is over, or not for this service. Sign in again."),
        headers: [(.wwwAuthenticate, "Bearer error=\"invalid_token\"")])
    static let otherOrigin = Problem(
        .forbidden, "otherOrigin", LocalizedText(zh: "请求来自别的网站", en: "This came from another site"),
        LocalizedText(
            zh: "为防冒用，没有执行。请在本系统的页面上重新操作。", en: "Nothing was done, for safety. Do it again on a page of this service."))
    static let formStale = Problem(
        .forbidden, "formStale", LocalizedText(zh: "页面已过期", en: "This page is out of date"),
        LocalizedText(
            zh: "登录状态在打开页面之后变了，没有提交。请刷新页面后再提交一次。",
            en: "You signed in anew after the page was opened, so nothing was sent. Reload the page and send it again.")
    )
}

extension SecretText {
    /// A token in another disguise every time, so that its letters cannot be found out from the size of packed pages
    /// (BREACH).
    static func masked(_ token: String) -> String {
        let bytes = Array(token.utf8)
        let mask = randomBytes(bytes.count)
        return encode(mask + zip(bytes, mask).map { $0 ^ $1 })
    }

    /// The token without its disguise, or as it is where it has none; `nil` when it is neither.
    static func unmasked(_ text: String) -> String? {
        guard text.utf8.count > 40 else { return text }
        guard let bytes = decode(text), bytes.count % 2 == 0 else { return nil }
        let half = bytes.count / 2
        return String(validating: zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }, as: UTF8.self)
    }
}
