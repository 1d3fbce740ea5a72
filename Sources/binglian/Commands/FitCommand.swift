import ArgumentParser
import CaseEngine
import Foundation
import Interchange
import Orchestrator
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct FitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "How long things really took, from past cases, and into a workflow. 工期拟合。",
        discussion: """
            Of every activity in an event log (XES, also packed with gzip) or every figure of our own cases: how often, how long,
            and the simplest distribution that the durations do not speak against. With --workflow the figures are written into
            its text, where nothing else changes, and the difference is shown; -o keeps it.
            """)

    @Argument(help: "The event log: LOG.xes or LOG.xes.gz.")
    var log: String?

    @Option(help: "The SQLite file or PostgreSQL database whose cases are looked at, in place of a log.")
    var store: String?

    @Option(help: "The workflow file that gets the figures.")
    var workflow: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "An activity of the log and the item it is, or the item's participant or phase: \"T02 Check\"=permit, Fire=acceptance.fire.",
            valueName: "activity=item"))
    var maps: [ActivityMap] = []

    @Option(
        help: "A calendar's id (cn, weekdays) or file; default: the workflow's, else cn. Our own cases keep theirs.")
    var calendar: String?

    @Option(name: .shortAndLong, help: "Where the changed workflow is written.")
    var output: String?

    @Option(help: "The tests of fit draw from this number.")
    var seed: UInt64 = 1

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (log == nil) != (store == nil) else {
            throw ValidationError("name an event log, or a store with --store; one of them")
        }
        if workflow == nil, !maps.isEmpty || output != nil {
            throw ValidationError("--map and --output need --workflow")
        }
        if store != nil, !maps.isEmpty { throw ValidationError("--map is for logs: our own cases know their items") }
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let source = try workflow.map { (path: $0, text: try files.text($0), definition: try files.workflow($0)) }
            var report = try await report(source?.definition, files, terminal)
            var changed: String?
            if let source {
                report.findEdits(for: source.definition)
                changed = try edit(source.text, path: source.path, &report, terminal)
            }
            switch format {
            case .json: printOut(report.json.pretty)
            case .text: printOut(FitText(report: report, terminal: terminal).text)
            }
            guard let source, let changed else { return }
            if format == .text { printOut("\n" + LineDiff(from: source.text, to: changed, path: source.path).text) }
            if let output { try Self.write(changed, to: output) }
        }
    }

    // MARK: Reading

    private func report(_ workflow: WorkflowDefinition?, _ files: Files, _ terminal: Terminal) async throws -> FitReport
    {
        if let store {
            return try await NamedStore(store: store, terminal: terminal).history(of: workflow?.id, seed: seed)
        }
        let calendar = try files.calendar(calendar ?? workflow?.calendar ?? "cn", beside: self.workflow)
        let path = log ?? ""
        let events = try Self.eventLog(path, files)
        var report = FitReport(
            log: events, named: URL(fileURLWithPath: path).lastPathComponent, calendar: calendar, seed: seed)
        for map in maps { try map.apply(to: &report, workflow) }
        return report
    }

    private static func eventLog(_ path: String, _ files: Files) throws -> EventLog {
        var bytes = Array(try files.bytes(path, limit: XESFile.largestSize))
        do throws(ForeignFileError) {
            if GzipFile.isGzip(bytes) { bytes = try GzipFile.unpacked(bytes) }
            return try XESFile.read(bytes).log
        } catch {
            throw CommandFailure(path: path, error)
        }
    }

    // MARK: Writing

    private func edit(_ text: String, path: String, _ report: inout FitReport, _ terminal: Terminal) throws -> String {
        let reading = WorkflowFile.edited(text, path: path, report.edits)
        guard let edited = reading.value else {
            printError(terminal.diagnostics.text(for: reading))
            throw CommandFailure(
                zh: "改写后的流程有错误，未写入。", en: "the changed workflow would have errors; nothing was written.")
        }
        report.edits.removeAll { edited.unplaced.contains($0) }
        report.left += edited.unplaced.map {
            (
                FigurePlace($0.item, $0.path),
                LocalizedText(zh: "流程文件没有这一项", en: "the workflow file does not say it")
            )
        }
        return edited.text
    }

    private static func write(_ text: String, to path: String) throws {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw CommandFailure(
                zh: "无法写入 \(path)，请检查路径和权限。", en: "'\(path)' cannot be written; check the path and its permissions.")
        }
    }
}

