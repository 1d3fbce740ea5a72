/// Branch and cut over sets of levers: the cheapest set that meets a limit.
///
/// What is known about sets that meet the limit is kept as rows (`LeverRows`). Their relaxation gives each node a cost that
/// nothing below it undercuts, and proposes a set; when that set misses the limit, the miss is turned into a row that every
/// set which meets it fulfils (`LeverTree+Learning`), and the node is relaxed again. A node ends when its bound reaches the
/// best cost known. Rows stay valid for every tighter limit, which is how a front of limits is found in one go.
///
/// - Source: J. N. Hooker, G. Ottosson, *Logic-based Benders decomposition*, Mathematical Programming 96 (2003),
///   doi:10.1007/s10107-003-0375-9; for sets that hit every conflict, E. Moreno-Centeno, R. M. Karp, *The implicit hitting set
///   approach to solve combinatorial optimization problems*, Operations Research 61 (2013), doi:10.1287/opre.1120.1139.
struct LeverTree {
    let problem: LeverProblem
    /// Levers that some admissible set holds.
    let usable: LeverSet
    var evaluator: LeverEvaluator
    var rows: LeverRows
    /// Straight lines below the value that became rows, to be put for a tighter limit again.
    var floors: [LeverFloor] = []
    private(set) var limit: Double

    /// What a set is weighed by: its cost, and with `prefersFew` the number of its levers among equal costs.
    private let weights: [Int]
    /// Every set weighs a multiple of this.
    private let step: Int
    private let relativeWeights: [Double]
    private let scale: Double

    private(set) var best: (set: LeverSet, weight: Int, value: Double)?
    /// No set that meets the limit weighs less.
    private(set) var leastWeight = 0
    private var open: [Node] = []

    struct Node {
        var pulled: LeverSet
        var dropped: LeverSet
        var bound: Int
        var binding: [Int]
        var depth: Int
    }

    init(_ problem: LeverProblem, prefersFew: Bool, shouldStop: @escaping () -> Bool) {
        self.problem = problem
        limit = problem.limit
        evaluator = LeverEvaluator(problem, shouldStop: shouldStop)
        weights = problem.options.map { prefersFew ? $0.cost << 7 + 1 : $0.cost }
        step = max(1, weights.reduce(0, greatestCommonDivisor))
        let scale = Double(max(1, weights.max() ?? 1))
        self.scale = scale
        relativeWeights = weights.map { Double($0) / scale }
        usable = LeverSet(problem.levers.filter { problem.isAdmissible(problem.closure(of: [$0])) })
        rows = LeverRows(width: problem.options.count)
        appendRules()
    }

    /// From now on only sets whose value is at most `limit` count. The limit may only tighten.
    mutating func tighten(to limit: Double) {
        self.limit = limit
        best = nil
        open = []
        for floor in floors { appendRow(of: floor) }
    }

    /// From now on neither this set nor one that holds all of it counts.
    mutating func forbidSupersets(of set: LeverSet) {
        rows.appendClause(anyOf: .none, notAll: set)
        best = nil
        open = []
    }

    /// Searches to the end.
    mutating func run() throws(Stopped) {
        open = [Node(pulled: .none, dropped: problem.levers.subtracting(usable), bound: 0, binding: [], depth: 0)]
        leastWeight = 0
        while var node = open.popLast() {
            leastWeight = max(leastWeight, node.bound)
            if let best, node.bound >= best.weight { break }
            do {
                // Dive: one child at once, the other waits in the queue.
                while let next = try expand(&node) { node = next }
            } catch {
                open.append(node)
                throw error
            }
        }
        open = []
        if let best { leastWeight = best.weight }
    }

    /// Works on one node until it is ended or split.
    /// - Returns: the child to go on with.
    private mutating func expand(_ node: inout Node) throws(Stopped) -> Node? {
        while true {
            try evaluator.check()
            guard rows.propagate(pulled: &node.pulled, dropped: &node.dropped) else { return nil }
            let left = problem.levers.subtracting(node.pulled).subtracting(node.dropped)
            if try evaluator.lowerBound(pulled: node.pulled, open: left) > limit {
                if problem.isNeverWorse, learnFloor(of: node.pulled.union(left)) { return nil }
                // Deep down a clause is not worth the questions it takes to shorten it.
                if node.depth < 3 { try learn(pulled: node.pulled, open: left, preferring: [:]) }
                return nil
            }
            guard let relaxed = relax(&node, open: left) else { return nil }
            if isBeaten(node.bound) { return nil }
            // What costs too much to pull, or too much to leave out, is settled.
            if settle(&node, relaxed, open: left) { continue }
            let proposal = LeverSet(left.filter { relaxed.parts[$0] > 0.5 }).union(node.pulled)
            let fractional = left.filter { relaxed.parts[$0] > 1e-6 && relaxed.parts[$0] < 1 - 1e-6 }
            if fractional.isEmpty, problem.isAdmissible(proposal) {
                if try evaluator.value(proposal) > limit {
                    try learn(from: proposal, relaxed)
                    continue
                }
                try accept(proposal)
                if isBeaten(node.bound) { return nil }
            } else if best == nil || node.depth == 0 {
                try repair(proposal, relaxed)
                if isBeaten(node.bound) { return nil }
            }
            guard let lever = branchingLever(fractional.isEmpty ? Array(left) : fractional, relaxed) else { return nil }
            return branch(node, on: lever, pullFirst: relaxed.parts[lever] > 0.5)
        }
    }

    private func isBeaten(_ bound: Int) -> Bool { best.map { bound >= $0.weight } ?? false }

