import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// A large case: how long its rules and its opening take, and how much memory it holds.
struct OpeningBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opening", abstract: "Milliseconds and bytes of opening a case of many items.")

    @Option(help: "How many stages; every item of one waits for all items of the one before.")
    var stages = 50

    @Option(help: "How many items a stage has.")
    var items = 50

    @Option(help: "How many cases are opened.")
    var cases = 200

    func run() async throws {
        let workflow = StageWorkflow(stages: stages, items: items)
        var plan = Plan.resolve(workflow.publication.workflow, facts: [:])
        let planning = processorSeconds { plan = Plan.resolve(workflow.publication.workflow, facts: [:]) }
        var machine = CaseMachine(plan: plan, calendar: .weekdays)
        let making = processorSeconds { machine = CaseMachine(plan: plan, calendar: .weekdays) }
        let definition = plan.workflow
        let opening = CaseCommand.open(
            CaseOpening(
                project: workflow.project.code, title: workflow.project.title, owner: nil, workflow: definition.id,
                version: definition.version, definition: "", calendar: machine.calendar.id,
                calendarVersion: machine.calendar.version, facts: [:]))
        let context = CaseContext(
            today: LocalDate(dayNumber: 19_783), actor: Actor(role: .applicant, name: "owner"))
        var states = Array(repeating: CaseState(), count: cases)
        var times: [Double] = []
        let before = try Self.residentBytes()
        for number in states.indices {
            times.append(
                try processorSeconds {
                    _ = try machine.perform(opening, on: &states[number], in: context)
                    machine.keepRequests(in: &states[number])
                })
        }
        let held = try Self.residentBytes() - before
        times.sort()
        report([
            "items": Double(plan.items.count), "links": Double(plan.items.reduce(0) { $0 + $1.after.count }),
            "planMilliseconds": planning * 1_000, "rulesMilliseconds": making * 1_000,
            "openMilliseconds": times[times.count / 2] * 1_000, "worstMilliseconds": times[times.count - 1] * 1_000,
            "bytes": Double(held) / Double(cases),
        ])
    }

    private static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (Int(status.split(separator: " ").dropFirst().first ?? "") ?? 0) * Int(getpagesize())
    }
}
