/// The search for a short schedule: one thread's, deterministic by its seed.
///
/// Two populations, one of left-justified and one of right-justified schedules, feed each other: a child of two
/// left-justified parents is decoded backward and joins the right-justified ones, and the other way round, so that every
/// schedule made is also half a justification. A child keeps from one parent who comes before, in and after a stretch of
/// time, and from the other the order in two of these parts or in one. What budget is left goes into annealing: the best
/// schedule is disturbed in a short stretch of time and decoded in the other direction.
///
/// - Source: Debels, Vanhoucke, *A decomposition-based genetic algorithm for the resource-constrained project-scheduling
///   problem*, Operations Research 55 (2007) 457–469, doi:10.1287/opre.1060.0358, for the two populations; Valls,
///   Ballestín, Quintanilla, *A hybrid genetic algorithm for the RCPSP*, EJOR 185 (2008) 495–508,
///   doi:10.1016/j.ejor.2006.12.033, for crossovers that keep a stretch of time; Drexl, *Scheduling of project networks by
///   job assignment*, Management Science 37 (1991) 1590–1602, doi:10.1287/mnsc.37.12.1590, for regret-biased sampling;
///   Kirkpatrick, Gelatt, Vecchi, *Optimization by simulated annealing*, Science 220 (1983) 671–680,
///   doi:10.1126/science.220.4598.671. Ours are the replacement that keeps populations free of twins and the annealing
///   by alternating directions.
struct ResourceSearch: Sendable {
    let problem: PackedProblem
    var decoder: Decoder
    var random: SearchRandom
    /// The best schedule that can be carried out.
    private(set) var best = Candidate()
    /// No schedule costs less; the search ends there.
    let bound: Int

    private var order: [Int32] = []
    private var otherOrder: [Int32] = []
    private var times: [Int32] = []
    private var otherTimes: [Int32] = []
    private var part: [UInt8]

    init(_ problem: PackedProblem, bound: Int, seed: UInt64) {
        self.problem = problem
        self.bound = bound
        decoder = Decoder(problem)
        random = SearchRandom(seed: seed)
        part = Array(repeating: 0, count: problem.count)
        otherTimes = Array(repeating: 0, count: problem.count)
    }

    var passes: Int { decoder.passes }

    /// Searches until the budget is spent or the bound is met.
    mutating func run(_ budget: inout SearchBudget) {
        guard problem.count > 0 else {
            best = Candidate(cost: 0, completion: Array(repeating: 0, count: problem.projects.count))
            return
        }
        tryRules(&budget)
        let breeding = breed(&budget)
        anneal(&budget, from: breeding)
    }

    private func isDone(_ budget: inout SearchBudget) -> Bool {
        best.cost <= bound || budget.isSpent(passes)
    }

