import ArgumentParser
import Foundation
import Scheduling

/// Schedules under limited resources: how far above the critical path, and how fast.
struct ResourceBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resources", abstract: "Mean deviation from the critical path, and schedules a second.")

    @Option(help: "A folder of PSPLIB files; default: random problems of the same make.")
    var folder: String?

    @Option(help: "Only files whose name begins so.")
    var prefix = ""

    @Option(help: "Random problems.")
    var problems = 20

    @Option(help: "Activities of a random problem.")
    var activities = 120

    @Option(help: "Schedules for each problem.")
    var schedules = 1000

    func run() throws {
        let all = try folder.map(read) ?? (0..<problems).map { try random(UInt64($0)) }
        guard !all.isEmpty else { throw ValidationError("there is no .sm file in the folder") }
        var deviation = 0.0
        var gap = 0.0
        var tried = 0
        let clock = try seconds {
            for problem in all {
                var solver = ResourceSolver(problem)
                let schedule = solver.solve(schedules: schedules)
                guard schedule.violations.isEmpty else { throw ValidationError("a schedule breaks its problem") }
                let length = Double(max(1, problem.criticalPathLength))
                deviation += (Double(schedule.makespan) - length) / length
                gap += schedule.gap
                tried += schedule.schedules
            }
        }
        let count = Double(all.count)
        report([
            "problems": count, "deviationPercent": 100 * deviation / count, "gapToBoundPercent": 100 * gap / count,
            "schedulesPerSecond": Double(tried) / clock, "millisecondsPerProblem": 1000 * clock / count,
        ])
    }

    private func read(_ folder: String) throws -> [ResourceProblem] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".sm") && $0.hasPrefix(prefix) }.sorted()
            .map { try PSPLIBFile.read(String(contentsOfFile: folder + "/" + $0, encoding: .utf8)) }
    }

    /// In the style of the generator ProGen (doi:10.1287/mnsc.41.10.1693): up to three successors and predecessors, demands
    /// and durations of 1 to 10, capacities between the largest demand and the peak of the earliest dates.
    private func random(_ seed: UInt64) throws -> ResourceProblem {
        var draw = SplitMix64(state: seed &* 0x9E37_79B9 &+ 1)
        let complexity = [1.5, 1.8, 2.1][Int(seed % 3)]
        let factor = [0.25, 0.5, 0.75, 1][Int(seed / 3 % 4)]
        let strength = [0.1, 0.2, 0.3, 0.4, 0.5][Int(seed % 5)]
        var made: [ResourceProblem.Activity] = []
        for number in 0..<activities {
            var needs: [Int: Int] = [:]
            for kind in 0..<4 where Double(draw.next(below: 1000)) < factor * 1000 {
                needs[kind] = 1 + draw.next(below: 10)
            }
            made.append(.init("a\(number)", duration: 1 + draw.next(below: 10), needs: needs))
        }
        var relations: [ResourceProblem.Relation] = []
        var out = [Int](repeating: 0, count: activities)
        var into = out
        var pairs: Set<[Int]> = []
        func link(_ predecessor: Int, _ successor: Int) {
            guard out[predecessor] < 3, into[successor] < 3, pairs.insert([predecessor, successor]).inserted else {
                return
            }
            out[predecessor] += 1
            into[successor] += 1
            relations.append(.init(predecessor, successor))
        }
        for successor in min(3, activities)..<max(3, activities) { link(draw.next(below: successor), successor) }
        for _ in 0..<20 * activities where Double(relations.count) < complexity * Double(activities) {
            let successor = 1 + draw.next(below: max(1, activities - 1))
            if successor < activities { link(draw.next(below: successor), successor) }
        }
        let free = ResourceSolver.schedule(
            try ResourceProblem(
                activities: made, relations: relations,
                resources: (0..<4).map { .init("R\($0)", capacity: ResourceProblem.largestCapacity) }),
            rule: .latestFinish, scheme: .serial)
        let resources = (0..<4).map { kind -> ResourceProblem.Resource in
            let least = made.compactMap { $0.needs[kind] }.max() ?? 1
            let most = max(least, free.usage(of: kind).values.max() ?? 1)
            return .init("R\(kind)", capacity: least + Int(strength * Double(most - least)))
        }
        return try ResourceProblem(activities: made, relations: relations, resources: resources)
    }
}