/// `ACTIVITY=ITEM` or `ACTIVITY=ITEM.PARTICIPANT`.
struct ActivityMap: ExpressibleByArgument {
    let activity: String
    let item: String
    let phase: String?

    init?(argument: String) {
        // An activity may have an equals sign in its name, an item has none.
        guard let sign = argument.lastIndex(of: "="), sign > argument.startIndex else { return nil }
        activity = String(argument[..<sign])
        let parts = argument[argument.index(after: sign)...].split(separator: ".", maxSplits: 1)
        guard let item = parts.first else { return nil }
        self.item = String(item)
        phase = parts.count == 2 ? String(parts[1]) : nil
    }

    func apply(to report: inout FitReport, _ workflow: WorkflowDefinition?) throws {
        guard let index = report.rows.firstIndex(where: { $0.id == activity }) else {
            throw CommandFailure(
                zh: "日志里没有活动“\(activity)”。不带 --map 运行可列出全部活动。",
                en: "the log has no activity '\(activity)'; without --map all are listed.")
        }
        guard let found = workflow?.items.first(where: { $0.id == item }) else {
            throw CommandFailure(
                zh: "流程里没有事项“\(item)”。用 binglian plan 查看事项。",
                en: "the workflow has no item '\(item)'; binglian plan shows them.")
        }
        let place: FigurePlace? =
            switch phase {
            case nil: found.place(of: nil)
            case "admission": found.place(of: .admission)
            case "merge": found.place(of: .merge)
            case "conclusion": found.place(of: .conclusion)
            case "rectification": found.place(of: .rectification(round: 1))
            case "recheck": found.place(of: .recheck(round: 1))
            case let participant?: found.place(of: .participant(participant))
            }
        guard let place else {
            let known = (found.joint?.participants.map(\.id) ?? []).joined(separator: ", ")
            throw CommandFailure(
                zh: "事项“\(item)”没有配合部门或环节“\(phase ?? "")”。配合部门有：\(known)。",
                en: "item '\(item)' has no participant or phase '\(phase ?? "")'; participants are: \(known).")
        }
        report.rows[index].place = place
    }
}

/// A store that an option names.
private struct NamedStore: OpensStore {
    let store: String
    let terminal: Terminal

    /// What the cases of one workflow tell; of the only one there is if none is named.
    func history(of workflow: String?, seed: UInt64) async throws -> FitReport {
        var report: FitReport?
        try await withOffice(terminal) { office in
            let rows = try await office.summaries(SummaryFilter())
            let known = Set(rows.map(\.summary.workflow)).sorted()
            guard let id = workflow ?? (known.count == 1 ? known[0] : nil), known.contains(id) else {
                let list = known.joined(separator: ", ")
                throw workflow == nil && !known.isEmpty
                    ? CommandFailure(
                        zh: "办件库有多个流程（\(list)）。用 --workflow 指定其一。",
                        en: "the store has cases of several workflows (\(list)); name one with --workflow.")
                    : CommandFailure(
                        zh: "办件库没有该流程的办件。已有流程：\(list)。",
                        en: "the store has no case of that workflow; it has: \(list).")
            }
            var history = CaseHistory()
            var (events, calendar) = (0, WorkCalendar.weekdays)
            for row in rows where row.summary.workflow == id {
                let snapshot = try await office.orchestrator.snapshot(of: row.caseID)
                let log = try await office.orchestrator.log(of: row.caseID).map(CaseEvent.init(record:))
                history.add(snapshot.machine, snapshot.state, events: log)
                events += log.count
                calendar = snapshot.machine.calendar
                await office.orchestrator.release(row.caseID)
            }
            let name = StorePlace(store)?.shortName ?? ""
            report = FitReport(history: history, events: events, named: name, calendar: calendar, seed: seed)
        }
        guard let report else { throw CommandFailure(zh: "没有结果。", en: "there is no result.") }
        return report
    }
}

extension CommandFailure {
    /// Where another program's file is wrong, why and what to do.
    init(path: String, _ error: ForeignFileError) {
        let place = error.line.map { ":\($0)" + (error.column.map { ":\($0)" } ?? "") } ?? ""
        self.init(
            zh: "\(path)\(place)：\(error.message.zh)；\(error.advice.zh)。",
            en: "\(path)\(place): \(error.message.en); \(error.advice.en).")
    }
}
