import CaseEngine
import Orchestrator
import WorkCalendar

/// Who may sign in to a city that nobody has signed in to yet (初始账号).
public struct FirstAccount: Sendable {
    public let id: String
    public let name: String
    /// What it is for, for whoever reads the list at the terminal.
    public let role: LocalizedText
    let posts: [Post]
}

extension CityOffice {
    /// How many accounts there are.
    public func accountCount() async throws -> Int { try await accounts.ledger().count }

    /// Opens an account for each of the three administrators, who open all others (三员).
    public func openAdministrators(password: String) async throws -> [FirstAccount] {
        try await open(
            [
                first("admin", "系统管理员", [Post(.administrator)]),
                first("security", "安全管理员", [Post(.securityAdministrator)]),
                first("audit", "审计管理员", [Post(.auditAdministrator)]),
            ], password: password)
    }

    /// Opens an account for every role of a demonstration.
    ///
    /// - Parameters:
    ///   - owners: credit codes or names of the owners whose cases the applicant and the agent see.
    ///   - departments: the departments whose officers there are, with what they are called; the first is whose handler
    ///     can change to the other posts, too.
    ///   - chained: those of which there are a reviewer and an approver besides, since nobody signs twice running.
    public func openDemonstration(
        owners: [String], departments: [(id: String, title: LocalizedText)], chained: [String] = [],
        technicalUnits: [String] = [],
        utilities: [String] = [], password: String
    ) async throws -> [FirstAccount] {
        var accounts = [
            first("owner", "陈建设", [Post(.applicant, owners: owners)]),
            first("agent", "林代办", [Post(.agent, owners: owners)]),
            first("window", "周窗口", [Post(.window, department: "window")]),
        ]
        for (id, title) in departments {
            var posts = [Post(.handler, department: id, place: title)]
            if id == departments.first?.id {
                posts += [ServiceRole.reviewer, .approver, .head].map { Post($0, department: id, place: title) }
            }
            let role: ServiceRole? =
                technicalUnits.contains(id) ? .technicalUnit : utilities.contains(id) ? .utility : nil
            if let role { posts = [Post(role, department: id, place: title)] }
            let (account, name) = (Self.accountName(id), title.zh.prefix(2))
            accounts.append(first(account, Self.surname(of: id) + name, posts))
            guard chained.contains(id) else { continue }
            for (role, surname) in [(ServiceRole.reviewer, "秦"), (.approver, "许")] {
                accounts.append(
                    first("\(account)-\(role.rawValue)", surname + name, [Post(role, department: id, place: title)]))
            }
        }
        accounts += [
            first("supervisor", "吴监察", [Post(.supervisor)]), first("manager", "郑管理", [Post(.manager)]),
            first("editor", "冯流程", [Post(.editor)]), first("editor2", "褚复核", [Post(.editor)]),
        ]
        return try await open(accounts, password: password) + (try await openAdministrators(password: password))
    }

    private static func accountName(_ department: String) -> String {
        let plain = department.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(plain.prefix(60))
    }

    /// Made up, and always the same.
    private static func surname(of department: String) -> String {
        let surnames = ["赵", "钱", "孙", "李", "王", "刘", "黄", "徐", "马", "胡", "郭", "何"]
        return surnames[department.utf8.reduce(0) { $0 + Int($1) } % surnames.count]
    }

    private func first(_ id: String, _ name: String, _ posts: [Post]) -> FirstAccount {
        FirstAccount(id: id, name: name, role: posts[0].title, posts: posts)
    }

    /// Opens those that are not there yet.
    private func open(_ accounts: [FirstAccount], password: String) async throws -> [FirstAccount] {
        let hash = await PasswordHash.make(password)
        let known = try await self.accounts.ledger()
        for account in accounts where known[account.id] == nil {
            guard let key = CommandKey("account.\(account.id)") else { continue }
            try await self.accounts.perform(
                .open(account: Account(id: account.id, name: account.name, posts: account.posts, password: hash)),
                key: key, by: .system, on: clock.today, at: clock.now)
        }
        return accounts
    }
}
