import ArgumentParser
import CaseEngine
import Foundation
import Logging
import Orchestrator
import PostgresStore
import SQLiteStore
import WorkCalendar
import WorkflowModel

/// Options of a command that works on a store.
///
/// Every group declares the options itself: groups within groups are checked again and again by the parser in debug
/// builds, which takes most of a second for the deepest.
protocol OpensStore {
    var store: String { get }
    var terminal: Terminal { get }
}

/// Where cases are kept.
struct StoreLocation: ParsableArguments, OpensStore {
    @Option(help: storeHelp)
    var store: String = defaultStore

    @Option(help: languageHelp)
    var lang: LanguageChoice?

    var terminal: Terminal { Terminal.current(language: lang?.language) }
}

private let storeHelp: ArgumentHelp =
    "The SQLite file or the PostgreSQL database that holds the cases; default: BINGLIAN_STORE, else binglian.db."
private let defaultStore = ProcessInfo.processInfo.environment["BINGLIAN_STORE"] ?? "binglian.db"

extension OpensStore {
    /// Opens the store, does something with it and closes it, turning refusals and failures into words.
    ///
    /// - Parameter creating: whether a file that is not there is made; otherwise it is a mistake in the path.
    /// - Parameter registers: what answers under the names of registers of shared data.
    /// - Parameter receivers: the queues of departments that are told by message what is asked of them.
    func withOffice(
        _ terminal: Terminal, creating: Bool = false, registers: [String: any SharedDataSource] = [:],
        receivers: [String: String] = [:], logger: Logger? = nil,
        _ body: (CaseOffice) async throws -> Void
    ) async throws {
        guard let place = StorePlace(store) else { throw CommandFailure(unreadableAddress: ()) }
        guard creating || place.mayBeThere else {
            throw CommandFailure(
                zh: "找不到办件库 \(store)。用 --store 指定文件，或先用 binglian case open 立案。",
                en:
                    "there is no store '\(store)'. Name the file with --store, or open a case first with binglian case open."
            )
        }
        do {
            let opened = try await place.open()
            do {
                let orchestrator = Orchestrator(
                    store: opened, registers: registers, receivers: receivers, logger: logger ?? .quiet)
                try await body(CaseOffice(store: opened, orchestrator: orchestrator))
            } catch {
                try? await opened.close()
                throw error
            }
            try await opened.close()
        } catch let rejection as CaseRejection {
            let rule = rejection.rule
            throw CommandFailure(
                zh: "不能办理：\(rejection.text.zh)（\(rejection.code)）"
                    + "\n  规则 \(rule.id)：\(rule.title.zh)（\(rule.source)）",
                en: "not now: \(rejection.text.en) (\(rejection.code))"
                    + "\n  rule \(rule.id): \(rule.title.en) (\(rule.source))")
        } catch let rejection as LibraryRejection {
            throw CommandFailure(
                zh: "不能办理：\(rejection.text.zh)（\(rejection.code)）",
                en: "not now: \(rejection.text.en) (\(rejection.code))")
        } catch let rejection as RegistryRejection {
            throw CommandFailure(
                zh: "不能登记：\(rejection.text.zh)（\(rejection.code)）",
                en: "not entered: \(rejection.text.en) (\(rejection.code))")
        } catch OrchestratorError.unknownCase(let id) {
            throw CommandFailure(
                zh: "没有办件 \(id)。用 binglian case list 查看。", en: "there is no case \(id); binglian case list shows them.")
        } catch let error as OrchestratorError {
            throw CommandFailure(zh: "无法办理：\(error.text.zh)", en: "cannot be done: \(error.text.en)")
        } catch let error as StoreError {
            throw CommandFailure(store: place, error)
        }
    }
}

/// Where cases are kept, and how to print what comes of a command.
struct StoreOptions: ParsableArguments, OpensStore {
    @Option(help: storeHelp)
    var store: String = defaultStore

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @Option(help: languageHelp)
    var lang: LanguageChoice?

    var terminal: Terminal { Terminal.current(language: lang?.language) }

    /// Says what a command did.
    func report(_ done: Performed, _ terminal: Terminal) {
        switch format {
        case .json:
            printOut(
                done.json.compact)
        case .text:
            if done.events.isEmpty {
                printOut(terminal.say("没有变化。", "Nothing changed."))
            }
            for event in done.events { printOut(EventText(event, terminal).line) }
            if done.isRepeat { printOut(terminal.say("（此前已办理，未重复执行）", "(done before; nothing happened twice)")) }
        }
    }
}