    /// Remembers a candidate that is better than all before.
    private mutating func note(_ candidate: Candidate, _ budget: inout SearchBudget) {
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

    /// Draws the next activity among those whose turn may come, the likelier the more hangs on it.
    private mutating func sample() {
        var waitingFor = (0..<problem.count).map { problem.links[0].range($0).count }
        var eligible: [Int32] = waitingFor.indices.filter { waitingFor[$0] == 0 }.map { Int32($0) }
        order.removeAll(keepingCapacity: true)
        while !eligible.isEmpty {
            var least = Int32.max
            for rank in eligible { least = min(least, problem.tails[Int(rank)]) }
            var total = 0
            for rank in eligible { total += Int(problem.tails[Int(rank)] - least) + 1 }
            var draw = Int(random.unit() * Double(total))
            var chosen = 0
            while chosen + 1 < eligible.count {
                draw -= Int(problem.tails[Int(eligible[chosen])] - least) + 1
                if draw < 0 { break }
                chosen += 1
            }
            let rank = Int(eligible[chosen])
            eligible[chosen] = eligible[eligible.count - 1]
            eligible.removeLast()
            order.append(Int32(rank))
            for link in problem.links[1].range(rank) {
                let next = Int(problem.links[1].ends[link])
                waitingFor[next] -= 1
                if waitingFor[next] == 0 { eligible.append(Int32(next)) }
            }
        }
    }

    // MARK: Two populations

    /// - Returns: the share of the budget that was spent.
    private mutating func breed(_ budget: inout SearchBudget) -> Double {
        var left: [Candidate] = []
        var right: [Candidate] = []
        var size = 20
        while left.count < size, !isDone(&budget) {
            var candidate = Candidate()
            sample()
            _ = decoder.decodeForward(order, into: &candidate)
            note(candidate, &budget)
            left.append(candidate)
            if left.count == 20 { size = populationSize(for: budget.expectedPasses(after: passes)) }
        }
        for parent in left where !isDone(&budget) {
            var candidate = Candidate()
            decoder.order(of: parent, backward: true, into: &order, times: &times)
            _ = decoder.decodeBackward(order, base: parent, into: &candidate)
            note(candidate, &budget)
            right.append(candidate)
        }
        guard right.count == size, size > 1 else { return budget.share(passes) }
        let last = min(budget.lastBreedingPass(after: passes), passes + size * Self.generations)
        var child = Candidate()
        while !isDone(&budget), passes < last {
            breedGeneration(from: right, into: &left, backward: false, &child, &budget, last)
            breedGeneration(from: left, into: &right, backward: true, &child, &budget, last)
        }
        return budget.share(passes)
    }

    private static let generations = 170

    /// 20 for 1,000 schedules, 61 for 5,000, 300 for 50,000 and more; twice that for a quarter of the activities, of
    /// which there are fewer different schedules.
    private func populationSize(for passes: Double) -> Int {
        let factor = max(1, min(2, (120 / Double(problem.count)).squareRoot()))
        return max(20, min(300, Int(0.17 * factor * Self.pow069(passes))))
    }

    /// x^0.69 without a mathematics library: the exponent is only a fit.
    private static func pow069(_ x: Double) -> Double {
        let root = x.squareRoot()
        let fourth = root.squareRoot()
        let sixteenth = fourth.squareRoot().squareRoot()
        return root * sixteenth * sixteenth * sixteenth
    }

    private mutating func breedGeneration(
        from parents: [Candidate], into children: inout [Candidate], backward: Bool, _ child: inout Candidate,
        _ budget: inout SearchBudget, _ last: Int
    ) {
        for place in parents.indices {
            guard !isDone(&budget), passes < last else { return }
            let first = another(than: place, of: parents.count)
            let second = another(than: place, of: parents.count)
            let partner = parents[first].cost <= parents[second].cost ? first : second
            let isSwapped = random.next() & 1 == 0
            cross(
                parents[isSwapped ? partner : place], parents[isSwapped ? place : partner], backward: backward)
            mutate(backward: backward)
            if !problem.isPlain { decoder.repair(&order, backward: backward) }
            if backward {
                _ = decoder.decodeBackward(order, base: parents[place], into: &child)
            } else {
                _ = decoder.decodeForward(order, into: &child)
            }
            note(child, &budget)
            guard child.cost <= children[place].cost, !children.contains(where: { $0.print == child.print })
            else { continue }
            swap(&children[place], &child)
        }
    }

    private mutating func another(than place: Int, of count: Int) -> Int {
        let other = random.below(count)
        return other == place ? (other + 1) % count : other
    }

    /// A stretch of a tenth to a half of `first`: who comes before, in and behind it is as in `first`; the order inside
    /// is that of `first`, outside that of `second`.
    private mutating func cross(_ first: Candidate, _ second: Candidate, backward: Bool) {
        decoder.order(of: first, backward: backward, into: &order, times: &times)
        decoder.order(of: second, backward: backward, into: &otherOrder, times: &otherTimes)
        let (begin, end) = stretch(of: first.latest - first.earliest, least: 0.1, most: 0.5)
        var before = 0
        var inside = 0
        for rank in part.indices {
            let time = Int(times[rank])
            part[rank] = time < begin ? 0 : time < end ? 1 : 2
            if time < begin { before += 1 } else if time < end { inside += 1 }
        }
        var front = 0
        var back = before + inside
        for rank in otherOrder {
            switch part[Int(rank)] {
            case 0:
                order[front] = rank
                front += 1
            case 2:
                order[back] = rank
                back += 1
            default: break
            }
        }
    }

    /// A stretch of time within a length.
    private mutating func stretch(of length: Int, least: Double, most: Double) -> (begin: Int, end: Int) {
        let own = max(1, Int(Double(length) * (least + (most - least) * random.unit())))
        let begin = random.below(max(1, length - own + 1))
        return (begin, begin + own)
    }

    /// Neighbours change places, one in twenty, unless one waits for the other.
    private mutating func mutate(backward: Bool) {
        let links = problem.links[backward ? 1 : 0]
        guard order.count > 1 else { return }
        for place in 0..<order.count - 1 where random.next() & 0xFFFF < 3277 {
            let first = order[place]
            let second = Int(order[place + 1])
            if links.range(second).contains(where: { links.ends[$0] == first }) { continue }
            order.swapAt(place, place + 1)
        }
    }

    // MARK: Annealing

    /// Disturbs the best schedule in short stretches until the budget is spent, ever less willing to make it worse.
    private mutating func anneal(_ budget: inout SearchBudget, from spent: Double) {
        guard !isDone(&budget) else { return }
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
