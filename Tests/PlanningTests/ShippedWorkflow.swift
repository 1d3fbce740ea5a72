import Foundation
import Planning
import Synchronization
import TestSupport
import WorkCalendar
import WorkflowModel

/// A workflow that Binglian ships with one of its projects.
struct ShippedWorkflow {
    private struct Name: Hashable {
        let network: Int
        let everyCondition: Bool
    }

    /// Read once for all tests.
    private static let known = Mutex<[Name: ShippedWorkflow]>([:])

    let workflow: WorkflowDefinition
    let plan: Plan

    /// - Parameters:
    ///   - network: its number, which its file's name begins with.
    ///   - everyCondition: the project for which every condition is true, where there is one.
    init(_ network: Int, everyCondition: Bool = false) throws {
        let name = Name(network: network, everyCondition: everyCondition)
        self = try Self.known.withLock { known in
            if let read = known[name] { return read }
            let read = try Self(reading: network, everyCondition: everyCondition)
            known[name] = read
            return read
        }
    }

    private init(reading network: Int, everyCondition: Bool) throws {
        let number = network < 10 ? "0\(network)" : "\(network)"
        let file = try ProjectFiles.files(in: "Workflows", extension: "yaml")
            .first { $0.lastPathComponent.hasPrefix("wf-\(number)-") }
        guard let file else { throw Missing(what: "wf-\(number)") }
        let workflow = WorkflowFile.read(try String(contentsOf: file, encoding: .utf8), path: file.lastPathComponent)
        guard let definition = workflow.value else { throw Missing(what: "\(workflow.diagnostics)") }
        var project = "Fixtures/projects/wf-\(number)\(everyCondition ? "-all" : "").yaml"
        if !FileManager.default.fileExists(atPath: ProjectFiles.url(project).path) {
            project = "Fixtures/projects/wf-\(number).yaml"
        }
        let reading = ProjectFile.read(try ProjectFiles.text(project), path: project)
        guard let facts = reading.value?.project.facts else { throw Missing(what: "\(reading.diagnostics)") }
        self.workflow = definition
        self.plan = Plan.resolve(definition, facts: definition.resolvedFacts(facts))
    }

    func report(start: LocalDate, scenario: PlanScenario = PlanScenario(), calendar: WorkCalendar = .weekdays) throws
        -> PlanReport
    {
        try Planner(plan: plan, calendar: calendar).report(start: start, scenario: scenario)
    }

    struct Missing: Error { let what: String }
}
