import ArgumentParser
import Scheduling

/// Many projects through few teams, the same that `scripts/benchmarks/portfolio.c` plays.
struct FlowBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow", abstract: "Completions per second of a portfolio on networks alone.")

    @Option(help: "Projects.")
    var projects = 1000

    private static let activities = 30

    func run() throws {
        var draw = SplitMix64(state: 1)
        var templates: [Portfolio.Template] = []
        var arrivals: [Portfolio.Project] = []
        var durations: [Int32] = []
        for number in 0..<projects {
            arrivals.append(.init(template: number, arrival: draw.next(below: projects * 9 / 10 * 480)))
            var departments: [Int?] = []
            var relations: [Portfolio.Template.Relation] = []
            for activity in 0..<Self.activities {
                departments.append(draw.next(below: 12))
                let first = draw.next(below: 1680)
                durations.append(Int32(480 + first + draw.next(below: 1680)))
                guard activity >= 3 else { continue }
                let reach = min(activity, 6)
                let a = activity - 1 - draw.next(below: reach)
                let b = activity - 1 - draw.next(below: reach)
                relations.append(.init(a, activity))
                if b != a { relations.append(.init(b, activity)) }
            }
            templates.append(.init(departments: departments, relations: relations))
        }
        let portfolio = try Portfolio(
            departments: (0..<12).map { .init("d\($0)", teams: 8) }, templates: templates, projects: arrivals)
        var best = Double.infinity
        var end = 0
        for _ in 0..<15 {
            let begin = processorSeconds()
            let flow = try portfolio.flow(durations: durations)
            best = min(best, processorSeconds() - begin)
            end = (0..<projects).map { flow.finish(of: $0, in: portfolio) }.max() ?? 0
        }
        report(["completionsPerSecond": Double(portfolio.activityCount) / best, "end": Double(end)])
    }
}
