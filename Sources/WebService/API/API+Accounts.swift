import CaseEngine
import HTTPTypes
import Orchestrator
import WorkCalendar
import WorkflowModel

extension API {
    /// Accounts: the system's administrator opens and closes them, the security administrator gives roles.
    static let accounts: [Endpoint] = [
        .get(
            "/v1/accounts", .readSystem, "账号列表", "The accounts", [],
            .json(.object(["accounts": .list(.named("Account"))]))
        ) { call in
            let ledger = try await call.office.accounts.ledger()
            return .json(
                .members(["accounts": .array(ledger.accounts.values.sorted { $0.id < $1.id }.map(\.document))]))
        },
        .post(
            "/v1/accounts", .manageAccounts, "开设账号（岗位由安全管理员授予）", "Open an account; roles are given separately",
            body: .json(
                .object([
                    "id": .text(longest: 64), "name": .text(longest: 64), "password?": .text(longest: 256),
                    "subject?": .text(longest: 255),
                ])), .json(.named("Account"), status: .created)
        ) { call in
            let members = try MembersReading(try call.json(), known: ["id", "name", "password", "subject"])
            let password = try members.optionalText("password")
            let account = Account(
                id: try members.text("id"), name: try members.text("name"), posts: [],
                password: try await hash(password, call), subject: try members.optionalText("subject"))
            try await change(.open(account: account), call)
            return .created(account.document, at: "/v1/accounts/\(Links.escaped(account.id))")
        },
        Endpoint(
            method: .put, path: "/v1/accounts/{account}/posts", action: .grantRoles,
            summary: LocalizedText(zh: "授予岗位", en: "Give roles"),
            body: .json(.object(["posts": .list(.named("PostRequest")), "reason": .text(longest: 2000)])),
            answer: .none,
            handle: { call in
                let asked = try call.value(GrantRequest.self)
                try await change(
                    .grantPosts(
                        account: call.parameter("account"),
                        posts: asked.posts.map {
                            Post($0.role, department: $0.department, place: $0.place, owners: $0.owners ?? [])
                        }, reason: asked.reason), call)
                return .none
            }),
        .post(
            "/v1/accounts/{account}/close", .manageAccounts, "停用账号", "Close an account",
            body: .json(.object(["reason": .text(longest: 2000)])), .none
        ) { call in
            let members = try MembersReading(try call.json(), known: ["reason"])
            try await change(.close(account: call.parameter("account"), reason: try members.text("reason")), call)
            return .none
        },
        Endpoint(
            method: .put, path: "/v1/session/password", action: .keepSession,
            summary: LocalizedText(zh: "修改自己的口令；所有登录随之失效", en: "Change one's password; all sessions end"),
            body: .json(.object(["old": .text(longest: 256), "new": .text(longest: 256)])), answer: .none,
            handle: { call in
                let members = try MembersReading(try call.json(), known: ["old", "new"])
                let person = try call.reader()
                if let wait = call.service.signInsOfAccount.take("\(person.tenant)/\(person.account)") {
                    throw SigningIn.tooOften(wait: wait)
                }
                guard let account = try await call.office.accounts.account(person.account),
                    let kept = account.password, await kept.matches(try members.text("old"))
                else { throw SigningIn.refused }
                guard let new = try await hash(try members.text("new"), call) else { throw SigningIn.refused }
                try await change(.changePassword(account: account.id, password: new), call)
                return .none
            }),
    ]

    private struct GrantRequest: Codable {
        struct Asked: Codable {
            let role: ServiceRole
            let department: String?
            let place: LocalizedText?
            let owners: [String]?
        }
        let posts: [Asked]
        let reason: String
    }

    private static func change(_ command: AccountCommand, _ call: Call) async throws {
        try await call.office.accounts.perform(
            command, key: try call.commandKey(), by: try call.reader().actor, on: call.today, at: call.now)
    }

    private static func hash(_ password: String?, _ call: Call) async throws -> PasswordHash? {
        guard let password else { return nil }
        guard (PasswordHash.shortest...PasswordHash.longest).contains(password.utf8.count) else {
            throw Problem.unprocessable(
                "passwordLength", "口令至少 \(PasswordHash.shortest) 个字符。",
                "A password has \(PasswordHash.shortest) characters at least.")
        }
        return await PasswordHash.make(password, rounds: call.service.configuration.passwordRounds)
    }
}

extension Account {
    /// Without the password.
    var document: JSONText {
        .members([
            "id": .string(id), "name": .string(name), "posts": .array(posts.map(\.json)), "closed": .bool(isClosed),
            "external": .bool(subject != nil),
        ])
    }
}
