import CaseEngine
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Accounts that are kept from the command line, beside the service.
@Suite struct AccountAdministrationTests {
    private static let act = AccountAdministration.Act(
        name: "郑主任", date: TestCity.today, time: Instant(milliseconds: 1_000_000))

    /// A service looks at the ledger again after a second.
    private static func seen() async throws { try await Task.sleep(for: .milliseconds(1100)) }

    /// How signing in with a password is answered.
    private static func signIn(_ city: TestCity, _ account: String, _ password: String) async throws -> Int {
        try await seen()
        return try await city.again().test { client in
            try await client.send(
                .post, "/v1/sessions", json: #"{"account":"\#(account)","password":"\#(password)"}"#
            ).status.code
        }
    }

    @Test("An account that is opened beside the service signs in; a new password ends its sessions")
    func opened() async throws {
        let city = try await TestCity()
        let accounts = AccountAdministration(store: city.here.store, rounds: 1000)
        try await accounts.add(
            "li", name: "李工", roles: ["handler", "window"], department: TestCity.lead,
            place: LocalizedText(zh: "规划局", en: "Planning"), owners: [], password: "correct horse battery",
            subject: nil, by: Self.act)
        #expect(try await Self.signIn(city, "li", "correct horse battery") == 201)
        #expect(try await Self.signIn(city, "li", "correct horse") == 401)
        let token = try await city.again().token(of: "li")
        let listed = try #require(try await accounts.list(at: .now).first { $0.id == "li" })
        #expect(listed.posts.map(\.zh) == ["规划局 · 承办人", "规划局 · 综合窗口"])
        #expect(listed.sessions == 2 && !listed.isClosed && !listed.isExternal)
        let password = AccountAdministration.newPassword()
        try await accounts.resetPassword(of: "li", to: password, by: Self.act)
        #expect(try await accounts.list(at: .now).first { $0.id == "li" }?.sessions == 0)
        let later = city.again()
        try await Self.seen()
        try await later.test { client in
            let answer = try await client.send(.get, "/v1/session", token: token)
            #expect(answer.status == .unauthorized)
        }
        #expect(try await Self.signIn(city, "li", password) == 201)
    }

    @Test("Disabled, enabled and signed out: what the service does with it, and what stands in the ledger")
    func closed() async throws {
        let city = try await TestCity()
        let accounts = AccountAdministration(store: city.here.store, rounds: 1000)
        let token = try await city.token(of: "window")
        func status() async throws -> HTTPResponse.Status {
            try await Self.seen()
            return try await city.test { try await $0.send(.get, "/v1/session", token: token).status }
        }
        #expect(try await city.test { try await $0.send(.get, "/v1/session", token: token).status } == .ok)
        try await accounts.endSessions(of: "window", reason: "手机遗失", by: Self.act)
        #expect(try await status() == .unauthorized)
        #expect(try await Self.signIn(city, "window", TestCity.password) == 201)
        try await accounts.disable("window", reason: "调离", by: Self.act)
        #expect(try await Self.signIn(city, "window", TestCity.password) == 401)
        #expect(try await accounts.list(at: .now).first { $0.id == "window" }?.isClosed == true)
        try await accounts.enable("window", reason: "调回", by: Self.act)
        #expect(try await Self.signIn(city, "window", TestCity.password) == 201)
        let events = try await AccountDesk(store: city.here.store).events().suffix(3)
        #expect(events.map(\.kind) == ["sessionsEnded", "accountClosed", "accountReopened"])
        #expect(events.allSatisfy { $0.by.name == "郑主任" && $0.on == TestCity.today })
        let auditor = try await city.token(of: "auditadministrator")
        let shown = try await city.again().test { try await $0.send(.get, "/v1/audit/accounts", token: auditor).json }
        #expect(shown["events"].elements.suffix(3).compactMap { $0["reason"].text } == ["手机遗失", "调离", "调回"])
    }

    @Test("What is not possible is said with its code, and nothing happens")
    func refused() async throws {
        let city = try await TestCity()
        let accounts = AccountAdministration(store: city.here.store, rounds: 1000)
        let before = try await AccountDesk(store: city.here.store).events().count
        func add(_ id: String, roles: [String], department: String? = nil, password: String = "long enough") async
            -> String?
        {
            do {
                try await accounts.add(
                    id, name: "n", roles: roles, department: department, place: nil, owners: [], password: password,
                    subject: nil, by: Self.act)
                return nil
            } catch { return (error as? AccountAdministration.Refusal)?.code }
        }
        #expect(await add("window", roles: ["window"]) == "accountNameTaken")
        #expect(await add("Big", roles: ["window"]) == "accountNameNotPlain")
        #expect(await add("a", roles: ["king"]) == "unknownRole")
        #expect(await add("a", roles: ["handler"]) == "departmentMissing")
        #expect(await add("a", roles: ["administrator", "auditAdministrator"]) == "rolesIncompatible")
        #expect(await add("a", roles: ["window"], password: "short") == "passwordLength")
        await #expect(throws: AccountAdministration.Refusal.self) {
            try await accounts.disable("nobody", reason: "r", by: Self.act)
        }
        await #expect(throws: AccountAdministration.Refusal.self) {
            try await accounts.endSessions(of: "window", reason: " ", by: Self.act)
        }
        #expect(try await AccountDesk(store: city.here.store).events().count == before)
    }

    @Test("Passwords that are made up differ and are long enough")
    func passwords() {
        let some = (0..<100).map { _ in AccountAdministration.newPassword() }
        #expect(Set(some).count == 100)
        #expect(some.allSatisfy { AccountAdministration.passwordLength.contains($0.utf8.count) })
    }
}