/// Who acts, when, and under which key.
struct ActionOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: "applicant (or owner), agent, window, supervisor, designer or a department's id.")
    var role: String

    @Option(help: "The person's name.")
    var name: String?

    @Option(help: "The office's date; default: today in Beijing time.")
    var on: LocalDate?

    @Option(help: "An idempotency key: the same command sent again under it happens once.")
    var key: String?

    @OptionGroup var store: StoreOptions

    var actor: Actor {
        let known = Actor.Role(rawValue: role == "owner" ? "applicant" : role)
        let role = known.flatMap { [.applicant, .agent, .window, .supervisor, .designer].contains($0) ? $0 : nil }
        return Actor(role: role ?? .department, department: role == nil ? self.role : nil, name: name ?? self.role)
    }

    var date: LocalDate { on ?? OfficeDate.today }
}

extension Logger {
    /// Only what a person at the terminal has to know.
    fileprivate static var quiet: Logger {
        var logger = Logger(label: "binglian")
        logger.logLevel = .warning
        return logger
    }
}

/// The store of one command together with what runs its cases.
struct CaseOffice {
    let store: any OfficeStore
    let orchestrator: Orchestrator

    func id(_ text: String) throws -> CaseID { try Self.id(text) }

    /// A case, or a log of the office itself.
    func stream(_ text: String) throws -> CaseID {
        if let id = CaseID(text), id.isOffice { return id }
        return try id(text)
    }

    static func id(_ text: String) throws -> CaseID {
        guard let id = CaseID(text) else {
            let shown = text.count > 80 ? text.prefix(80) + "…" : text
            throw CommandFailure(
                zh: "“\(shown)”不是办件编号：1 至 64 个字母、数字或 . _ : -。",
                en: "'\(shown)' is no case id: 1 to 64 letters, digits or . _ : -.")
        }
        guard !id.isOffice else {
            throw CommandFailure(
                zh: "“\(text)”是机关自己的台账，不是办件；以 office. 开头的编号不能用于办件。",
                en: "'\(text)' is a log of the office itself; no case has an id that begins with office.")
        }
        return id
    }

    func snapshot(of text: String) async throws -> CaseSnapshot {
        try await orchestrator.snapshot(of: try id(text))
    }

    /// Lets time pass up to the action's date, then does what was asked.
    ///
    /// - Parameter looksUp: whether materials are taken over from outside the case.
    func perform(
        _ command: CaseCommand, on text: String, _ action: ActionOptions, looksUp: Bool = true
    ) async throws -> Performed {
        let id = try id(text)
        let name = action.key ?? "cli.\(UUID().uuidString.lowercased())"
        let key = try Self.key(name, isChosen: action.key != nil)
        try await passTime(on: id, before: action.date)
        return try await orchestrator.perform(
            command, on: id, key: key, by: action.actor, on: action.date, at: OfficeDate.now, looksUp: looksUp)
    }

    /// A key as a person chose it, or as it was made up.
    static func key(_ name: String, isChosen: Bool) throws -> CommandKey {
        guard let key = CommandKey(name) else {
            throw CommandFailure(
                zh: "“\(name)”不能用作幂等键：1 至 128 个字母、数字或 . _ : -。",
                en: "'\(name)' cannot be a key: 1 to 128 letters, digits or . _ : -.")
        }
        guard !isChosen || !key.isReserved else {
            throw CommandFailure(
                zh: "幂等键“\(name)”留给系统自己的指令；请换一个不是 open、也不以 time.、run.、rules.、breach.、refused. 或 documents. 开头的键。",
                en: "the key '\(name)' is kept for Binglian's own commands; choose one that is not open and does not "
                    + "begin with time., run., rules., breach., refused. or documents.")
        }
        return key
    }

    /// What was due before the date happens first: a deadline that has passed cannot be met by a late command.
    private func passTime(on id: CaseID, before date: LocalDate) async throws {
        _ = try await passTime(on: id.text, through: date.adding(days: -1))
    }

    /// Lets time pass up to the closing of a date.
    func passTime(on text: String, through date: LocalDate) async throws -> Performed {
        try await orchestrator.passTime(on: try id(text), through: date, at: OfficeDate.now)
    }

    /// All cases, then the office's own streams.
    func audited() async throws -> [CaseID] {
        let own = SummaryFilter(workflow: CaseSummary.officeWorkflow)
        return try await (summaries(SummaryFilter()) + summaries(own)).map(\.caseID)
    }

    /// The rows of all cases that match.
    func summaries(_ filter: SummaryFilter) async throws -> [StoredSummary] {
        var rows: [StoredSummary] = []
        while true {
            let page = try await store.summaries(matching: filter, after: rows.last?.caseID, limit: 500)
            rows += page
            if page.count < 500 { return rows }
        }
    }
}

/// The civil date of the offices: Beijing time, which knows no daylight saving.
enum OfficeDate {
    private static let offsetFromUTC = 8 * 3600.0

    static var today: LocalDate {
        LocalDate(dayNumber: Int(((Date().timeIntervalSince1970 + offsetFromUTC) / 86_400).rounded(.down)))
    }

    static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
