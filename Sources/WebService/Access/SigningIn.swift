import CaseEngine
import HTTPTypes
import Orchestrator
import WorkCalendar

/// Signing in, out and from one post to another (登录、退出、切换岗位).
enum SigningIn {
    /// Whether a name and a password are somebody's.
    ///
    /// - Throws: `Problem`, in the same words and after the same time whether the name or the password is wrong.
    static func begin(
        account id: String, password: String, tenant: String?, in parts: ServiceParts, from address: String
    ) async throws -> (name: String, session: Session, account: Account) {
        guard let office = tenant.map({ parts.offices[$0] }) ?? parts.offices.first else { throw refused }
        let place = "\(office.id)/\(id.prefix(80))"
        if let wait = parts.signInsFromAddress.take(address) ?? parts.signInsOfAccount.take(place) {
            throw tooOften(wait: wait)
        }
        guard password.utf8.count <= PasswordHash.longest, let account = try await office.accounts.account(id),
            !account.isClosed, !account.posts.isEmpty, let kept = account.password
        else {
            await PasswordHash.compareWithNothing(password, rounds: parts.configuration.passwordRounds)
            throw refused
        }
        guard await kept.matches(password) else { throw refused }
        let now = CityClock.system.now()
        let session = Session(
            tenant: office.id, account: account.id, post: 0, epoch: account.epoch, formToken: SecretText.random(),
            since: now, lastSeen: now)
        return (try await parts.sessions.begin(session), session, account)
    }

    static let refused = Problem(
        .unauthorized, "signInRefused", LocalizedText(zh: "账号或口令不对", en: "The name or the password is wrong"),
        LocalizedText(
            zh: "请核对后重新输入；忘记口令请找系统管理员。", en: "Check both and try again; the administrator helps with a lost password."))

    static func tooOften(wait: Int) -> Problem {
        Problem(
            .tooManyRequests, "signInsTooOften", LocalizedText(zh: "尝试次数太多", en: "Too many tries"),
            LocalizedText(zh: "请在 \(wait) 秒后再登录。", en: "Sign in again in \(wait) second\(wait == 1 ? "" : "s")."),
            headers: [(.retryAfter, String(wait))])
    }

    static func cookie(_ name: String, _ parts: ServiceParts) -> (name: HTTPField.Name, value: String) {
        let secure = parts.configuration.isSecure ? "; Secure" : ""
        return (.setCookie, "\(parts.cookieName)=\(name); Path=/; HttpOnly; SameSite=Lax\(secure)")
    }

    static func noCookie(_ parts: ServiceParts) -> (name: HTTPField.Name, value: String) {
        let secure = parts.configuration.isSecure ? "; Secure" : ""
        return (.setCookie, "\(parts.cookieName)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\(secure)")
    }

    /// Where to go on: a page of ours, or the first one.
    static func destination(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), !text.contains("\n"),
            !text.contains("\r"), !text.hasPrefix(Links.signIn), !text.hasPrefix(Links.signOut)
        else { return "/" }
        return text
    }
}

extension ServiceRole {
    /// The page that somebody in that role begins with.
    var home: String {
        switch self {
        case .supervisor, .manager: Links.supervision
        case .editor: Links.workflows
        case .administrator, .securityAdministrator, .auditAdministrator: Links.system
        default: Links.work
        }
    }
}
