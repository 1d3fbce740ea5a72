/// Two populations, one of left-justified and one of right-justified schedules, feed each other: a child of two
/// left-justified parents is decoded backward and joins the right-justified ones, and the other way round, so that every
/// schedule made is also half a justification. A child keeps from one parent who comes before, in and after a stretch of
/// time, and from the other the order in two of these parts or in one.
///
/// - Source: Debels, Vanhoucke, *A decomposition-based genetic algorithm for the resource-constrained project-scheduling
///   problem*, Operations Research 55 (2007) 457–469, doi:10.1287/opre.1060.0358, for the two populations; Valls,
///   Ballestín, Quintanilla, *A hybrid genetic algorithm for the RCPSP*, EJOR 185 (2008) 495–508,
///   doi:10.1016/j.ejor.2006.12.033, for crossovers that keep a stretch of time; Drexl, *Scheduling of project networks by
///   job assignment*, Management Science 37 (1991) 1590–1602, doi:10.1287/mnsc.37.12.1590, for regret-biased sampling. Ours
///   is the replacement that keeps populations free of twins.
extension ResourceSearch {
    struct Populations: Sendable {
        var left: [Candidate] = []
        var right: [Candidate] = []
        /// They breed up to this pass.
        var last = 0

        mutating func exchange(_ children: inout [Candidate], _ right: Bool) {
            if right { swap(&children, &self.right) } else { swap(&children, &left) }
        }

        var isWhole: Bool { left.count > 1 && left.count == right.count }
    }

    /// Breeds until the budget's `share` is spent, or the populations have nothing more to give.
    mutating func breed(_ budget: inout SearchBudget, until share: Double) {
        if populations.left.isEmpty { found(&budget) }
        guard populations.isWhole else { return }
        var child = Candidate()
        while !isDone(&budget), passes < populations.last, budget.share(passes) < share {
            breedGeneration(backward: false, &child, &budget)
            breedGeneration(backward: true, &child, &budget)
        }
    }

    /// The first schedules of both populations.
    private mutating func found(_ budget: inout SearchBudget) {
        var size = 20
        var left: [Candidate] = []
        while left.count < size, !isDone(&budget) {
            var candidate = Candidate()
            sample()
            _ = decoder.decodeForward(order, into: &candidate)
            note(candidate, &budget)
            left.append(candidate)
            if left.count == 20 { size = populationSize(for: budget.expectedPasses(after: passes)) }
        }
        populations.left = left
        for parent in left where !isDone(&budget) {
            var candidate = Candidate()
            decoder.order(of: parent, backward: true, into: &order, times: &times)
            _ = decoder.decodeBackward(order, base: parent, into: &candidate)
            note(candidate, &budget)
            populations.right.append(candidate)
        }
        populations.last = min(budget.lastBreedingPass(after: passes), passes + size * Self.generations)
    }

    private static let generations = 170

    /// 20 for 1,000 schedules, 61 for 5,000, 300 for 50,000 and more; up to twice that for few activities.
    private func populationSize(for passes: Double) -> Int {
        return max(20, min(300, Int(0.17 * variety * Self.pow069(passes))))
    }

    /// 1 for 120 activities and more, 2 for a quarter: the fewer activities, the sooner populations are all alike.
    private var variety: Double { max(1, min(2, (120 / Double(max(1, problem.count))).squareRoot())) }

    /// x^0.69 without a mathematics library: the exponent is only a fit.
    private static func pow069(_ x: Double) -> Double {
        let root = x.squareRoot()
        let fourth = root.squareRoot()
        let sixteenth = fourth.squareRoot().squareRoot()
        return root * sixteenth * sixteenth * sixteenth
    }

    private mutating func breedGeneration(backward: Bool, _ child: inout Candidate, _ budget: inout SearchBudget) {
        // Taken out while they change, so that nothing is copied.
        var children: [Candidate] = []
        populations.exchange(&children, backward)
        defer { populations.exchange(&children, backward) }
        let parents = backward ? populations.left : populations.right
        for place in parents.indices {
            guard !isDone(&budget), passes < populations.last else { return }
            let first = another(than: place, of: parents.count)
            let second = another(than: place, of: parents.count)
            let partner = parents[first].cost <= parents[second].cost ? first : second
            let isSwapped = random.next() & 1 == 0
            cross(
                parents[isSwapped ? partner : place], parents[isSwapped ? place : partner], backward: backward)
            mutate(backward: backward)
            if !problem.isPlain { decoder.repair(&order, backward: backward) }
            // What would not be taken is given up on the way.
            let limit = decoder.isShiftable ? children[place].cost : .max
            let isMade =
                backward
                ? decoder.decodeBackward(order, base: parents[place], limit: limit, into: &child)
                : decoder.decodeForward(order, limit: limit, into: &child)
            guard isMade else { continue }
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
    mutating func stretch(of length: Int, least: Double, most: Double) -> (begin: Int, end: Int) {
        let own = max(1, Int(Double(length) * (least + (most - least) * random.unit())))
        let begin = random.below(max(1, length - own + 1))
        return (begin, begin + own)
    }

    /// Neighbours change places, one in twenty and up to one in ten for few activities, unless one waits for the other.
    private mutating func mutate(backward: Bool) {
        let links = problem.links[backward ? 1 : 0]
        guard order.count > 1 else { return }
        let threshold = UInt64(3277 * variety)
        for place in 0..<order.count - 1 where random.next() & 0xFFFF < threshold {
            let first = order[place]
            let second = Int(order[place + 1])
            if links.range(second).contains(where: { links.ends[$0] == first }) { continue }
            order.swapAt(place, place + 1)
        }
    }

    // MARK: First schedules

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
}
