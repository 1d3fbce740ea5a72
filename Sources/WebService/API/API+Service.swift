import Planning
import HTTPTypes
import Orchestrator
import WorkCalendar
import WorkflowModel

extension API {
    /// For whoever watches over the service.
    static let health: [Endpoint] = [
        .get(
            "/healthz", .readPublic, "进程是否在运行", "Whether the process runs", [],
            .json(.object(["status": .oneOf(["ok"])]))
        ) { _ in .json(.members(["status": .string("ok")])) },
        .get(
            "/readyz", .readPublic, "能否办理请求", "Whether requests can be answered", [],
            .json(.object(["status": .oneOf(["ok"]), "stores": .whole()]))
        ) { call in
            for office in call.service.offices.all { _ = try await office.store.head(of: probe) }
            return .json(.members(["status": .string("ok"), "stores": .integer(call.service.offices.all.count)]))
        },
    ]

    private static let probe = OfficeStream<AccountLedger>.id

    static let live: [Endpoint] = [
        Endpoint(
            method: .get, path: Links.live, action: .listCases, summary: LiveEndpoint.summary,
            parameters: [.query("after", "最后收到的编号", "The last number that was received", .whole(0...Int.max))],
            answer: .events, handle: { try await LiveEndpoint.answer($0) })
    ]

    /// Sessions for programs: the token that comes back goes into `Authorization: Bearer`.
    static let sessions: [Endpoint] = [
        .post(
            "/v1/sessions", .signIn, "登录，取得令牌", "Sign in and get a token",
            body: .json(
                .object(["account": .text(longest: 64), "password": .text(longest: 256), "tenant?": .text(longest: 64)])
            ),
            .json(.named("Session"), status: .created)
        ) { call in
            let asked = try call.value(SignInRequest.self)
            let (name, session, account) = try await SigningIn.begin(
                account: asked.account, password: asked.password, tenant: asked.tenant, in: call.service,
                from: call.address)
            return .json(
                .members([
                    "token": .string(name), "account": .string(account.id), "name": .string(account.name),
                    "tenant": .string(session.tenant), "post": .integer(session.post),
                    "posts": .array(account.posts.map(\.json)),
                ]), status: .created)
        },
        .get("/v1/session", .keepSession, "当前登录", "Who is signed in", [], .json(.named("Whoami"))) { call in
            let person = try call.reader()
            return .json(
                .members([
                    "account": .string(person.account), "name": .string(person.name),
                    "tenant": .string(person.tenant), "post": person.post.json,
                    "posts": .array(person.posts.map(\.json)),
                ]))
        },
        Endpoint(
            method: .delete, path: "/v1/session", action: .keepSession,
            summary: LocalizedText(zh: "退出", en: "Sign out"), answer: .none,
            handle: { call in
                if let name = call.sessionName { try await call.service.sessions.end(name) }
                return .none
            }),
        Endpoint(
            method: .put, path: "/v1/session/post", action: .keepSession,
            summary: LocalizedText(zh: "切换岗位", en: "Switch role"),
            body: .json(.object(["post": .whole(0...99)])), answer: .none,
            handle: { call in
                let person = try call.reader()
                let number = try call.value(PostRequest.self).post
                guard person.posts.indices.contains(number), let name = call.sessionName else {
                    throw Problem.unprocessable("postUnknown", "没有这个岗位。", "There is no such role.")
                }
                try await call.service.sessions.change(name, at: CityClock.system.now()) { $0.post = number }
                return .none
            }),
    ]

    private struct SignInRequest: Codable {
        let account: String
        let password: String
        let tenant: String?
    }

    private struct PostRequest: Codable {
        let post: Int
    }
}

extension Post {
    var json: JSONText {
        .members([
            "role": .string(role.rawValue), "title": title.json, "department": .optional(department),
            "owners": .strings(owners),
        ])
    }
}
