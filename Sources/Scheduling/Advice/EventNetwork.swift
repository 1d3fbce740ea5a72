/// A trade-off's activities as arcs between events, and the precedences that are left between events.
///
/// An activity begins at the very event that ends its only predecessor, and ends at the one that begins its only successor:
/// neither costs anything, and most precedences disappear. Those that others imply are left out first.
struct EventNetwork {
    let nodeCount: Int
    let start: Int
    let finish: Int
    let activityTail: [Int]
    let activityHead: [Int]
    let links: [(tail: Int, head: Int)]
    /// Between activities: those that no others imply.
    let precedences: [(Int, Int)]
    /// Each event after those that its arcs come from.
    let order: [Int]

    init(_ problem: TradeoffProblem) {
        let count = problem.modes.count
        let precedences = Self.withoutImplied(problem)
        self.precedences = precedences
        var before = [Int](repeating: 0, count: count)
        var after = before
        for (first, second) in precedences {
            after[first] += 1
            before[second] += 1
        }
        // Events 2a and 2a + 1 begin and end activity a; the last two are the start and the finish.
        var merged = Array(0..<2 * count + 2)
        func event(_ number: Int) -> Int {
            var number = number
            while merged[number] != number {
                merged[number] = merged[merged[number]]
                number = merged[number]
            }
            return number
        }
        for activity in 0..<count {
            if before[activity] == 0 { merged[event(2 * activity)] = event(2 * count) }
            if after[activity] == 0 { merged[event(2 * activity + 1)] = event(2 * count + 1) }
        }
        for (first, second) in precedences where after[first] == 1 || before[second] == 1 {
            merged[event(2 * first + 1)] = event(2 * second)
        }
        var number = [Int](repeating: -1, count: merged.count)
        var nodes = 0
        for old in merged.indices where event(old) == old {
            number[old] = nodes
            nodes += 1
        }
        func node(_ old: Int) -> Int { number[event(old)] }
        nodeCount = nodes
        start = node(2 * count)
        finish = node(2 * count + 1)
        activityTail = (0..<count).map { node(2 * $0) }
        activityHead = (0..<count).map { node(2 * $0 + 1) }
        links =
            precedences.map { (tail: node(2 * $0 + 1), head: node(2 * $1)) }.filter { $0.tail != $0.head }
            + (count == 0 ? [(tail: node(2 * count), head: node(2 * count + 1))] : [])
        let arcs = Arcs(
            count: nodes, predecessors: (activityTail + links.map(\.tail)).map { Int32($0) },
            successors: (activityHead + links.map(\.head)).map { Int32($0) })
        guard let order = arcs.topologicalOrder() else { preconditionFailure("merging events made a cycle") }
        self.order = order.map { Int($0) }
    }

    /// The precedences that no others imply, each once.
    /// - Complexity: O(activities · precedences / 64).
    private static func withoutImplied(_ problem: TradeoffProblem) -> [(Int, Int)] {
        let count = problem.modes.count
        let words = (count + 63) / 64
        var position = [Int](repeating: 0, count: count)
        for (place, activity) in problem.order.enumerated() { position[Int(activity)] = place }
        var into = [[Int]](repeating: [], count: count)
        for precedence in problem.precedences { into[precedence.after].append(precedence.before) }
        // Bit b of row a: a comes somewhere before.
        var ancestors = [UInt64](repeating: 0, count: count * words)
        var kept: [(Int, Int)] = []
        for activity in problem.order.map({ Int($0) }) {
            let row = activity * words
            // The latest first, so that what it implies is known before earlier ones are looked at.
            for first in into[activity].sorted(by: { position[$0] > position[$1] }) {
                guard ancestors[row + first / 64] >> UInt64(first % 64) & 1 == 0 else { continue }
                kept.append((first, activity))
                for word in 0..<words { ancestors[row + word] |= ancestors[first * words + word] }
                ancestors[row + first / 64] |= 1 << UInt64(first % 64)
            }
        }
        return kept
    }
}
