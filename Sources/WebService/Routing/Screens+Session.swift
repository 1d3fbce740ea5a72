import HTTPTypes
import WorkCalendar
import WorkflowModel

extension Screens {
    /// Signing in and out, roles, and what pages are made of.
    static let session: [Endpoint] = [
        .get("/", .readPublic, "首页", "First page", [], .redirect) { call in
            .seeOther(call.person?.role.home ?? Links.signIn)
        },
        .get(
            Links.signIn, .signIn, "登录页", "Sign-in page", [.query("then", "登录后打开的页面", "The page to go on to")], .page
        ) { call in
            .page(SignInPage(call, then: call.query["then"]))
        },
        .post(Links.signIn, .signIn, "登录", "Sign in") { call in
            try await signIn(call)
        },
        .post(Links.signOut, .keepSession, "退出", "Sign out") { call in
            if let name = call.sessionName { try await call.service.sessions.end(name) }
            var answer = Answer.seeOther(Links.signIn)
            answer.headers.append(SigningIn.noCookie(call.service))
            return answer
        },
        .get(
            Links.role, .keepSession, "切换岗位页", "Role page", [.query("then", "切换后打开的页面", "The page to go on to")], .page
        ) { call in
            let person = try call.reader()
            return .page(RolePage(posts: person.posts, current: person.post, then: call.query["then"] ?? "/"))
        },
        .post(Links.role, .keepSession, "切换岗位", "Switch role") { call in
            let person = try call.reader()
            guard let number = call.fields["post"].flatMap({ Int($0) }), person.posts.indices.contains(number),
                let name = call.sessionName
            else {
                throw Problem.unprocessable(
                    "postUnknown", "没有这个岗位。请从列表中选择。", "There is no such role. Choose one of the list.")
            }
            try await call.service.sessions.change(name, at: CityClock.system.now()) { $0.post = number }
            return .seeOther(SigningIn.destination(call.fields["then"]))
        },
    ]

    private static func signIn(_ call: Call) async throws -> Answer {
        let account = call.fields.text("account") ?? ""
        let password = call.fields["password"] ?? ""
        var mistakes: [PageContext.Mistake] = []
        if account.isEmpty { mistakes.append(.init(field: "account", text: call.say("填写账号", "Enter your account"))) }
        if password.isEmpty { mistakes.append(.init(field: "password", text: call.say("填写口令", "Enter your password"))) }
        let page = SignInPage(call, then: call.fields["then"])
        guard mistakes.isEmpty else { return .page(page, status: .unprocessableContent, mistakes: mistakes) }
        do {
            let (name, _, found) = try await SigningIn.begin(
                account: account.lowercased(), password: password, tenant: call.fields["tenant"], in: call.service,
                from: call.address)
            if let old = call.sessionName { try await call.service.sessions.end(old) }
            let then = SigningIn.destination(call.fields["then"])
            var answer = Answer.seeOther(then == "/" ? found.posts[0].role.home : then)
            answer.headers.append(SigningIn.cookie(name, call.service))
            return answer
        } catch let problem as Problem where problem.code == "signInRefused" || problem.code == "signInsTooOften" {
            let text = problem.title[call.language] + call.say("。", ". ") + problem.detail[call.language]
            var answer = Answer.page(page, status: problem.status, mistakes: [.init(field: "account", text: text)])
            answer.headers = problem.headers
            return answer
        }
    }
}

extension SignInPage {
    init(_ call: Call, then: String?) {
        self.init(
            tenants: call.service.offices.all.map { ($0.id, $0.name) }, then: SigningIn.destination(then),
            account: call.fields["account"] ?? "", tenant: call.fields["tenant"] ?? "")
    }
}
