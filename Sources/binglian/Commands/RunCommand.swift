import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Take one project through a workflow with simulated departments, and report plan against actual. 推演办理。",
        discussion: """
            The store keeps everything that happened. A run that was stopped, by whatever, goes on where it was when it is
            started again with the same arguments, and comes to the same log as one that was not.
            """)

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @Option(help: "The date on which the project enters, YYYY-MM-DD; day 0.")
    var start: LocalDate

    @Option(help: "What departments answer is drawn from this number.")
    var seed: UInt64 = 1

    @Option(help: "instant, or how long a day lasts: 1d=100ms.")
    var pace: Pace = .instant

    @Flag(help: "Every department takes its likely time and nothing fails: the case runs as planned.")
    var asPlanned = false

    @Option(help: "The case's id; default: the project code and the workflow's id.")
    var id: String?

    @Option(help: "A calendar's id or file; default: the workflow's.")
    var calendar: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            let inputs = try CaseInputs(workflow: workflow, facts: facts, calendar: calendar, terminal: terminal)
            let id = try CaseOffice.id(id ?? inputs.defaultID)
            try await store.withOffice(terminal, creating: true) { office in
                _ = try await office.orchestrator.open(
                    id, with: inputs.publication, project: inputs.project, facts: inputs.facts, on: start,
                    by: Actor(role: .applicant, name: inputs.applicant), at: .officeClosing(of: start))
                let openedOn = try await office.orchestrator.snapshot(of: id).state.openedOn
                if let openedOn, openedOn != start {
                    throw CommandFailure(
                        zh: "办件 \(id) 已于 \(openedOn) 立案，与 --start \(start) 不符。换一个 --id，或用原来的日期。",
                        en:
                            "case \(id) entered on \(openedOn), not on \(start). Take another --id, or the date that it began with."
                    )
                }
                let plan = inputs.plan
                let parties = SimulatedParties(
                    plan: plan, calendar: inputs.calendar, seed: seed, basis: asPlanned ? .likely : .drawn)
                let view = LiveView(terminal: terminal, isLive: pace != .instant && store.format == .text)
                let run = CaseRun(
                    orchestrator: office.orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties),
                    onDay: { from, to in
                        try await pace.pass(from: from, to: to) { await view.show($0) }
                    },
                    onStep: { await view.note($0) })
                await view.begin(try await office.orchestrator.snapshot(of: id))
                let end = try await run.run()
                let snapshot = try await office.orchestrator.snapshot(of: id)
                await view.finish(snapshot)
                let report = try CaseReport(snapshot, asOf: snapshot.state.asOf)
                switch store.format {
                case .json: printOut(report.json(of: snapshot).pretty)
                case .text: printOut(CaseText(snapshot: snapshot, report: report, terminal: terminal).text)
                }
                if end == .stuck {
                    throw CommandFailure(
                        zh: "办件没有办结：没有人可以继续办理。上表“接下来”列出未完成的事项。",
                        en: "the case is not complete: nobody can go on. 'Next' above lists what is open.")
                }
            }
        }
    }
}

/// How fast virtual days pass.
enum Pace: ExpressibleByArgument, Equatable, Sendable {
    case instant
    /// So many milliseconds a calendar day.
    case perDay(milliseconds: Int)

    /// Reads `instant` and `1d=100ms`, `1d=2s`.
    init?(argument: String) {
        if argument == "instant" {
            self = .instant
            return
        }
        guard argument.hasPrefix("1d=") else { return nil }
        let value = argument.dropFirst(3)
        let (digits, factor) =
            value.hasSuffix("ms") ? (value.dropLast(2), 1) : value.hasSuffix("s") ? (value.dropLast(), 1000) : ("", 1)
        guard let number = Int(digits), (0...3_600_000).contains(number * factor) else { return nil }
        self = .perDay(milliseconds: number * factor)
    }

    /// Lets the days after `from` up to `to` pass, each shown when it begins.
    func pass(from: LocalDate, to: LocalDate, show: (LocalDate) async -> Void) async throws {
        guard case .perDay(let milliseconds) = self else { return }
        var day = from
        while day < to {
            day = day.adding(days: 1)
            await show(day)
            try await Task.sleep(for: .milliseconds(milliseconds))
        }
    }
}

extension CaseReport {
    /// The report with the case's id, the log's length and what comes next.
    func json(of snapshot: CaseSnapshot) -> JSONText {
        guard case .object(let members) = json else { return json }
        let next = TodoText(
            found: snapshot.machine.requests(in: snapshot.state).map { (snapshot, $0) }, today: asOf,
            terminal: Terminal.current())
        return .object(
            [.init("case", .string(snapshot.id.text)), .init("events", .integer(snapshot.state.version))] + members
                + [.init("next", next.json)])
    }
}
