import Scheduling
import TestSupport

/// A random problem in the style of the generator ProGen: complexity of the network, how many resources an activity
/// needs, how scarce they are.
///
/// - Source: Kolisch, Sprecher, Drexl, *Characterization and generation of a general class of resource-constrained project
///   scheduling problems*, Management Science 41 (1995) 1693–1703, doi:10.1287/mnsc.41.10.1693.
struct RandomResourceProblem {
    var activities: [ResourceProblem.Activity] = []
    var relations: [ResourceProblem.Relation] = []
    var resources: [ResourceProblem.Resource] = []
    var projects = [ResourceProblem.Project("project")]

    /// - Parameters:
    ///   - complexity: relations per activity.
    ///   - factor: share of the resources that an activity needs, 0...1.
    ///   - strength: 0 as scarce as can be, 1 enough for everyone at the earliest dates.
    init(
        count: Int, resources kinds: Int = 4, complexity: Double = 1.5, factor: Double = 0.5, strength: Double = 0.2,
        durations: ClosedRange<Int> = 1...10, using generator: inout SeededGenerator
    ) {
        for number in 0..<count {
            var needs: [Int: Int] = [:]
            for kind in 0..<kinds where Double.random(in: 0..<1, using: &generator) < factor {
                needs[kind] = Int.random(in: 1...10, using: &generator)
            }
            let duration = Int.random(in: durations, using: &generator)
            activities.append(.init("a\(number)", duration: duration, needs: duration > 0 ? needs : [:]))
        }
        var pairs: Set<Int> = []
        for _ in 0..<Int(complexity * Double(count)) * 2
        where count > 1 && pairs.count < Int(complexity * Double(count)) {
            let successor = Int.random(in: 1..<count, using: &generator)
            let predecessor = Int.random(in: max(0, successor - 8)..<successor, using: &generator)
            if pairs.insert(predecessor * count + successor).inserted {
                relations.append(.init(predecessor, successor))
            }
        }
        var finish: [Int] = []
        for number in 0..<count {
            let start = relations.filter { $0.successor == number }.map { finish[$0.predecessor] }.max() ?? 0
            finish.append(start + activities[number].duration)
        }
        for kind in 0..<kinds {
            var used: [Int: Int] = [:]
            for (number, activity) in activities.enumerated() {
                for period in finish[number] - activity.duration..<finish[number] {
                    used[period, default: 0] += activity.needs[kind] ?? 0
                }
            }
            let least = activities.compactMap { $0.needs[kind] }.max() ?? 1
            let most = max(least, used.values.max() ?? 1)
            resources.append(.init("R\(kind)", capacity: least + Int(strength * Double(most - least))))
        }
    }

    func problem() throws -> ResourceProblem {
        try ResourceProblem(activities: activities, relations: relations, resources: resources, projects: projects)
    }
}
