import CaseEngine
import Orchestrator
import WorkCalendar

/// The accounts of a store as they are kept from the command line (账号管理): the same ledger entries as the service makes, so
/// that a city whose administrators lost their passwords is not lost.
public struct AccountAdministration: Sendable {
    private let store: any OfficeStore
    private let desk: AccountDesk
    private let rounds: Int

    public init(store: any OfficeStore) { self.init(store: store, rounds: PasswordHash.rounds) }

    /// - Parameter rounds: for new passwords; fewer only in tests.
    init(store: any OfficeStore, rounds: Int) {
        self.store = store
        self.rounds = rounds
        desk = AccountDesk(store: store)
    }

    /// An account as it is listed, without its password.
    public struct Listed: Sendable {
        public let id: String
        public let name: String
        /// "市规划局 · 审批人".
        public let posts: [LocalizedText]
        public let isClosed: Bool
        /// Whether it signs in with a provider's tokens.
        public let isExternal: Bool
        /// Sessions that last.
        public let sessions: Int
    }

    /// Why nothing was done.
    public struct Refusal: Error, Sendable {
        public let code: String
        public let text: LocalizedText
    }

    /// Who does it, and when.
    public struct Act: Sendable {
        public let name: String
        public let date: LocalDate
        public let time: Instant

        public init(name: String, date: LocalDate, time: Instant) {
            self.name = name
            self.date = date
            self.time = time
        }
    }

    /// The names of the roles that an account can have.
    public static var roles: [String] { ServiceRole.allCases.map(\.rawValue) }
    /// Fewest and most bytes of a password.
    public static var passwordLength: ClosedRange<Int> { PasswordHash.shortest...PasswordHash.longest }

    /// Twenty letters and digits that nobody guesses, in groups that can be read out.
    public static func newPassword() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")  // without those that are taken for others
        var generator = SystemRandomNumberGenerator()
        let letters = (0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return stride(from: 0, to: 20, by: 5).map { String(letters[$0..<$0 + 5]) }.joined(separator: "-")
    }

    /// All accounts, by name.
    public func list(at now: Instant) async throws -> [Listed] {
        let ledger = try await desk.ledger()
        var sessions: [String: Int] = [:]
        var cursor: String?
        while true {
            let page = try await store.transients(Session.space, prefix: "", after: cursor, limit: 500, at: now)
            for record in page {
                guard let session = try? StoredJSON.value(Session.self, record.value), session.ends > now,
                    ledger[session.account]?.epoch == session.epoch
                else { continue }
                sessions[session.account, default: 0] += 1
            }
            guard page.count == 500, let last = page.last else { break }
            cursor = last.key
        }
        return ledger.accounts.values.sorted { $0.id < $1.id }.map { account in
            Listed(
                id: account.id, name: account.name, posts: account.posts.map(\.title), isClosed: account.isClosed,
                isExternal: account.subject != nil, sessions: account.isClosed ? 0 : sessions[account.id] ?? 0)
        }
    }

    /// Opens an account in one role or several, for one department and some owners.
    ///
    /// - Parameters:
    ///   - roles: of ``roles``.
    ///   - place: what the department is called.
    ///   - password: `nil` for those who sign in with a provider's tokens.
    ///   - subject: `sub` of those tokens.
    public func add(
        _ id: String, name: String, roles: [String], department: String?, place: LocalizedText?, owners: [String],
        password: String?, subject: String?, by act: Act
    ) async throws {
        let posts = try roles.map { text in
            guard let role = ServiceRole(rawValue: text) else {
                let known = Self.roles.joined(separator: ", ")
                throw Refusal(
                    code: "unknownRole",
                    text: LocalizedText(
                        zh: "没有岗位“\(text)”。可以是：\(known)。", en: "There is no role '\(text)'; there are: \(known)."))
            }
            return Post(
                role, department: ServiceRole.ofDepartments.contains(role) ? department : nil, place: place,
                owners: ServiceRole.ofOwners.contains(role) ? owners : [])
        }
        let account = Account(
            id: id, name: name, posts: posts, password: try await hash(password), subject: subject)
        try await perform(.open(account: account), by: act)
    }

    /// Gives an account a new password; its sessions end.
    public func resetPassword(of id: String, to password: String, by act: Act) async throws {
        guard let hash = try await hash(password) else { return }
        try await perform(.changePassword(account: id, password: hash), by: act)
    }

    /// Lets nobody sign in with it any more; its sessions end.
    public func disable(_ id: String, reason: String, by act: Act) async throws {
        try await perform(.close(account: id, reason: reason), by: act)
    }

    public func enable(_ id: String, reason: String, by act: Act) async throws {
        try await perform(.reopen(account: id, reason: reason), by: act)
    }

    /// Signs it out everywhere, within a second.
    public func endSessions(of id: String, reason: String, by act: Act) async throws {
        try await perform(.endSessions(account: id, reason: reason), by: act)
    }

    private func perform(_ command: AccountCommand, by act: Act) async throws {
        let key = CommandKey("cli.\(SecretText.randomBytes(12).map { String($0, radix: 16) }.joined())")
        guard let key else { preconditionFailure("letters and digits are a key") }
        do {
            try await desk.perform(
                command, key: key, by: Actor(role: .supervisor, name: act.name), on: act.date, at: act.time)
        } catch let rejection as AccountRejection {
            throw Refusal(code: rejection.code, text: rejection.text)
        }
    }

    private func hash(_ password: String?) async throws -> PasswordHash? {
        guard let password else { return nil }
        guard Self.passwordLength.contains(password.utf8.count) else {
            throw Refusal(
                code: "passwordLength",
                text: LocalizedText(
                    zh: "口令至少 \(PasswordHash.shortest) 个、至多 \(PasswordHash.longest) 个字节。",
                    en: "A password has \(PasswordHash.shortest) to \(PasswordHash.longest) bytes."))
        }
        return await PasswordHash.make(password, rounds: rounds)
    }
}
