import ArgumentParser
import CaseEngine
import Foundation
import Interchange
import Orchestrator
import Planning
import WebService
import WorkCalendar
import WorkflowModel

/// Takes plans and deadlines out to other programs.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Take a workflow, its plan or a case out to another program 导出.",
        discussion: """
            A workflow file goes out as a BPMN process, or as the schedule that a project has under it; a case as the schedule
            it has now, or as its deadlines for a calendar program.
            """)

    enum Target: String, ExpressibleByArgument, CaseIterable { case bpmn, msproject, ics, csv }

    @Argument(help: "A workflow file (.yaml), or a case.")
    var what: String

    @Option(help: "bpmn (BPMN 2.0), msproject (Microsoft Project XML), ics (iCalendar) or csv.")
    var to: Target

    @Option(help: "Of a workflow's plan: the project file; default: every fact at its default.")
    var facts: String?

    @Option(help: "Of a workflow's plan: the date on which the project enters.")
    var start: LocalDate = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    @Option(help: "Of a case: as of that date; default: today in Beijing time.")
    var on: LocalDate?

    @Option(help: "The file to write; default: standard output.")
    var out: String?

    @OptionGroup var store: StoreLocation

    func run() async throws {
        try await store.terminal.run { terminal in
            let isFile = what.hasSuffix(".yaml") || what.hasSuffix(".yml")
            try write(isFile ? ofWorkflow(terminal) : try await ofCase(terminal), terminal)
        }
    }

    private func ofWorkflow(_ terminal: Terminal) throws -> String {
        let files = Files(terminal: terminal)
        let workflow = try files.workflow(what)
        if to == .bpmn { return ProcessFile.text(of: workflow, language: terminal.language) }
        guard to != .ics else {
            throw CommandFailure(
                zh: "流程没有期限，只有办件有。给出办件编号，或用 --to msproject。",
                en: "a workflow has no deadlines, only a case has. Name a case, or use --to msproject.")
        }
        let (divided, known) =
            try facts.map { path in
                let (workflow, _, facts) = try files.workflow(what, of: path)
                return (workflow, facts)
            } ?? (workflow, workflow.resolvedFacts([:]))
        let report = try Planner(
            plan: Plan.resolve(divided, facts: known), calendar: try files.calendar(workflow.calendar, beside: what)
        ).report(start: start)
        return text(
            workflow.title[terminal.language], report.activities.map { ScheduledRow($0) }, divided, report.calendar,
            terminal)
    }

    private func ofCase(_ terminal: Terminal) async throws -> String {
        guard to != .bpmn else {
            throw CommandFailure(
                zh: "BPMN 描述流程，不描述办件。给出流程文件。", en: "BPMN describes workflows, not cases. Name a workflow file.")
        }
        var written = ""
        try await store.withOffice(terminal) { office in
            let snapshot = try await office.orchestrator.snapshot(of: try office.id(what))
            let date = on ?? OfficeDate.today
            guard to != .ics else {
                let events = try snapshot.deadlineEvents(on: date, city: "local", base: nil, terminal.language)
                let feed = CalendarFeed(name: snapshot.state.opening?.title[terminal.language] ?? what, events: events)
                written = feed.text(stamp: "\(date.description.filter { $0 != "-" })T090000Z")
                return
            }
            let schedule = try Forecaster(snapshot.machine).schedule(snapshot.state, on: date)
            written = text(
                snapshot.state.opening?.title[terminal.language] ?? what, schedule.rows,
                snapshot.machine.plan.workflow, schedule.calendar, terminal)
        }
        return written
    }

    private func text(
        _ title: String, _ rows: [ScheduledRow], _ workflow: WorkflowDefinition, _ calendar: WorkCalendar,
        _ terminal: Terminal
    ) -> String {
        to == .csv
            ? ScheduleCSV.text(of: rows, language: terminal.language)
            : ProjectFile.text(
                title: title, rows: rows, workflow: workflow, calendar: calendar, language: terminal.language)
    }

    private func write(_ text: String, _ terminal: Terminal) throws {
        guard let out else {
            printOut(text, terminator: "")
            return
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: out))
        printOut(terminal.say("已写入 \(out)。", "Wrote \(out)."))
    }
}

/// Brings plans of other programs in, and says what is lost.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a BPMN process or a Microsoft Project schedule, and say what is lost 导入.",
        discussion: """
            Nothing is written without --out. What a workflow needs and the file does not say, such as legal bases, is made up
            and counted in the report.
            """)

    @Argument(help: "The file: BPMN 2.0 or Microsoft Project XML, at most 10 MiB.")
    var file: String

    @Option(help: "The workflow file to write.")
    var out: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let bytes = [UInt8](try Files(terminal: terminal).bytes(file))
            let plan: ForeignPlan
            do throws(ForeignFileError) { plan = try ForeignPlan.read(bytes) } catch {
                let place = error.line.map { ":\($0)" + (error.column.map { ":\($0)" } ?? "") } ?? ""
                throw CommandFailure(
                    zh: "\(file)\(place)：\(error.message.zh)。\(error.advice.zh)。",
                    en: "\(file)\(place): \(error.message.en); \(error.advice.en).")
            }
            switch format {
            case .json: printOut(plan.json.pretty)
            case .text: printOut(text(plan, terminal))
            }
            guard let out else { return }
            try Data(plan.workflowText.utf8).write(to: URL(fileURLWithPath: out))
            printError(
                terminal.say("已写入 \(out)。接着检查：binglian check \(out)", "Wrote \(out). Next: binglian check \(out)"))
        }
    }

    private func text(_ plan: ForeignPlan, _ terminal: Terminal) -> String {
        let links = plan.items.reduce(0) { $0 + $1.after.count }
        let read = terminal.say(
            "“\(plan.title)”：\(plan.items.count) 个事项，\(links) 条先后关系，\(plan.departments.count) 个部门",
            "\"\(plan.title)\": \(plan.items.count) items, \(links) links, \(plan.departments.count) departments")
        let losses =
            plan.losses.isEmpty
            ? [terminal.say("没有丢失任何内容。", "Nothing is lost.")]
            : [terminal.say("改变或丢失：", "Changed or lost:")] + plan.losses.map { "  - " + $0[terminal.language] }
        return ([read] + losses).joined(separator: "\n")
    }
}

extension ForeignPlan {
    /// As documented in `docs/json.md#import`.
    fileprivate var json: JSONText {
        .members([
            "id": .string(id), "title": .string(title), "items": .integer(items.count),
            "links": .integer(items.reduce(0) { $0 + $1.after.count }),
            "departments": .array(
                departments.map { .members(["id": .string($0.id), "title": .string($0.title)]) }),
            "losses": .array(losses.map(\.json)),
        ])
    }
}
