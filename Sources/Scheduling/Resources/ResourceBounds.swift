/// Periods that no schedule can do without (工期下界).
///
/// - Source: Klein, Scholl, *Computing lower bounds by destructive improvement: an application to resource-constrained
///   project scheduling*, EJOR 112 (1999) 322–346, doi:10.1016/S0377-2217(97)00442-6, for trying lengths until one is not
///   refuted; Mingozzi, Maniezzo, Ricciardelli, Bianco, *An exact algorithm for the resource-constrained project
///   scheduling problem based on a new mathematical formulation*, Management Science 44 (1998) 714–729,
///   doi:10.1287/mnsc.44.5.714, for sets of which no two can run at once; Baptiste, Le Pape, Nuijten, *Satisfiability
///   tests and time-bound adjustments for cumulative scheduling problems*, Annals of Operations Research 92 (1999)
///   305–333, doi:10.1023/A:1018995000688, for energy in intervals.
struct ResourceBounds: Sendable {
    let best: Int

    /// More activities than this get the bounds by chains and by work alone.
    static let mostForRefutation = 500

    init(_ problem: PackedProblem) {
        var bound = max(problem.criticalPathLength, problem.lengthByWork)
        if problem.count <= Self.mostForRefutation, problem.calendar.isEmpty {
            bound = max(bound, ResourceBounds.incompatibleChain(problem))
            // Each length that is refuted raises the bound by one period; most are after few.
            var tries = 0
            while tries < 200, bound < problem.horizon {
                var refutation = Refutation(problem, length: bound)
                guard refutation.isRefuted() else { break }
                bound += 1
                tries += 1
            }
        }
        best = bound
    }

    /// The longest that activities take of which no two can run at once, found greedily from each of them.
    private static func incompatibleChain(_ problem: PackedProblem) -> Int {
        let apart = Incompatibility(problem)
        let count = problem.count
        let byDuration = (0..<count).sorted { (problem.duration[$0], $1) > (problem.duration[$1], $0) }
        var best = 0
        for seed in 0..<count {
            var chosen = [seed]
            var sum = Int(problem.duration[seed])
            var head = problem.heads[seed]
            var tail = problem.tails[seed]
            for rank in byDuration where rank != seed && chosen.allSatisfy({ apart[rank, $0] }) {
                chosen.append(rank)
                sum += Int(problem.duration[rank])
                head = min(head, problem.heads[rank])
                tail = min(tail, problem.tails[rank])
            }
            best = max(best, Int(head) + sum + Int(tail))
        }
        return best
    }
}

extension PackedProblem {
    /// Units of a resource, by its number, that a rank needs.
    func need(_ rank: Int, _ resource: Int) -> Int {
        Int(truncatingIfNeeded: needs[rank * words + resource / 4] >> UInt64(16 * (resource % 4)) & 0x7FFF)
    }

    func capacity(_ resource: Int) -> Int {
        Int(truncatingIfNeeded: base[resource / 4] >> UInt64(16 * (resource % 4)) & 0x7FFF)
    }

    /// The least length in which the work of all who start no earlier and end no nearer to the end than some activity
    /// fits the capacity between; with windows, the largest capacity of any period stands for all.
    fileprivate var lengthByWork: Int {
        var bound = 0
        let order = (0..<count).sorted { tails[$0] > tails[$1] }
        for resource in 0..<words * 4 {
            var most = capacity(resource)
            for period in 0..<windowEnd {
                let word = calendar[period * words + resource / 4]
                most = max(most, Int(truncatingIfNeeded: word >> UInt64(16 * (resource % 4)) & 0x7FFF))
            }
            guard most > 0 else { continue }
            let starts = count <= ResourceBounds.mostForRefutation ? Set(heads) : Set([heads.min() ?? 0])
            for head in starts {
                var work = 0
                for rank in order where heads[rank] >= head {
                    work += need(rank, resource) * Int(duration[rank])
                    if work > 0 { bound = max(bound, Int(head) + (work + most - 1) / most + Int(tails[rank])) }
                }
            }
        }
        return bound
    }
}

/// Which pairs of activities cannot run at once: one waits for the other, or together they need too much.
struct Incompatibility {
    private var apart: [Bool]
    private let count: Int
    /// Whether the pair is apart by need alone, so that one must finish before the other starts.
    private(set) var byNeed: [(Int, Int)] = []

    init(_ problem: PackedProblem) {
        count = problem.count
        apart = Array(repeating: false, count: count * count)
        if problem.isPlain {
            for rank in (0..<count).reversed() {
                for link in problem.links[1].range(rank) {
                    let next = Int(problem.links[1].ends[link])
                    apart[rank * count + next] = true
                    for other in 0..<count where apart[next * count + other] { apart[rank * count + other] = true }
                }
            }
        }
        for first in 0..<count {
            for second in 0..<first where !apart[second * count + first] {
                let isTooMuch = (0..<problem.words).contains { word in
                    let rest =
                        problem.base[word] &- problem.needs[first * problem.words + word]
                        &- problem.needs[second * problem.words + word]
                    // Each need is at most the capacity, so that no borrow passes a guard bit.
                    return rest & PackedProblem.guards != PackedProblem.guards
                }
                if isTooMuch {
                    byNeed.append((second, first))
                    apart[second * count + first] = true
                }
            }
        }
        // Made symmetric only now: the closure above goes one way.
        for first in 0..<count {
            for second in 0..<first where apart[second * count + first] { apart[first * count + second] = true }
        }
    }

    subscript(first: Int, second: Int) -> Bool { apart[first * count + second] }
}