    private mutating func branch(_ node: Node, on lever: Int, pullFirst: Bool) -> Node {
        var with = node
        with.pulled.insert(lever)
        with.depth += 1
        var without = node
        without.dropped.insert(lever)
        without.depth += 1
        let (first, second) = pullFirst ? (with, without) : (without, with)
        // Falling bounds, so that the least is taken from the end.
        var low = 0
        var high = open.count
        while low < high {
            let middle = (low + high) / 2
            if open[middle].bound > second.bound { low = middle + 1 } else { high = middle }
        }
        open.insert(second, at: low)
        return first
    }

    private func branchingLever(_ candidates: [Int], _ relaxed: Relaxed) -> Int? {
        candidates.max { score($0, relaxed) < score($1, relaxed) }
    }

    /// Far from decided and dear.
    private func score(_ lever: Int, _ relaxed: Relaxed) -> Double {
        let part = relaxed.parts[lever]
        return (min(part, 1 - part) + 1e-3) * (relativeWeights[lever] + 1e-3)
    }
}

// MARK: - Relaxation

extension LeverTree {
    struct Relaxed {
        /// By lever: the part pulled.
        var parts: [Double]
        /// Of the open levers, relative to the greatest weight.
        var reducedCosts: [Int: Double]
        /// Relative to the greatest weight.
        var bound: Double
    }

    /// The relaxation over all rows; starts from those that were binding in the parent and adds what is violated.
    private func relax(_ node: inout Node, open: LeverSet) -> Relaxed? {
        var program = LeverRelaxation(open: open, pulled: node.pulled, costs: relativeWeights)
        var isIn = Set(node.binding)
        for row in node.binding { program.add(row, of: rows) }
        while true {
            guard program.solve() else { return nil }
            let parts = program.parts(width: rows.width)
            var short: [(row: Int, size: Double)] = []
            for row in 0..<rows.count where !isIn.contains(row) {
                let size = rows.shortfall(row, at: parts)
                if size > LeverRows.tolerance { short.append((row, size)) }
            }
            short.sort { ($1.size, $0.row) < ($0.size, $1.row) }
            for (row, _) in short.prefix(8) {
                isIn.insert(row)
                program.add(row, of: rows)
            }
            guard short.isEmpty else { continue }
            node.binding = program.bindingRows
            let fixed = node.pulled.reduce(0) { $0 + relativeWeights[$1] }
            let (bound, reducedCosts) = program.bound(rows, fixedCost: fixed)
            let whole = (bound * scale / Double(step)).rounded(.up)
            node.bound = max(node.bound, whole > 0 ? Int(whole) * step : 0)
            return Relaxed(parts: parts, reducedCosts: reducedCosts, bound: bound)
        }
    }

    /// Drops levers whose reduced cost alone lifts the bound to the best weight, and pulls those that it would cost as much
    /// to leave.
    /// - Returns: whether any was settled.
    private func settle(_ node: inout Node, _ relaxed: Relaxed, open: LeverSet) -> Bool {
        guard let best else { return false }
        let target = (Double(best.weight - step) + 0.5 * Double(step)) / scale
        var hasChanged = false
        for lever in open {
            guard let price = relaxed.reducedCosts[lever], relaxed.bound + abs(price) > target else { continue }
            if price > 0 { node.dropped.insert(lever) } else { node.pulled.insert(lever) }
            hasChanged = true
        }
        return hasChanged
    }
}

// MARK: - Sets that meet the limit

extension LeverTree {
    /// Takes the set as the best known when it is cheaper, after dropping what is superfluous in it.
    /// - Precondition: it is admissible and meets the limit.
    mutating func accept(_ set: LeverSet) throws(Stopped) {
        var kept = set
        for lever in set.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) where kept.contains(lever) {
            let fewer = kept.subtracting(dependents(of: lever, in: kept))
            if respectsForbidden(fewer), try evaluator.value(fewer) <= limit { kept = fewer }
        }
        let weight = kept.reduce(0) { $0 + weights[$1] }
        if let best, best.weight <= weight { return }
        best = (kept, weight, try evaluator.value(kept))
    }

    /// The lever and those that require it, directly or by way of others.
    func dependents(of lever: Int, in set: LeverSet) -> LeverSet {
        set.filter { problem.closure(of: [$0]).contains(lever) }.reduce(into: LeverSet([lever])) { $0.insert($1) }
    }

    /// Adds levers to a proposal, those that the relaxation likes first, until it meets the limit.
    private mutating func repair(_ proposal: LeverSet, _ relaxed: Relaxed) throws(Stopped) {
        var set = LeverSet.none
        let rest = usable.sorted {
            (relaxed.parts[$1], relaxed.reducedCosts[$0] ?? 0, $0) < (
                relaxed.parts[$0], relaxed.reducedCosts[$1] ?? 0, $1
            )
        }
        for lever in proposal {
            let wider = problem.closure(of: set.inserting(lever))
            if problem.isAdmissible(wider) { set = wider }
        }
        for lever in rest {
            if try evaluator.value(set) <= limit { break }
            let wider = problem.closure(of: set.inserting(lever))
            if problem.isAdmissible(wider) { set = wider }
        }
        if respectsForbidden(set), try evaluator.value(set) <= limit { try accept(set) }
    }

    /// Whether the set keeps the rows, so that an alternative already given does not come again.
    private func respectsForbidden(_ set: LeverSet) -> Bool {
        var x = [Double](repeating: 0, count: rows.width)
        for lever in set { x[lever] = 1 }
        return (0..<rows.count).allSatisfy { rows.shortfall($0, at: x) <= LeverRows.tolerance }
    }
}

func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}
