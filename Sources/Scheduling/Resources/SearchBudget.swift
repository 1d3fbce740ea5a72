/// How long a search goes on: so many schedules, or as long as its caller says, whichever ends first.
struct SearchBudget {
    let schedules: Int
    /// The share of the time that is spent, 0...1; 1 ends the search.
    let spent: () -> Double
    /// Called with every better schedule and the passes made so far.
    let onImprovement: (Candidate, Int) -> Void
    private var lastAsked = 0
    private var lastShare = 0.0

    init(
        schedules: Int, spent: @escaping () -> Double, onImprovement: @escaping (Candidate, Int) -> Void = { _, _ in }
    ) {
        self.schedules = schedules
        self.spent = spent
        self.onImprovement = onImprovement
    }

    /// The share of the budget that so many passes have used; the caller's clock is read every 32 passes.
    mutating func share(_ passes: Int) -> Double {
        if lastShare < 1, passes == 0 || passes - lastAsked >= 32 {
            lastAsked = passes
            lastShare = spent()
        }
        return max(lastShare, Double(passes) / Double(schedules))
    }

    mutating func isSpent(_ passes: Int) -> Bool { share(passes) >= 1 }

    /// The passes that the whole budget will allow, judged by those made.
    mutating func expectedPasses(after passes: Int) -> Double {
        lastAsked = passes - 32
        let share = share(passes)
        return share > 0 ? Double(passes) / share : Double(schedules)
    }

    /// With much budget, breeding leaves the rest to annealing.
    mutating func lastBreedingPass(after passes: Int) -> Int {
        let expected = expectedPasses(after: passes)
        return expected <= 60_000 ? .max : max(50_000, Int(min(expected, 1e12) / 6))
    }

    func improved(_ best: Candidate, _ passes: Int) { onImprovement(best, passes) }
}

extension PackedProblem {
    /// Of what takes time; at least 1.
    var meanDuration: Double {
        let lasting = duration.filter { $0 > 0 }
        return lasting.isEmpty ? 1 : max(1, Double(lasting.reduce(0) { $0 + Int($1) }) / Double(lasting.count))
    }

    /// What one more period of one project costs.
    var costOfPeriod: Int {
        guard isPortfolio else { return 1 }
        return projects.reduce(0) { $0 + $1.weight } / projects.count
    }
}
