/// Tries to show that no schedule has a length: narrows the periods in which each activity may start until one has none
/// left or some interval holds more work than it can.
///
/// Narrowing is by relations, by pairs of which one must wait for the other, and by what every schedule of that length
/// uses in a period (time-table). What it refutes is impossible; what it does not refute may be impossible too.
struct Refutation {
    private let problem: PackedProblem
    private let pairs: [(Int, Int)]
    /// Rank → first start and last finish.
    private(set) var first: [Int]
    private(set) var last: [Int]
    private let length: Int

    init(_ problem: PackedProblem, length: Int) {
        self.problem = problem
        self.length = length
        pairs = Incompatibility(problem).byNeed
        first = problem.heads.map { Int($0) }
        last = problem.tails.map { length - Int($0) }
    }

    mutating func isRefuted() -> Bool {
        for _ in 0..<50 {
            let before = (first, last)
            guard narrowByRelations(), narrowByPairs(), narrowByTimeTable() else { return true }
            if before.0 == first, before.1 == last { break }
        }
        return hasTooMuchWork()
    }

    private var hasRoom: Bool {
        first.indices.allSatisfy { first[$0] + Int(problem.duration[$0]) <= last[$0] }
    }

    private mutating func narrowByRelations() -> Bool {
        for rank in 0..<problem.count {
            for link in problem.links[0].range(rank) {
                let end = Int(problem.links[0].ends[link])
                let bound = first[end] + Int(problem.duration[end]) + Int(problem.links[0].distances[link])
                first[rank] = max(first[rank], bound)
            }
        }
        for rank in (0..<problem.count).reversed() {
            for link in problem.links[1].range(rank) {
                let end = Int(problem.links[1].ends[link])
                let bound = last[end] - Int(problem.duration[end]) - Int(problem.links[1].distances[link])
                last[rank] = min(last[rank], bound)
            }
        }
        return hasRoom
    }

    /// If one of a pair cannot come first, the other does.
    private mutating func narrowByPairs() -> Bool {
        for (one, other) in pairs {
            let both = Int(problem.duration[one]) + Int(problem.duration[other])
            guard both > 0, problem.duration[one] > 0, problem.duration[other] > 0 else { continue }
            let oneFirst = last[other] - first[one] >= both
            let otherFirst = last[one] - first[other] >= both
            if !oneFirst && !otherFirst { return false }
            if !oneFirst { order(other, before: one) } else if !otherFirst { order(one, before: other) }
        }
        return hasRoom
    }

    private mutating func order(_ one: Int, before other: Int) {
        first[other] = max(first[other], first[one] + Int(problem.duration[one]))
        last[one] = min(last[one], last[other] - Int(problem.duration[other]))
    }

    /// What runs in a period whenever it starts takes its units from everyone else.
    private mutating func narrowByTimeTable() -> Bool {
        let words = problem.words
        var left = [UInt64](repeating: 0, count: length * words)
        for word in left.indices { left[word] = problem.base[word % words] }
        for rank in 0..<problem.count {
            for period in certain(rank) {
                for word in 0..<words {
                    let at = period * words + word
                    left[at] &-= problem.needs[rank * words + word]
                    if left[at] & PackedProblem.guards != PackedProblem.guards { return false }
                }
            }
        }
        for rank in 0..<problem.count where problem.duration[rank] > 0 {
            let own = certain(rank)
            let duration = Int(problem.duration[rank])
            func fits(_ start: Int) -> Bool {
                (start..<start + duration).allSatisfy { period in
                    own.contains(period)
                        || (0..<words).allSatisfy { word in
                            let rest = left[period * words + word] &- problem.needs[rank * words + word]
                            return rest & PackedProblem.guards == PackedProblem.guards
                        }
                }
            }
            while first[rank] + duration <= last[rank], !fits(first[rank]) { first[rank] += 1 }
            while first[rank] + duration <= last[rank], !fits(last[rank] - duration) { last[rank] -= 1 }
            if first[rank] + duration > last[rank] { return false }
        }
        return true
    }

    /// The periods in which a rank runs whenever it starts.
    private func certain(_ rank: Int) -> Range<Int> {
        let start = last[rank] - Int(problem.duration[rank])
        let end = first[rank] + Int(problem.duration[rank])
        return start < end ? start..<end : start..<start
    }

    /// Whether in some interval the least that each activity must do in it is more than the resource can do.
    private func hasTooMuchWork() -> Bool {
        let begins = Set(first).union(last.indices.map { last[$0] - Int(problem.duration[$0]) })
        let ends = Set(last).union(first.indices.map { first[$0] + Int(problem.duration[$0]) })
        let resources = (0..<problem.words * 4).filter { problem.capacity($0) > 0 }
        let capacities = resources.map { problem.capacity($0) }
        var needs: [Int] = []
        for rank in 0..<problem.count { needs.append(contentsOf: resources.map { problem.need(rank, $0) }) }
        var work = [Int](repeating: 0, count: resources.count)
        for begin in begins {
            for end in ends where end > begin {
                for resource in work.indices { work[resource] = 0 }
                for rank in 0..<problem.count {
                    let duration = Int(problem.duration[rank])
                    let fromLeft = first[rank] + duration - begin
                    let fromRight = end - (last[rank] - duration)
                    let share = min(end - begin, duration, fromLeft, fromRight)
                    guard share > 0 else { continue }
                    for resource in work.indices { work[resource] += share * needs[rank * work.count + resource] }
                }
                for resource in work.indices where work[resource] > capacities[resource] * (end - begin) { return true }
            }
        }
        return false
    }
}
