/// The search was told to stop.
struct Stopped: Error {}

/// The problem's evaluator, asked once for each question and not at all once the search shall stop.
struct LeverEvaluator {
    let problem: LeverProblem
    private let shouldStop: () -> Bool
    private(set) var evaluations = 0
    /// The admissible set of the lowest value seen.
    private(set) var lowest: (set: LeverSet, value: Double)?
    private var values: [LeverSet: Double] = [:]
    private var bounds: [Question: Double] = [:]

    private struct Question: Hashable {
        let pulled: LeverSet
        let open: LeverSet
    }

    init(_ problem: LeverProblem, shouldStop: @escaping () -> Bool) {
        self.problem = problem
        self.shouldStop = shouldStop
    }

    func hasValue(of set: LeverSet) -> Bool { values[set] != nil }

    func check() throws(Stopped) { if shouldStop() { throw Stopped() } }

    mutating func value(_ set: LeverSet) throws(Stopped) -> Double {
        let value = try known(set)
        if lowest.map({ value < $0.value }) ?? true, problem.isAdmissible(set) { lowest = (set, value) }
        return value
    }

    mutating func lowerBound(pulled: LeverSet, open: LeverSet) throws(Stopped) -> Double {
        if problem.isNeverWorse { return try value(pulled.union(open)) }
        let question = Question(pulled: pulled, open: open)
        if let bound = bounds[question] { return bound }
        try check()
        evaluations += 1
        let bound = problem.lowerBound(pulled, open)
        bounds[question] = bound
        return bound
    }

    private mutating func known(_ set: LeverSet) throws(Stopped) -> Double {
        if let value = values[set] { return value }
        try check()
        evaluations += 1
        let value = problem.value(set)
        values[set] = value
        return value
    }
}
