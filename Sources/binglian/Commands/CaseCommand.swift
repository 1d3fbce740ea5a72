import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

struct CaseCommandGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "Open cases, list them, and see where one stands. 办件。",
        subcommands: [
            Open.self, Show.self, Why.self, Dossier.self, ForecastCommand.self, List.self, Withdraw.self, Cancel.self,
            Green.self, PromiseCertificate.self, Transfer.self, AddWork.self, Pass.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "One form for a stage",
                subcommands: [FileStage.self, SupplyForm.self, NoticeForm.self, AdmitForm.self, Receipt.self]),
            CommandGroup(name: "Materials", subcommands: [Materials.self]),
        ])

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open a case for a project on a workflow 立案.")

        @Argument(help: "The workflow file, or the id of a workflow whose version in force is taken from the library.")
        var workflow: String

        @Option(help: "The project file with the facts.")
        var facts: String

        @Flag(help: "Also on a version that the library has not in force: a trial.")
        var trial = false

        @Option(help: "The date on which the project enters; default: today in Beijing time.")
        var start: LocalDate?

        @Option(help: "The case's id; default: the project code and the workflow's id.")
        var id: String?

        @Option(help: "A calendar's id or file; default: the workflow's.")
        var calendar: String?

        @Option(help: "REGISTER=FILE: the platform that gives out project codes; its code is the one to open under.")
        var platform: RegisterArgument?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal, creating: true) { office in
                    let date = start ?? OfficeDate.today
                    let inputs = try await office.inputs(
                        workflow: workflow, facts: facts, calendar: calendar, on: date, isTrial: trial, terminal)
                    let id = try CaseOffice.id(id ?? inputs.defaultID)
                    let registry = try await office.orchestrator.registry()
                    for (fact, assessment) in registry.proposedFacts(
                        of: inputs.project.code, facts: inputs.facts, on: date)
                    {
                        printError(
                            terminal.say(
                                "提示：项目所在区域已有\(assessment.topic)区域评估（\(assessment.id)，至 \(assessment.until)），可填 \(fact): true。",
                                "note: the project's zone has a regional assessment of \(assessment.topic) "
                                    + "(\(assessment.id), until \(assessment.until)); it may claim \(fact): true."))
                    }
                    let done = try await office.orchestrator.open(
                        id, with: inputs.publication, project: inputs.project, facts: inputs.facts,
                        on: date, by: Actor(role: .applicant, name: inputs.applicant),
                        at: OfficeDate.now, codeSource: try await code(of: inputs.project, on: date, terminal))
                    if store.format == .text { printOut(terminal.say("办件编号 \(id)", "case \(id)")) }
                    store.report(done, terminal)
                }
            }
        }

        /// What the platform has for the project; `nil` when it is not asked.
        private func code(of project: Project, on date: LocalDate, _ terminal: Terminal) async throws
            -> ProjectCodeSource?
        {
            guard let platform else { return nil }
            let source = try LookupOptions.register(platform, terminal)
            guard let found = try await Orchestrator.code(of: project, from: platform.name, source, on: date) else {
                throw CommandFailure(
                    zh: "\(platform.name) 没有项目 \(project.code) 的代码。先在平台赋码。",
                    en:
                        "\(platform.name) has no code for project \(project.code). Have the platform give one out first."
                )
            }
            return found
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where a case stands: stages, items, clocks, targets, and what comes next.")

        @Argument(help: "The case.")
        var caseID: String

        @Option(help: "As of that date; default: today in Beijing time, or the case's last day when it is over.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let report = try CaseReport(snapshot, asOf: on)
                    switch store.format {
                    case .json: printOut(report.json(of: snapshot).pretty)
                    case .text:
                        var requests: [WorkRequest] = []
                        for request in snapshot.machine.requests(in: snapshot.state) {
                            requests.append(try await office.relieved(request, of: snapshot, on: report.asOf))
                        }
                        let text = CaseText(
                            snapshot: snapshot, report: report, terminal: terminal, requests: requests)
                        printOut(text.text)
                    }
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The cases of a store.")

        @Option(help: "Only cases with that status: open, completed, withdrawn or cancelled.")
        var status: String?

        @Option(help: "Only cases of that project code.")
        var project: String?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let rows = try await office.summaries(SummaryFilter(projectCode: project, status: status))
                    switch store.format {
                    case .json: printOut(JSONText.array(rows.map(\.json)).pretty)
                    case .text: printOut(CaseListText(rows: rows, terminal: terminal).text)
                    }
                }
            }
        }
    }

    struct Withdraw: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Give the whole project up 撤件.")
        @OptionGroup var target: CaseTarget
        @Option(help: "Why.") var reason: String
        var command: CaseCommand { .withdrawCase(reason: reason) }
    }

    struct Cancel: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "End the case, as a stage's lead 终止.")
        @OptionGroup var target: CaseTarget
        @Option(help: "Why.") var reason: String
        var command: CaseCommand { .cancelCase(reason: reason) }
    }

    struct Green: CaseVerb {
        static let configuration = CommandConfiguration(
            abstract: "Open or close the green channel 绿色通道: by the rule, or against it with a reason.")
        @OptionGroup var target: CaseTarget
        @Flag(help: "Close it instead.") var close = false
        @Option(help: "Why, where no rule says so.") var reason: String?
        var command: CaseCommand { close ? .closeGreenChannel(reason: reason) : .openGreenChannel(reason: reason) }
    }

    struct Transfer: CaseVerb {
        static let configuration = CommandConfiguration(
            abstract: "Let items go on at another body 划转、下放、收回, by a designer and a decision.")
        @OptionGroup var target: CaseTarget
        @Option(
            name: .customLong("item"), parsing: .singleValue,
            help: "The item's id; may be given several times: what belongs together moves together.")
        var items: [String]
        @Option(help: "The department that takes over, one of the workflow's.") var to: String
        @Option(help: "What becomes of the power: devolved, elevated or entrusted; it says who signs.")
        var power: PowerShift?
        @Option(help: "Number or title of the decision.") var basis: String
        @Option(help: "Why.") var reason: String
        var command: CaseCommand {
            .transfer(TransferOrder(items: items, to: to, basis: basis, reason: reason, how: power))
        }
    }

    struct Pass: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pass-time",
            abstract: "Let time pass up to a date: what is due by then happens, each on its own day.")

        @Argument(help: "The case; without one, every case in which something is due.")
        var caseID: String?

        @Option(help: "Up to the closing of that date; default: yesterday in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let date = on ?? OfficeDate.today.adding(days: -1)
                    let ids =
                        if let caseID { [try office.id(caseID)] } else {
                            try await office.orchestrator.casesDue(through: date)
                        }
                    for id in ids {
                        if caseID == nil, store.format == .text { printOut(terminal.styled("\(id)", .bold)) }
                        store.report(try await office.passTime(on: id.text, through: date), terminal)
                        await office.orchestrator.release(id)
                    }
                }
            }
        }
    }
}

