/// Starts for all activities of a problem, what is proved about them, and why the search ended (资源受限进度).
public struct ResourceSchedule: Sendable {
    public let problem: ResourceProblem
    /// Index of the activity → its first period.
    public let starts: [Int]
    /// The period by which everything is finished.
    public let makespan: Int
    /// No schedule finishes everything by an earlier period.
    public let lowerBound: Int
    /// Schedules generated: every pass forward or backward is one.
    public let schedules: Int
    public let ending: Ending

    /// Why the search ended.
    public enum Ending: String, Sendable, Hashable, Codable {
        /// Nothing can be shorter: the bound is met.
        case optimal
        /// The schedules or the time allowed are spent.
        case budgetSpent
    }

    public init(
        problem: ResourceProblem, starts: [Int], lowerBound: Int, schedules: Int, ending: Ending
    ) {
        self.problem = problem
        self.starts = starts
        self.lowerBound = lowerBound
        self.schedules = schedules
        self.ending = ending
        makespan = zip(starts, problem.activities).map { $0 + $1.duration }.max() ?? 0
    }

    public func finish(of activity: Int) -> Int { starts[activity] + problem.activities[activity].duration }

    /// Project → the period by which it is finished.
    public var completions: [Int] {
        var completions = problem.projects.map(\.release)
        for (index, activity) in problem.activities.enumerated() {
            completions[activity.project] = max(completions[activity.project], finish(of: index))
        }
        return completions
    }

    /// (makespan − bound) / bound; 0 when proved shortest.
    public var gap: Double {
        lowerBound > 0 ? Double(makespan - lowerBound) / Double(lowerBound) : makespan > 0 ? .infinity : 0
    }

    /// A rule that a schedule breaks.
    public enum Violation: Sendable, Hashable {
        case startsBeforeRelease(activity: Int)
        case relationBroken(relation: Int)
        case capacityExceeded(resource: Int, period: Int, needed: Int, available: Int)
        case wrongNumberOfStarts(Int)
    }

    /// Everything that a schedule breaks, found from the input alone; none when it can be carried out.
    ///
    /// Shares nothing with the search, so that one checks the other.
    /// - Complexity: O(Σ durations · resources + relations).
    public var violations: [Violation] {
        guard starts.count == problem.activities.count else { return [.wrongNumberOfStarts(starts.count)] }
        var found: [Violation] = []
        for (index, activity) in problem.activities.enumerated() {
            let release = max(activity.release, problem.projects[activity.project].release)
            if starts[index] < release { found.append(.startsBeforeRelease(activity: index)) }
        }
        for (index, relation) in problem.relations.enumerated() {
            let from: Int
            let to: Int
            switch relation.kind {
            case .finishToStart: (from, to) = (finish(of: relation.predecessor), starts[relation.successor])
            case .startToStart: (from, to) = (starts[relation.predecessor], starts[relation.successor])
            case .finishToFinish: (from, to) = (finish(of: relation.predecessor), finish(of: relation.successor))
            case .startToFinish: (from, to) = (starts[relation.predecessor], finish(of: relation.successor))
            }
            if to < from + relation.lag { found.append(.relationBroken(relation: index)) }
        }
        for (index, resource) in problem.resources.enumerated() {
            let used = usage(of: index)
            for (period, needed) in used.sorted(by: { $0.key < $1.key }) {
                let available =
                    resource.windows.first { $0.periods.contains(period) }?.capacity ?? resource.capacity
                if needed > available {
                    found.append(
                        .capacityExceeded(resource: index, period: period, needed: needed, available: available))
                }
            }
        }
        return found
    }

    /// Period → units of a resource in use; periods without any are missing.
    public func usage(of resource: Int) -> [Int: Int] {
        var used: [Int: Int] = [:]
        for (index, activity) in problem.activities.enumerated() {
            guard let units = activity.needs[resource] else { continue }
            for period in starts[index]..<finish(of: index) { used[period, default: 0] += units }
        }
        return used
    }
}
