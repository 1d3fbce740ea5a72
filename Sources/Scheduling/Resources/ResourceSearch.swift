/// The search for a short schedule: one thread's, deterministic by its seed.
///
/// What priority rules make comes first, then two populations that breed (`ResourceSearch+Breeding`); when the problem is small,
/// an exhaustive search takes a share of the budget in between (`ExactSearch`); annealing takes what is left
/// (`ResourceSearch+Annealing`).
struct ResourceSearch: Sendable {
    let problem: PackedProblem
    var decoder: Decoder
    var random: SearchRandom
    /// The best schedule that can be carried out.
    private(set) var best = Candidate()
    /// No schedule costs less; the search ends there.
    let bound: Int

    /// Whether an exhaustive search found nothing better than the best.
    private(set) var isExhausted = false

    var populations = Populations()
    var order: [Int32] = []
    var otherOrder: [Int32] = []
    var times: [Int32] = []
    var otherTimes: [Int32] = []
    var part: [UInt8]
    /// Activities placed outside the decoder.
    private var placements = 0

    init(_ problem: PackedProblem, bound: Int, seed: UInt64) {
        self.problem = problem
        self.bound = bound
        decoder = Decoder(problem)
        random = SearchRandom(seed: seed)
        part = Array(repeating: 0, count: problem.count)
        otherTimes = Array(repeating: 0, count: problem.count)
    }

    /// Schedules made: so many placements of an activity as there are activities are one, wherever they were made.
    var passes: Int { (decoder.placements + placements) / max(1, problem.count) }

    /// Whether no better schedule can be found.
    var isOptimal: Bool { isExhausted || best.cost <= bound }

    /// Searches until the budget is spent or the bound is met.
    mutating func run(_ budget: inout SearchBudget) {
        guard problem.count > 0 else {
            best = Candidate(cost: 0, completion: Array(repeating: 0, count: problem.projects.count))
            return
        }
        tryRules(&budget)
        if ExactSearch.suits(problem) {
            breed(&budget, until: ExactSearch.begin)
            goThroughAll(&budget, until: ExactSearch.end)
        }
        breed(&budget, until: 1)
        anneal(&budget)
    }

    func isDone(_ budget: inout SearchBudget) -> Bool { isOptimal || budget.isSpent(passes) }

    /// Remembers a candidate that is better than all before.
    mutating func note(_ candidate: Candidate, _ budget: inout SearchBudget) {
        guard candidate.cost < best.cost else { return }
        if candidate.isRightJustified {
            guard decoder.isShiftable else { return }
            best = candidate
            for rank in best.start.indices { best.start[rank] -= Int32(candidate.earliest) }
            best.latest -= candidate.earliest
            best.earliest = 0
            best.completion = [Int32(best.latest)]
            best.isRightJustified = false
        } else {
            best = candidate
        }
        budget.improved(best, passes)
    }

    /// A schedule from elsewhere, such as another thread's, to go on from if it is better.
    mutating func adopt(_ candidate: Candidate) {
        if candidate.cost < best.cost { best = candidate }
    }

    // MARK: First schedules

    private mutating func tryRules(_ budget: inout SearchBudget) {
        var candidate = Candidate()
        for rule in [PriorityRule.latestFinish, .latestStart] {
            for scheme in GenerationScheme.allCases where best.cost == .max || !isDone(&budget) {
                // Going through time is quadratic; the largest portfolios do without.
                if scheme == .parallel, problem.count > 4000 { continue }
                let list = scheme.order(problem, priorities: rule.priorities(of: problem))
                _ = decoder.decodeForward(list, into: &candidate)
                note(candidate, &budget)
            }
        }
    }

    // MARK: Exhaustion

    /// Spends the budget up to `share` on an exhaustive search, half of it in each direction of time.
    private mutating func goThroughAll(_ budget: inout SearchBudget, until share: Double) {
        let begin = budget.share(passes)
        for backward in [false, true] where !isDone(&budget) {
            var exact = ExactSearch(problem, backward: backward, below: best.cost)
            let (made, count) = (decoder.placements + placements, problem.count)
            let end = backward ? share : (begin + share) / 2
            isExhausted = exact.run { placed in budget.share((made + placed) / count) >= end }
            placements += exact.placements
            if let start = exact.best { note(Candidate(start, problem), &budget) }
        }
    }
}
