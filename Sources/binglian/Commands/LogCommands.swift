import ArgumentParser
import CaseEngine
import Interchange
import Orchestrator
import WorkCalendar
import WorkflowModel

struct TodoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "todo", abstract: "What somebody has to do now, in all cases. 待办。")

    @Option(name: .customLong("as"), help: "applicant (or owner, agent), window, supervisor, or a department's id.")
    var role: String

    @Option(help: "As of that date; default: today in Beijing time.")
    var on: LocalDate?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let party = ["owner", "agent"].contains(role) ? "applicant" : role
                var found: [(CaseSnapshot, WorkRequest)] = []
                var overseen: [(CaseSnapshot, OversightRequest)] = []
                // A completed case may still wait for a later check.
                for row in try await office.summaries(SummaryFilter()) where row.summary.waitingFor.contains(party) {
                    let snapshot = try await office.orchestrator.snapshot(of: row.caseID)
                    let requests = snapshot.machine.requests(in: snapshot.state).filter { $0.party.name == party }
                    for request in requests {
                        let relieved = try await office.relieved(
                            request, of: snapshot, on: on ?? OfficeDate.today)
                        found.append((snapshot, relieved))
                    }
                    overseen += snapshot.machine.oversightRequests(in: snapshot.state)
                        .filter { $0.party.name == party }.map { (snapshot, $0) }
                    await office.orchestrator.release(row.caseID)
                }
                let text = TodoText(
                    found: found, overseen: overseen, today: on ?? OfficeDate.today, terminal: terminal)
                printOut(store.format == .json ? text.json.pretty : text.text)
            }
        }
    }
}

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Everything that happened in a case, in order. 办件日志。")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl, xes }

    @Argument(help: "The case.")
    var caseID: String

    @Option(
        help:
            "text, jsonl for one JSON object a line (docs/json.md), or xes for an event log as process mining reads it."
    )
    var format: Format = .text

    @OptionGroup var store: StoreLocation

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let records = try await office.orchestrator.log(of: try office.id(caseID))
                guard !records.isEmpty else { throw OrchestratorError.unknownCase(try office.id(caseID)) }
                if format == .xes { return printOut(XESFile.text(of: try EventLog(records)), terminator: "") }
                for record in records {
                    switch format {
                    case .jsonl: printOut(record.json.compact)
                    default: printOut(EventText(try CaseEvent(record: record), terminal).line)
                    }
                }
            }
        }
    }
}

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a store: what happens in its cases, as it happens. 跟踪。")

    @Argument(help: "Cases to follow; none follows all.")
    var cases: [String] = []

    @Flag(help: "Stop when all cases followed are over.")
    var untilClosed = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                var seen: [CaseID: Int] = [:]
                while true {
                    var isAnyOpen = false
                    for row in try await office.summaries(SummaryFilter()) {
                        guard cases.isEmpty || cases.contains(row.caseID.text) else { continue }
                        isAnyOpen = isAnyOpen || row.summary.status == CaseStatus.open.rawValue
                        try await printNews(of: row, after: &seen[row.caseID, default: 0], office, terminal)
                    }
                    if untilClosed, !isAnyOpen { return }
                    try await Task.sleep(for: .milliseconds(250))
                }
            }
        }
    }

    private func printNews(
        of row: StoredSummary, after sequence: inout Int, _ office: CaseOffice, _ terminal: Terminal
    ) async throws {
        while sequence < row.version {
            let page = try await office.store.events(of: row.caseID, after: sequence, limit: 500)
            guard let last = page.last else { return }
            for record in page {
                switch store.format {
                case .json: printOut(record.json.compact)
                case .text:
                    printOut("\(row.caseID)  \(EventText(try CaseEvent(record: record), terminal).line)")
                }
            }
            sequence = last.sequence
        }
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show that nothing in the log was changed. 审计。", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the hash chain of every case, or of those named; names the first bad event.",
            discussion: "Exit status 0: everything holds; 1: something was changed.")

        @Argument(help: "Cases to check; none checks all.")
        var cases: [String] = []

        @Option(help: "The head of the one case named, as noted earlier: VERSION:HASH. Shows a cut or rewritten log.")
        var head: String?

        @OptionGroup var store: StoreOptions

        func validate() throws {
            if head != nil, cases.count != 1 { throw ValidationError("--head belongs to one case") }
            if let head, Head(argument: head) == nil { throw ValidationError("--head is VERSION:HASH") }
        }

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let ids =
                        try cases.isEmpty
                        ? await office.audited() : cases.map { try office.stream($0) }
                    var results: [JSONText] = []
                    var flaws = 0
                    for id in ids {
                        let audit = try await audit(id, office)
                        flaws += audit.flaw == nil ? 0 : 1
                        results.append(audit.json)
                        if store.format == .text { printOut(audit.text(terminal)) }
                    }
                    if store.format == .json { printOut(JSONText.array(results).pretty) }
                    if flaws > 0 { throw ExitCode(1) }
                }
            }
        }

        private func audit(_ id: CaseID, _ office: CaseOffice) async throws -> CaseAudit {
            let records = try await office.orchestrator.log(of: id)
            let stored = try await office.store.head(of: id)
            guard !records.isEmpty || stored != nil else { throw OrchestratorError.unknownCase(id) }
            let expected = head.flatMap { Head(argument: $0) } ?? stored
            do {
                return CaseAudit(id: id, head: try HashChain.verify(records, of: id, expecting: expected), flaw: nil)
            } catch {
                return CaseAudit(id: id, head: nil, flaw: error)
            }
        }
    }
}

/// What came of checking one case.
struct CaseAudit {
    let id: CaseID
    let head: Head?
    let flaw: HashChain.Flaw?

    var json: JSONText {
        .members([
            "case": .string(id.text), "events": head.map { .integer($0.version) } ?? .null,
            "head": .optional(head.map(\.hash.description)), "intact": .bool(flaw == nil),
            "firstBad": flaw.map { .integer($0.sequence) } ?? .null,
            "flaw": .optional(flaw.map { String(describing: $0) }),
        ])
    }

    func text(_ terminal: Terminal) -> String {
        if let head {
            return "\(id)  "
                + terminal.styled(
                    terminal.say("完整，\(head.version) 个事件", "intact, \(head.version) events"), .green)
                + "  \(head.version):\(head.hash)"
        }
        let place = flaw?.sequence ?? 0
        return "\(id)  "
            + terminal.styled(
                terminal.say(
                    "第 \(place) 个事件起不可信（\(flaw.map { "\($0)" } ?? "")）",
                    "not to be trusted from event \(place) on (\(flaw.map { "\($0)" } ?? ""))"), .red)
    }
}

extension Head {
    /// `VERSION:HASH`, as `audit verify` prints it.
    init?(argument: String) {
        let parts = argument.split(separator: ":")
        guard parts.count == 2, let version = Int(parts[0]), version >= 0, let hash = ChainHash(String(parts[1])) else {
            return nil
        }
        self.init(version: version, hash: hash)
    }
}
