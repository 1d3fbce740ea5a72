/// Who goes first when several activities could start (优先规则).
///
/// - Source: Kolisch, *Efficient priority rules for the resource-constrained project scheduling problem*, Journal of
///   Operations Management 14 (1996) 179–192, doi:10.1016/0272-6963(95)00032-1.
public enum PriorityRule: String, Sendable, Hashable, CaseIterable {
    /// Least latest finish by relations alone, LFT.
    case latestFinish
    /// Least latest start by relations alone, LST.
    case latestStart
    /// Most direct and indirect successors, MTS.
    case mostTotalSuccessors
    /// Greatest duration together with its direct successors, GRPW.
    case greatestRankPositionalWeight
    /// Least duration, SPT.
    case shortest

    /// Rank → priority; the least goes first.
    func priorities(of problem: PackedProblem) -> [Int] {
        let ranks = 0..<problem.count
        switch self {
        case .latestFinish: return ranks.map { problem.dueShift(of: $0) - Int(problem.tails[$0]) }
        case .latestStart:
            return ranks.map { problem.dueShift(of: $0) - Int(problem.tails[$0]) - Int(problem.duration[$0]) }
        case .mostTotalSuccessors: return problem.totalSuccessors().map { -$0 }
        case .greatestRankPositionalWeight:
            let links = problem.links[1]
            return ranks.map { rank in
                -links.range(rank).reduce(Int(problem.duration[rank])) { sum, link in
                    sum + Int(problem.duration[Int(links.ends[link])])
                }
            }
        case .shortest: return ranks.map { Int(problem.duration[$0]) }
        }
    }
}

extension PackedProblem {
    /// A project's due period takes the place of the common end.
    fileprivate func dueShift(of rank: Int) -> Int {
        guard isPortfolio else { return 0 }
        return projects[Int(project[rank])].due ?? horizon
    }

    /// Bit sets of successors, from the last rank to the first.
    /// - Complexity: O(relations · activities / 64); counted per chain length beyond 4,000 activities.
    fileprivate func totalSuccessors() -> [Int] {
        guard count <= 4000 else { return tails.map { Int($0) } }
        let words = (count + 63) / 64
        var sets = [UInt64](repeating: 0, count: count * words)
        var totals = [Int](repeating: 0, count: count)
        for rank in (0..<count).reversed() {
            for link in links[1].range(rank) {
                let next = Int(links[1].ends[link])
                for word in 0..<words { sets[rank * words + word] |= sets[next * words + word] }
                sets[rank * words + next / 64] |= 1 << UInt64(next % 64)
            }
            for word in 0..<words { totals[rank] += sets[rank * words + word].nonzeroBitCount }
        }
        return totals
    }
}

/// How a priority rule becomes a list of activities.
///
/// - Source: Kolisch, *Serial and parallel resource-constrained project scheduling methods revisited*, EJOR 90 (1996)
///   320–333, doi:10.1016/0377-2217(95)00357-6.
public enum GenerationScheme: String, Sendable, Hashable, CaseIterable {
    /// 串行: the next activity is the first by priority of those whose predecessors are placed.
    case serial
    /// 并行: going through time, whatever can start now does, the first by priority before others.
    case parallel

    /// Everything after what it waits for.
    func order(_ problem: PackedProblem, priorities: [Int]) -> [Int32] {
        switch self {
        case .serial: serialOrder(problem, priorities)
        case .parallel: parallelOrder(problem, priorities)
        }
    }

    private func serialOrder(_ problem: PackedProblem, _ priorities: [Int]) -> [Int32] {
        var waitingFor = (0..<problem.count).map { problem.links[0].range($0).count }
        var eligible = RankHeap(priorities)
        for rank in 0..<problem.count where waitingFor[rank] == 0 { eligible.insert(rank) }
        var order: [Int32] = []
        while let rank = eligible.popFirst() {
            order.append(Int32(rank))
            for link in problem.links[1].range(rank) {
                let next = Int(problem.links[1].ends[link])
                waitingFor[next] -= 1
                if waitingFor[next] == 0 { eligible.insert(next) }
            }
        }
        return order
    }

    /// The order of the starts in the parallel scheme's schedule.
    private func parallelOrder(_ problem: PackedProblem, _ priorities: [Int]) -> [Int32] {
        var board = Board(problem)
        var waitingFor = (0..<problem.count).map { problem.links[0].range($0).count }
        var eligible: [(priority: Int, rank: Int, from: Int)] = []
        var finish = [Int](repeating: 0, count: problem.count)
        var order: [Int32] = []
        func admit(_ rank: Int) {
            let links = problem.links[0]
            let from = links.range(rank).reduce(Int(problem.ready[rank])) { latest, link in
                max(latest, finish[Int(links.ends[link])] + Int(links.distances[link]))
            }
            let place = eligible.firstIndex { ($0.priority, $0.rank) > (priorities[rank], rank) } ?? eligible.count
            eligible.insert((priorities[rank], rank, from), at: place)
        }
        for rank in 0..<problem.count where waitingFor[rank] == 0 { admit(rank) }
        var now = 0
        while !eligible.isEmpty {
            var place = 0
            while place < eligible.count {
                let (_, rank, from) = eligible[place]
                guard from <= now, board.take(rank, at: now) else {
                    place += 1
                    continue
                }
                eligible.remove(at: place)
                finish[rank] = now + Int(problem.duration[rank])
                order.append(Int32(rank))
                for link in problem.links[1].range(rank) {
                    let next = Int(problem.links[1].ends[link])
                    waitingFor[next] -= 1
                    if waitingFor[next] == 0 { admit(next) }
                }
                // What became possible by a milestone may have a better priority than what comes next.
                if problem.duration[rank] == 0 { place = 0 }
            }
            now += 1
        }
        return order
    }

    /// Units left in each period.
    private struct Board {
        let problem: PackedProblem
        var left: [UInt64]

        init(_ problem: PackedProblem) {
            self.problem = problem
            left = problem.calendar
        }

        /// Takes what a rank needs from `start` on, if it is there.
        mutating func take(_ rank: Int, at start: Int) -> Bool {
            let words = problem.words
            let end = start + Int(problem.duration[rank])
            while left.count < end * words { left.append(problem.base[left.count % words]) }
            for period in start..<end {
                for word in 0..<words {
                    let rest = left[period * words + word] &- problem.needs[rank * words + word]
                    if rest & PackedProblem.guards != PackedProblem.guards { return false }
                }
            }
            for period in start..<end {
                for word in 0..<words { left[period * words + word] &-= problem.needs[rank * words + word] }
            }
            return true
        }
    }
}

/// Ranks, the one with the least priority first; equals go by rank.
private struct RankHeap {
    private let priorities: [Int]
    private var ranks: [Int] = []

    init(_ priorities: [Int]) { self.priorities = priorities }

    private func precedes(_ a: Int, _ b: Int) -> Bool { (priorities[a], a) < (priorities[b], b) }

    mutating func insert(_ rank: Int) {
        ranks.append(rank)
        var child = ranks.count - 1
        while child > 0, precedes(ranks[child], ranks[(child - 1) / 2]) {
            ranks.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> Int? {
        guard let first = ranks.first else { return nil }
        let last = ranks.removeLast()
        guard !ranks.isEmpty else { return first }
        ranks[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < ranks.count {
                if precedes(ranks[child], ranks[least]) { least = child }
            }
            guard least != parent else { return first }
            ranks.swapAt(parent, least)
            parent = least
        }
    }
}
