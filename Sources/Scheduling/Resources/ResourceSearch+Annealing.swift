/// Annealing by alternating directions: the best schedule is disturbed in a short stretch of time and decoded in the other
/// direction, which is ours.
///
/// - Source: Kirkpatrick, Gelatt, Vecchi, *Optimization by simulated annealing*, Science 220 (1983) 671–680,
///   doi:10.1126/science.220.4598.671.
extension ResourceSearch {
    /// Disturbs the best schedule in short stretches until the budget is spent, ever less willing to make it worse.
    mutating func anneal(_ budget: inout SearchBudget) {
        guard !isDone(&budget) else { return }
        let spent = budget.share(passes)
        var current = best
        var next = Candidate()
        let duration = problem.meanDuration
        let warmest = 0.09 * duration
        let costOfPeriod = problem.costOfPeriod
        let canGiveUp = decoder.isShiftable
        while !isDone(&budget) {
            let share = (budget.share(passes) - spent) / max(1e-9, 1 - spent)
            let warmth = warmest * max(0, 1 - share)
            let worst = current.cost + rise(at: warmth) * costOfPeriod
            let backward = !current.isRightJustified
            disturb(current, backward: backward, by: 1.5 * duration)
            let isMade =
                backward
                ? decoder.decodeBackward(order, base: current, limit: canGiveUp ? worst : .max, into: &next)
                : decoder.decodeForward(order, limit: canGiveUp ? worst : .max, into: &next)
            guard isMade else { continue }
            note(next, &budget)
            if next.cost <= worst { swap(&current, &next) }
        }
    }

    /// How much dearer a schedule may be: the Metropolis rule with its random number drawn first, in whole periods.
    private mutating func rise(at warmth: Double) -> Int {
        guard warmth > 0 else { return 0 }
        // exp(−1/warmth) as a power, which is the same on every machine.
        var keep = 1 / (1 + 1 / (warmth * 1024))
        for _ in 0..<10 { keep *= keep }
        var rise = 0
        while rise < 64, random.unit() < keep { rise += 1 }
        return rise
    }

    /// The order of a schedule, with random shifts of up to `noise` periods in a stretch of it.
    private mutating func disturb(_ candidate: Candidate, backward: Bool, by noise: Double) {
        decoder.order(of: candidate, backward: backward, into: &order, times: &times)
        let (begin, end) = stretch(of: candidate.latest - candidate.earliest, least: 0.02, most: 0.2)
        let links = problem.links[backward ? 1 : 0]
        let reach = Int32(max(64, noise * 64))
        for place in order.indices {
            let rank = Int(order[place])
            let time = times[rank]
            var key = time * 64
            if time >= begin, time < end { key += Int32(random.below(Int(2 * reach))) - reach }
            for link in links.range(rank) { key = max(key, otherTimes[Int(links.ends[link])] + 1) }
            otherTimes[rank] = key
            // Nearly sorted: insertion is linear here.
            var slot = place
            while slot > 0, otherTimes[Int(order[slot - 1])] > key {
                order[slot] = order[slot - 1]
                slot -= 1
            }
            order[slot] = Int32(rank)
        }
    }
}
