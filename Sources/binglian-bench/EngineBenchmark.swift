import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// The rules alone, on one thread: commands are decided and folded, and open requests are kept up after each; nothing is
/// written, sealed or stored.
struct EngineBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "Completions and events a second of the rules alone, in one thread.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "How many cases of four stages; a tenth as many of the workflow.")
    var cases = 20_000

    @Flag(help: "Only the workflow, with and without keeping up its open requests.")
    var onlyWorkflow = false

    func run() async throws {
        let stages = try Script.stages()
        let played = try Script(files.read())
        if onlyWorkflow {
            let done = try played.repeated(cases / 10)
            let bare = try played.repeated(cases / 10, keepsRequests: false)
            return report([
                "workflowEventsPerSecond": Double(done.events) / done.seconds,
                "withoutRequests": Double(bare.events) / bare.seconds,
            ])
        }
        let one = try stages.repeated(cases)
        let other = try played.repeated(cases / 10)
        report([
            "completionsPerSecond": Double(StageWorkflow.stages * StageWorkflow.items * cases) / one.seconds,
            "eventsPerSecond": Double(one.events) / one.seconds,
            "workflowCommandsPerSecond": Double(played.commands.count * (cases / 10)) / other.seconds,
            "workflowEventsPerSecond": Double(other.events) / other.seconds,
            "workflowCasesPerSecond": Double(cases / 10) / other.seconds,
            "foldedEventsPerSecond": try played.folded(cases / 10),
        ])
    }
}

/// Everything that is said to a case from its opening to its end.
struct Script {
    let machine: CaseMachine
    private(set) var commands: [(command: CaseCommand, context: CaseContext)] = []

    /// The case of four stages of six items.
    static func stages() throws -> Script {
        let workflow = StageWorkflow()
        let plan = Plan.resolve(workflow.publication.workflow, facts: [:])
        var script = Script(machine: CaseMachine(plan: plan, calendar: .weekdays))
        let date = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024
        script.open(workflow.project, on: date)
        let officer = Actor(role: .department, department: "office", name: "officer-17")
        for stage in 0..<StageWorkflow.stages {
            for item in 0..<StageWorkflow.items {
                script.commands.append(
                    (
                        .item(StageWorkflow.item(stage, item), .complete),
                        CaseContext(today: date, actor: officer)
                    ))
            }
        }
        return script
    }

    private init(machine: CaseMachine) { self.machine = machine }

    /// A shipped workflow whose parties answer in the applicant's favour, each after the likely time, to its end.
    init(_ files: WorkflowFiles.Contents) throws {
        try self.init(files, from: LocalDate(dayNumber: 19_783), before: .latest, answersBefore: .latest)
    }

    /// What is said before a date, when parties answered only before another.
    init(
        _ files: WorkflowFiles.Contents, from opened: LocalDate, before end: LocalDate, answersBefore last: LocalDate
    ) throws {
        self.init(
            machine: CaseMachine(plan: Plan.resolve(files.definition, facts: files.facts), calendar: files.calendar))
        let state = try play(files.project, from: opened, before: end, answersBefore: last)
        precondition(end < .latest || state.status == .completed, "the workflow does not come to its end")
    }

    private mutating func play(
        _ project: Project, from opened: LocalDate, before end: LocalDate, answersBefore last: LocalDate
    ) throws -> CaseState {
        var date = opened
        open(project, on: date)
        var state = CaseState()
        _ = try machine.perform(commands[0].command, on: &state, in: commands[0].context)
        while state.status == .open {
            let answers = machine.requests(in: state).map { request in
                (on: machine.calendar.adding(request.estimate.likely, to: request.since), request: request)
            }.filter { $0.on < last }
            let next = answers.min { ($0.on, $0.request.id) < ($1.on, $1.request.id) }
            let due = machine.nextDue(in: state)
            guard let first = [next?.on, due].compactMap(\.self).min() else { break }
            guard max(date, first) < end else { break }
            date = max(date, first)
            if let next, next.on <= date {
                commands.append(
                    (
                        .item(next.request.item, next.request.favourableAnswer(document: next.request.id)),
                        CaseContext(today: date, actor: Self.actor(next.request))
                    ))
            } else {
                commands.append((.passTime, CaseContext(today: date, actor: .system)))
            }
            _ = try machine.perform(
                commands[commands.count - 1].command, on: &state, in: commands[commands.count - 1].context)
        }
        return state
    }

    private mutating func open(_ project: Project, on date: LocalDate) {
        let workflow = machine.plan.workflow
        let opening = CaseOpening(
            project: project.code, title: project.title, owner: project.owner, workflow: workflow.id,
            version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: machine.plan.facts)
        commands.append((.open(opening), CaseContext(today: date, actor: Actor(role: .applicant, name: "owner"))))
    }

    private static func actor(_ request: WorkRequest) -> Actor {
        switch request.party {
        case .applicant: Actor(role: .applicant, name: "owner")
        case .window: Actor(role: .window, name: "window")
        case .supervisor: Actor(role: .supervisor, name: "supervisor")
        case .department(let id): Actor(role: .department, department: id, name: request.id)
        }
    }

    func repeated(_ times: Int, keepsRequests: Bool = true) throws -> (seconds: Double, events: Int) {
        var events = 0
        let elapsed = try processorSeconds {
            for _ in 0..<times {
                var state = CaseState()
                for (command, context) in commands {
                    events += try machine.perform(command, on: &state, in: context).count
                    if keepsRequests { machine.keepRequests(in: &state) }
                }
                precondition(state.status == .completed, "a case went wrong")
            }
        }
        return (elapsed, events)
    }

    /// How many of its events are folded in a second, when a log is read.
    func folded(_ times: Int) throws -> Double {
        var state = CaseState()
        var log: [CaseEvent] = []
        for (command, context) in commands { log += try machine.perform(command, on: &state, in: context) }
        let elapsed = processorSeconds {
            for _ in 0..<times {
                var state = CaseState()
                for event in log { machine.evolve(&state, by: event) }
                precondition(state.status == .completed, "a case went wrong")
            }
        }
        return Double(log.count * times) / elapsed
    }
}
