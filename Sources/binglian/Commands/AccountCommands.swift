import ArgumentParser
import Foundation
import Orchestrator
import Planning
import WebService
import WorkCalendar
import WorkflowModel

/// `binglian account`: who may sign in to a store's office.
struct AccountCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "The accounts of a store, while its service runs or not. 账号。",
        discussion:
            "Every change is an entry of the same ledger that the service writes; GET /v1/audit/accounts shows it.",
        subcommands: [List.self, Add.self, ResetPassword.self, Disable.self, Enable.self, EndSessions.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All accounts with their roles, and how many sessions of theirs last.")

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.accounts(creating: false) { accounts, terminal in
                let listed = try await accounts.list(at: OfficeDate.now)
                switch store.format {
                case .json: printOut(JSONText.array(listed.map(\.json)).pretty)
                case .text:
                    if listed.isEmpty { printOut(terminal.say("没有账号。", "There are no accounts.")) }
                    for account in listed { printOut(account.line(terminal)) }
                }
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an account in one role or several.",
            discussion: "The password is made up and shown once, unless it is read from standard input.")

        @Argument(help: "The name to sign in with: small letters, digits or . _ -.") var account: String
        @Option(help: "The person's name, as it stands in events.") var name: String
        @Option(help: "A role, such as window, handler or administrator; may be given again.") var role: [String] = []
        @Option(help: "The department's id, for roles of departments.") var department: String?
        @Option(help: "What the department is called.") var place: String?
        @Option(help: "The code or name of an owner whose cases are theirs; may be given again.") var owner: [String] =
            []
        @Option(help: "For those who sign in with a provider's tokens: their sub; there is no password then.")
        var subject: String?
        @OptionGroup var act: AccountAct

        func validate() throws {
            if role.isEmpty { throw ValidationError("--role is missing: an account without a role may do nothing") }
            if subject != nil, act.passwordStdin {
                throw ValidationError("--subject and --password-stdin exclude each other")
            }
        }

        func run() async throws {
            try await act.change.store.accounts(creating: true) { accounts, terminal in
                let password = subject == nil ? try act.password(terminal) : nil
                try await accounts.add(
                    account, name: name, roles: role, department: department,
                    place: place.map { LocalizedText(zh: $0, en: $0) }, owners: owner, password: password?.text,
                    subject: subject, by: act.change.act)
                act.report(
                    terminal.say("已开设账号 \(account)。", "The account \(account) is open."), password, terminal)
            }
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account a new password; its sessions end.",
            discussion: "The password is made up and shown once, unless it is read from standard input.")

        @Argument(help: "The account.") var account: String
        @OptionGroup var act: AccountAct

        func run() async throws {
            try await act.change.store.accounts(creating: false) { accounts, terminal in
                let password = try act.password(terminal)
                try await accounts.resetPassword(of: account, to: password.text, by: act.change.act)
                act.report(
                    terminal.say(
                        "账号 \(account) 的口令已改，登录均已失效。",
                        "The account \(account) has a new password; its sessions are over."), password, terminal)
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let nobody sign in with an account any more; its sessions end.")

        @Argument(help: "The account.") var account: String
        @Option(help: "Why; it stands in the ledger.") var reason: String
        @OptionGroup var act: AccountChange

        func run() async throws {
            try await act.store.accounts(creating: false) { accounts, terminal in
                try await accounts.disable(account, reason: reason, by: act.act)
                printOut(terminal.say("已停用账号 \(account)。", "The account \(account) is disabled."))
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let an account that was disabled sign in again.")

        @Argument(help: "The account.") var account: String
        @Option(help: "Why; it stands in the ledger.") var reason: String
        @OptionGroup var act: AccountChange

        func run() async throws {
            try await act.store.accounts(creating: false) { accounts, terminal in
                try await accounts.enable(account, reason: reason, by: act.act)
                printOut(terminal.say("已启用账号 \(account)。", "The account \(account) is enabled."))
            }
        }
    }

    struct EndSessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign an account out wherever it is signed in; it may sign in again.")

        @Argument(help: "The account.") var account: String
        @Option(help: "Why; it stands in the ledger.") var reason: String
        @OptionGroup var act: AccountChange

        func run() async throws {
            try await act.store.accounts(creating: false) { accounts, terminal in
                try await accounts.endSessions(of: account, reason: reason, by: act.act)
                printOut(
                    terminal.say("账号 \(account) 的登录均已失效。", "The sessions of the account \(account) are over."))
            }
        }
    }
}

/// Who changes an account, and when.
struct AccountChange: ParsableArguments {
    @Option(help: "Who does it, as it stands in the ledger; default: whoever is logged in on this machine.")
    var by: String?

    @Option(help: "The office's date; default: today in Beijing time.")
    var on: LocalDate?

    @OptionGroup var store: StoreLocation

    var act: AccountAdministration.Act {
        AccountAdministration.Act(
            name: by ?? NSUserName(), date: on ?? OfficeDate.today, time: OfficeDate.now)
    }
}

/// The password that an account gets, and who gives it when.
struct AccountAct: ParsableArguments {
    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    @OptionGroup var change: AccountChange

    /// The password, and whether it was made up.
    func password(_ terminal: Terminal) throws -> (text: String, isNew: Bool) {
        guard passwordStdin else { return (AccountAdministration.newPassword(), true) }
        guard let line = readLine(strippingNewline: true) else {
            throw CommandFailure(zh: "标准输入没有口令。", en: "there is no password on standard input.")
        }
        return (line, false)
    }

    func report(_ done: String, _ password: (text: String, isNew: Bool)?, _ terminal: Terminal) {
        printOut(done)
        if let password, password.isNew {
            printOut(
                terminal.say(
                    "口令  \(password.text)  只显示这一次。", "The password is  \(password.text)  and is not shown again."))
        }
    }
}

extension OpensStore {
    /// Opens the accounts of the store, turning refusals into words.
    fileprivate func accounts(
        creating: Bool, _ body: @escaping (AccountAdministration, Terminal) async throws -> Void
    ) async throws {
        try await terminal.run { terminal in
            try await withOffice(terminal, creating: creating) { office in
                do {
                    try await body(AccountAdministration(store: office.store), terminal)
                } catch let refusal as AccountAdministration.Refusal {
                    throw CommandFailure(
                        zh: "\(refusal.text.zh)（\(refusal.code)）", en: "\(refusal.text.en) (\(refusal.code))")
                }
            }
        }
    }
}

extension AccountAdministration.Listed {
    fileprivate func line(_ terminal: Terminal) -> String {
        var notes = [posts.map { $0[terminal.language] }.joined(separator: terminal.say("、", ", "))]
        if isExternal { notes.append(terminal.say("统一身份认证", "provider's tokens")) }
        if isClosed { notes.append(terminal.say("已停用", "disabled")) }
        if sessions > 0 {
            notes.append(
                terminal.say("\(sessions) 处登录", sessions == 1 ? "1 session" : "\(sessions) sessions"))
        }
        return DisplayWidth.padded(id, to: 20) + " " + DisplayWidth.padded(name, to: 12) + " "
            + notes.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// As documented in `docs/json.md#accounts`.
    fileprivate var json: JSONText {
        .members([
            "id": .string(id), "name": .string(name), "posts": .array(posts.map(\.json)),
            "disabled": .bool(isClosed), "external": .bool(isExternal), "sessions": .integer(sessions),
        ])
    }
}
