import Scheduling
import TestSupport

/// Levers on a random network: each shortens activities, some lengthen others; the value is the longest path.
struct RandomLevers: Sendable {
    struct Effect: Sendable {
        let activity: Int
        let days: Int
    }

    var lengths: [Int] = []
    var least: [Int] = []
    /// By activity: those before it.
    var predecessors: [[Int]] = []
    var options: [LeverOption] = []
    /// By lever.
    var cuts: [[Effect]] = []
    /// By lever; empty when no lever makes anything worse.
    var delays: [[Effect]] = []

    /// - Parameters:
    ///   - reach: how many activities back a predecessor may stand; few give long paths.
    ///   - rules: the chance, in percent, that a lever requires or excludes another.
    init(
        levers: Int, activities: Int, reach: Int, rules: Int, isNeverWorse: Bool,
        costs: ClosedRange<Int> = 0...12, using generator: inout SeededGenerator
    ) {
        func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        for activity in 0..<activities {
            lengths.append(pick(2...20))
            least.append(pick(0...3))
            let before = (max(0, activity - reach)..<activity).filter { _ in pick(1...100) <= 45 }
            predecessors.append(before.isEmpty && activity > 0 ? [activity - 1] : before)
        }
        for lever in 0..<levers {
            var requires = LeverSet.none
            var excludes = LeverSet.none
            if levers > 1, pick(1...100) <= rules {
                let other = (lever + pick(1...levers - 1)) % levers
                if pick(0...1) == 0 { requires.insert(other) } else { excludes.insert(other) }
            }
            options.append(LeverOption(cost: pick(costs), requires: requires, excludes: excludes))
            cuts.append(
                (0..<pick(1...3)).map { _ in Effect(activity: pick(0...activities - 1), days: pick(1...6)) })
            delays.append(
                isNeverWorse || pick(0...2) > 0
                    ? [] : [Effect(activity: pick(0...activities - 1), days: pick(1...5))])
        }
    }

    /// The longest path, with the activities on it, when some levers cut and some delay.
    func path(cutting: LeverSet, delaying: LeverSet) -> (length: Int, activities: [Int]) {
        var duration = lengths
        for lever in cutting { for effect in cuts[lever] { duration[effect.activity] -= effect.days } }
        for activity in duration.indices {
            duration[activity] = max(duration[activity], min(least[activity], lengths[activity]))
        }
        for lever in delaying { for effect in delays[lever] { duration[effect.activity] += effect.days } }
        var finish = [Int](repeating: 0, count: duration.count)
        var cameFrom = [Int](repeating: -1, count: duration.count)
        for activity in duration.indices {
            for before in predecessors[activity] where finish[before] > finish[activity] {
                finish[activity] = finish[before]
                cameFrom[activity] = before
            }
            finish[activity] += duration[activity]
        }
        var activity = finish.indices.max { finish[$0] < finish[$1] } ?? 0
        var activities = [activity]
        while cameFrom[activity] >= 0 {
            activity = cameFrom[activity]
            activities.append(activity)
        }
        return (finish.max() ?? 0, activities)
    }

    func value(_ set: LeverSet) -> Double { Double(path(cutting: set, delaying: set).length) }

    /// The line of the longest path of a missed set; it touches the value of that set.
    ///
    /// What levers save on one activity grows ever less, so the saving of any set S is at most that of the missed set M, plus
    /// what each lever of S outside M saves alone, less what each lever of M outside S saves as the last of all.
    /// - Source: G. L. Nemhauser, L. A. Wolsey, Mathematics of Operations Research 3 (1978), doi:10.1287/moor.3.3.177.
    func floor(_ missed: LeverSet) -> LeverFloor {
        let path = path(cutting: missed, delaying: missed)
        let all = LeverSet(first: options.count)
        var saved = [Double](repeating: 0, count: options.count)
        for activity in path.activities {
            for lever in all {
                let rest = saving(of: all, on: activity) - saving(of: all.removing(lever), on: activity)
                saved[lever] += Double(missed.contains(lever) ? rest : saving(of: [lever], on: activity))
            }
        }
        for lever in all {
            for effect in delays[lever] where path.activities.contains(effect.activity) {
                saved[lever] -= Double(effect.days)
            }
        }
        return LeverFloor(base: Double(path.length) + missed.reduce(0) { $0 + saved[$1] }, saved: saved)
    }

    private func saving(of set: LeverSet, on activity: Int) -> Int {
        let cut = set.reduce(0) { sum, lever in
            cuts[lever].reduce(sum) { $0 + ($1.activity == activity ? $1.days : 0) }
        }
        return lengths[activity] - max(min(least[activity], lengths[activity]), lengths[activity] - cut)
    }

    func problem(limit: Double, withFloor: Bool) throws -> LeverProblem {
        let line: @Sendable (LeverSet) -> LeverFloor? = { missed in floor(missed) }
        let known = withFloor ? line : nil
        if delays.allSatisfy({ $0.isEmpty }) {
            return try LeverProblem(options: options, limit: limit, neverWorse: { value($0) }, floor: known)
        }
        return try LeverProblem(
            options: options, limit: limit, value: { value($0) },
            lowerBound: { pulled, open in Double(path(cutting: pulled.union(open), delaying: pulled).length) },
            floor: known)
    }

    /// A limit the given part of the way from everything cut to nothing pulled.
    func limit(at part: Double) -> Double {
        let all = LeverSet(first: options.count)
        let low = Double(path(cutting: all, delaying: .none).length)
        return (low + part * (value(.none) - low)).rounded()
    }
}
