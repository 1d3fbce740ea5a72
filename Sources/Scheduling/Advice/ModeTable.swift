/// The modes of a trade-off in plain arrays: of each activity those that no other beats, the fastest first.
struct ModeTable {
    let count: Int
    private let first: [Int]
    private let durations: [Int]
    private let costs: [Int]
    private let indices: [Int]

    init(_ problem: TradeoffProblem) {
        var first = [0]
        var durations: [Int] = []
        var costs: [Int] = []
        var indices: [Int] = []
        for modes in problem.modes {
            let sorted = modes.indices.sorted {
                (modes[$0].duration, modes[$0].cost, $0) < (modes[$1].duration, modes[$1].cost, $1)
            }
            let start = costs.count
            for index in sorted where costs.count == start || modes[index].cost < costs[costs.count - 1] {
                durations.append(modes[index].duration)
                costs.append(modes[index].cost)
                indices.append(index)
            }
            first.append(costs.count)
        }
        count = problem.modes.count
        self.first = first
        self.durations = durations
        self.costs = costs
        self.indices = indices
    }

    func modeCount(_ activity: Int) -> Int { first[activity + 1] - first[activity] }
    func duration(_ activity: Int, _ mode: Int) -> Int { durations[first[activity] + mode] }
    func cost(_ activity: Int, _ mode: Int) -> Int { costs[first[activity] + mode] }
    /// The mode's index in the input.
    func index(_ activity: Int, _ mode: Int) -> Int { indices[first[activity] + mode] }

    /// All modes of an activity.
    func all(_ activity: Int) -> ModeSet { ModeSet(bits: UInt16.max >> UInt16(16 - modeCount(activity))) }

    func cost(of chosen: [Int]) -> Int { chosen.indices.reduce(0) { $0 + cost($1, chosen[$1]) } }

    /// The allowed modes on the lower convex hull of duration and cost, the slowest first.
    func hull(_ activity: Int, _ allowed: ModeSet) -> [TradeoffMode] {
        var hull: [TradeoffMode] = []
        for index in (0..<modeCount(activity)).reversed() where allowed.contains(index) {
            let mode = TradeoffMode(duration: duration(activity, index), cost: cost(activity, index))
            while hull.count >= 2 {
                let middle = hull[hull.count - 1]
                let slow = hull[hull.count - 2]
                let first = (middle.cost - slow.cost) * (middle.duration - mode.duration)
                let second = (mode.cost - middle.cost) * (slow.duration - middle.duration)
                guard first >= second else { break }
                hull.removeLast()
            }
            hull.append(mode)
        }
        return hull
    }

    /// The cost on that hull of an activity that may take `window`, which is not below its fastest allowed mode.
    func hullCost(_ activity: Int, _ allowed: ModeSet, window: Int) -> Double {
        let hull = hull(activity, allowed)
        if window >= hull[0].duration { return Double(hull[0].cost) }
        for step in 1..<hull.count where window >= hull[step].duration {
            let part = Double(window - hull[step].duration) / Double(hull[step - 1].duration - hull[step].duration)
            return Double(hull[step].cost) + part * Double(hull[step - 1].cost - hull[step].cost)
        }
        return Double(hull[hull.count - 1].cost)
    }
}

/// Modes of one activity, by place in the table; the fastest first.
struct ModeSet: Hashable {
    var bits: UInt16

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    /// - Precondition: not empty.
    var fastest: Int { bits.trailingZeroBitCount }
    /// - Precondition: not empty.
    var slowest: Int { 15 - bits.leadingZeroBitCount }

    func contains(_ mode: Int) -> Bool { bits >> UInt16(mode) & 1 == 1 }
    mutating func remove(_ mode: Int) { bits &= ~(1 << UInt16(mode)) }
    /// Those up to and with the given mode, and those beyond it.
    func split(after mode: Int) -> (faster: ModeSet, slower: ModeSet) {
        let low = UInt16(truncatingIfNeeded: (UInt32(2) << UInt32(mode)) - 1)
        return (ModeSet(bits: bits & low), ModeSet(bits: bits & ~low))
    }
}

/// Precedences in plain arrays, with activities numbered in an order of time.
struct PrecedenceTable {
    let order: [Int]
    private let firstBefore: [Int]
    private let before: [Int]
    private let firstAfter: [Int]
    private let after: [Int]

    init(_ problem: TradeoffProblem, precedences: [(Int, Int)]) {
        order = problem.order.map { Int($0) }
        func grouped(_ pairs: [(Int, Int)]) -> (first: [Int], members: [Int]) {
            var groups = [[Int]](repeating: [], count: problem.modes.count)
            for (owner, member) in pairs { groups[owner].append(member) }
            var first = [0]
            for group in groups { first.append(first[first.count - 1] + group.count) }
            return (first, groups.flatMap { $0 })
        }
        (firstBefore, before) = grouped(precedences.map { ($1, $0) })
        (firstAfter, after) = grouped(precedences)
    }

    /// The greatest of what is known of the activities before this one; 0 when there are none.
    func latest(before activity: Int, _ finish: [Int]) -> Int {
        var latest = 0
        for place in firstBefore[activity]..<firstBefore[activity + 1] { latest = max(latest, finish[before[place]]) }
        return latest
    }

    /// The greatest of what is known of the activities after this one; 0 when there are none.
    func longest(after activity: Int, _ tail: [Int]) -> Int {
        var longest = 0
        for place in firstAfter[activity]..<firstAfter[activity + 1] { longest = max(longest, tail[after[place]]) }
        return longest
    }
}