/// A command that does one thing with a case as a whole.
protocol CaseVerb: AsyncParsableCommand {
    associatedtype Target: CaseTargeting
    var target: Target { get }
    /// What is asked for.
    var command: CaseCommand { get }
    /// Where materials are looked up; `nil` where the command takes none.
    var lookups: LookupOptions? { get }
}

/// Names the case, and says who acts.
protocol CaseTargeting: ParsableArguments {
    var caseID: String { get }
    var action: ActionOptions { get }
}

struct CaseTarget: CaseTargeting {
    @Argument(help: "The case.")
    var caseID: String

    @OptionGroup var action: ActionOptions
}

extension CaseVerb {
    var lookups: LookupOptions? { nil }

    func run() async throws {
        let action = target.action
        try await action.store.terminal.run { terminal in
            let registers = try lookups?.registers(terminal) ?? [:]
            try await action.store.withOffice(terminal, registers: registers) { office in
                let done = try await office.perform(
                    command, on: target.caseID, action, looksUp: lookups?.noLookUp != true)
                action.store.report(done, terminal)
            }
        }
    }
}

/// What a case is opened with, read from files.
struct CaseInputs {
    let publication: Publication
    let project: Project
    let facts: [String: FactValue]
    let calendar: WorkCalendar

    init(publication: Publication, project: Project, facts: [String: FactValue], calendar: WorkCalendar) {
        self.publication = publication
        self.project = project
        self.facts = facts
        self.calendar = calendar
    }

    init(workflow path: String, facts factsPath: String, calendar name: String?, terminal: Terminal) throws {
        let files = Files(terminal: terminal)
        try self.init(
            files.workflow(path), text: files.text(path), beside: path, facts: factsPath, calendar: name, files)
    }

    /// - Parameter path: where the workflow's file lies, to look for its calendar there; `nil` for one of the library.
    init(
        _ workflow: WorkflowDefinition, text: String, beside path: String?, facts factsPath: String,
        calendar name: String?, _ files: Files
    ) throws {
        (project, facts) = try files.project(factsPath, for: workflow)
        let source = try files.calendarSource(name ?? workflow.calendar, beside: path)
        calendar = source.calendar
        publication = Publication(
            workflow: workflow, text: text, calendar: source.calendar, calendarText: source.text)
    }

    var applicant: String { project.owner?.zh ?? "建设单位" }

    var defaultID: String { String("\(project.code).\(publication.workflow.id)".prefix(64)) }

    var plan: Plan {
        Plan.resolve(publication.workflow.divided(into: project.works, facts: facts), facts: facts)
    }
}

extension CaseOffice {
    /// What a case is opened with: a file as it stands, or the version of a workflow that is in force.
    ///
    /// A file of a workflow that the library keeps has to be the version in force, unless the case is a trial.
    fileprivate func inputs(
        workflow: String, facts: String, calendar: String?, on date: LocalDate, isTrial: Bool, _ terminal: Terminal
    ) async throws -> CaseInputs {
        let files = Files(terminal: terminal)
        guard FileManager.default.fileExists(atPath: workflow) else {
            guard try await library.library().manages(workflow) else {
                throw CommandFailure(
                    zh: "找不到文件 \(workflow)，版本库中也没有这个流程。",
                    en: "there is no file '\(workflow)', and the library has no workflow of that id.")
            }
            let (definition, text) = try await library.draft(try await libraryVersion(workflow, nil, on: date))
            return try CaseInputs(definition, text: text, beside: nil, facts: facts, calendar: calendar, files)
        }
        let inputs = try CaseInputs(workflow: workflow, facts: facts, calendar: calendar, terminal: terminal)
        if !isTrial {
            let text = inputs.publication.workflowText
            try await library.requireInForce(
                inputs.publication.workflow.id, version: text.version, definition: text.hash.description, on: date)
        }
        return inputs
    }
}

extension CaseReport {
    /// The report of a case, against the plan of its own workflow version from the day it was opened.
    init(_ snapshot: CaseSnapshot, asOf date: LocalDate?) throws {
        let machine = snapshot.machine
        let start = snapshot.state.openedOn ?? OfficeDate.today
        let plan: PlanReport
        do {
            plan = try Planner(plan: machine.plan, calendar: machine.calendar).report(start: start)
        } catch {
            throw CommandFailure(zh: "流程无法排程：\(error)", en: "the workflow cannot be scheduled: \(error)")
        }
        self.init(plan: plan, machine: machine, state: snapshot.state, asOf: snapshot.date(wanted: date))
    }
}
