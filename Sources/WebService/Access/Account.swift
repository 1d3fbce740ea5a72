import CaseEngine
import Orchestrator
import WorkCalendar

/// Somebody who may sign in (账号).
struct Account: Sendable, Hashable, Codable {
    /// The name to sign in with: 1 to 64 of `[a-z0-9._-]`.
    var id: String
    /// The person's name, as it stands in events.
    var name: String
    var posts: [Post]
    /// The password as it is kept; `nil` for those who come from a provider.
    var password: PasswordHash?
    /// `sub` of a provider's tokens.
    var subject: String?
    var isClosed = false
    /// Raised with every change of password or posts: sessions from before are over.
    var epoch = 1

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// What is done with accounts (账号管理).
enum AccountCommand: Sendable, Hashable, Codable {
    case open(account: Account)
    case changePassword(account: String, password: PasswordHash)
    case grantPosts(account: String, posts: [Post], reason: String)
    case close(account: String, reason: String)
    case reopen(account: String, reason: String)
    case endSessions(account: String, reason: String)
}

struct AccountEvent: Sendable, Hashable, Codable, OfficeEvent {
    var what: AccountCommand
    var on: LocalDate
    var by: Actor

    static var schema: Int { 1 }

    var kind: String {
        switch what {
        case .open: "accountOpened"
        case .changePassword: "passwordChanged"
        case .grantPosts: "postsGranted"
        case .close: "accountClosed"
        case .reopen: "accountReopened"
        case .endSessions: "sessionsEnded"
        }
    }
}

/// Why an account cannot be changed as asked; nothing happened.
enum AccountRejection: Error, Sendable, Hashable {
    case nameTaken(String)
    case noSuchAccount(String)
    case notAName(String)
    case reasonMissing
    case departmentMissing(ServiceRole)
    case incompatible(ServiceRole, ServiceRole)
    case personMissing

    var code: String {
        switch self {
        case .nameTaken: "accountNameTaken"
        case .noSuchAccount: "unknownAccount"
        case .notAName: "accountNameNotPlain"
        case .reasonMissing: "reasonMissing"
        case .departmentMissing: "departmentMissing"
        case .incompatible: "rolesIncompatible"
        case .personMissing: "personMissing"
        }
    }

    var text: LocalizedText {
        switch self {
        case .nameTaken(let id):
            LocalizedText(zh: "账号 \(id) 已有人使用，请另取名称。", en: "The name \(id) is taken; choose another.")
        case .noSuchAccount(let id): LocalizedText(zh: "没有账号 \(id)。", en: "There is no account \(id).")
        case .notAName:
            LocalizedText(
                zh: "账号名称为 1 至 64 个小写字母、数字或 . _ -。", en: "An account's name is 1 to 64 small letters, digits or . _ -.")
        case .reasonMissing: LocalizedText(zh: "请写明理由。", en: "Give the reason.")
        case .departmentMissing(let role):
            LocalizedText(zh: "岗位“\(role.title.zh)”须写明部门。", en: "A \(role.title.en) needs a department.")
        case .incompatible(let a, let b):
            LocalizedText(
                zh: "\(a.title.zh)与\(b.title.zh)须由不同的人担任（三员分立）。",
                en: "\(a.title.en) and \(b.title.en) have to be different people.")
        case .personMissing: LocalizedText(zh: "请写明姓名。", en: "Give the person's name.")
        }
    }
}

/// All accounts of a city (账号台账): an office ledger like the library of definitions, so that every change of a role has a
/// place in a chain of hashes.
struct AccountLedger: Sendable, OfficeLedger {
    private(set) var accounts: [String: Account] = [:]
    /// By `sub`.
    private(set) var subjects: [String: String] = [:]

    static var streamName: String { "accounts" }

    init() {}

    var count: Int { accounts.count }
    subscript(id: String) -> Account? { accounts[id] }
    func account(ofSubject subject: String) -> Account? { subjects[subject].flatMap { accounts[$0] } }

    func decide(_ command: AccountCommand, in context: CaseContext) throws -> [AccountEvent] {
        switch command {
        case .open(let account):
            guard Account.isName(account.id) else { throw AccountRejection.notAName(account.id) }
            guard !account.name.allSatisfy(\.isWhitespace) else { throw AccountRejection.personMissing }
            guard accounts[account.id] == nil else { throw AccountRejection.nameTaken(account.id) }
            try Self.check(account.posts)
        case .changePassword(let id, _): try require(id)
        case .grantPosts(let id, let posts, let reason):
            try require(id)
            try Self.require(reason: reason)
            try Self.check(posts)
        case .close(let id, let reason), .reopen(let id, let reason), .endSessions(let id, let reason):
            try require(id)
            try Self.require(reason: reason)
        }
        return [AccountEvent(what: command, on: context.today, by: context.actor)]
    }

    private func require(_ id: String) throws {
        guard accounts[id] != nil else { throw AccountRejection.noSuchAccount(id) }
    }

    private static func require(reason: String) throws {
        guard !reason.allSatisfy(\.isWhitespace) else { throw AccountRejection.reasonMissing }
    }

    /// The three administrators are three people, and none of them handles cases.
    private static func check(_ posts: [Post]) throws {
        let keepers: Set<ServiceRole> = [.administrator, .securityAdministrator, .auditAdministrator]
        for post in posts where ServiceRole.ofDepartments.contains(post.role) && (post.department ?? "").isEmpty {
            throw AccountRejection.departmentMissing(post.role)
        }
        guard let keeper = posts.first(where: { keepers.contains($0.role) }) else { return }
        if let other = posts.first(where: { $0.role != keeper.role }) {
            throw AccountRejection.incompatible(keeper.role, other.role)
        }
    }

    mutating func evolve(by event: AccountEvent) {
        switch event.what {
        case .open(let account):
            accounts[account.id] = account
            if let subject = account.subject { subjects[subject] = account.id }
        case .changePassword(let id, let password):
            accounts[id]?.password = password
            accounts[id]?.epoch += 1
        case .grantPosts(let id, let posts, _):
            accounts[id]?.posts = posts
            accounts[id]?.epoch += 1
        case .close(let id, _):
            accounts[id]?.isClosed = true
            accounts[id]?.epoch += 1
        case .reopen(let id, _): accounts[id]?.isClosed = false
        case .endSessions(let id, _): accounts[id]?.epoch += 1
        }
    }
}
