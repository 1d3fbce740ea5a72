/// Finds the cheapest levers that meet a limit, with proof (docs/advice.md).
///
/// All searches give the same answer every time, ask the evaluator no question twice and can be stopped; what they have
/// found until then is returned with what is proven about it.
public enum LeverSearch {
    /// The cheapest set that meets the limit; none of its levers is superfluous.
    /// - Parameter shouldStop: asked before each question to the evaluator; once it says yes, the search ends.
    /// - Complexity: exponential in the worst case, as the problem is; see docs/advice.md for 40 levers.
    public static func cheapest(
        _ problem: LeverProblem, shouldStop: () -> Bool = { false }
    ) -> LeverAdvice {
        withoutActuallyEscaping(shouldStop) { shouldStop in
            var tree = LeverTree(problem, prefersFew: false, shouldStop: shouldStop)
            let proof = tree.prove()
            let effects = (try? tree.effects()) ?? []
            return LeverAdvice(
                best: tree.best?.set, cost: tree.best.map { problem.cost(of: $0.set) }, value: tree.best?.value,
                proof: proof, nearest: tree.nearest(proof), evaluations: tree.evaluator.evaluations, effects: effects)
        }
    }

    /// The cheapest sets that meet the limit and of which none holds all of another (备选措施): at most `count`, by cost, then by
    /// the number of levers.
    public static func alternatives(
        _ problem: LeverProblem, count: Int, shouldStop: () -> Bool = { false }
    ) -> LeverChoices {
        withoutActuallyEscaping(shouldStop) { shouldStop in
            var tree = LeverTree(problem, prefersFew: true, shouldStop: shouldStop)
            var choices: [LeverChoice] = []
            var isProven = true
            do throws(Stopped) {
                while choices.count < count {
                    try tree.run()
                    guard let best = tree.best else { break }
                    choices.append(
                        LeverChoice(levers: best.set, cost: problem.cost(of: best.set), value: best.value))
                    if best.set.isEmpty { break }
                    tree.forbidSupersets(of: best.set)
                }
            } catch {
                isProven = false
            }
            return LeverChoices(choices: choices, isProven: isProven, evaluations: tree.evaluator.evaluations)
        }
    }

    /// What each sum of money buys (成本效果前沿): sets of which no other has as low a value for less money, nor a lower value for
    /// the same; from the value for nothing down to the lowest there is, whatever the problem's limit.
    public static func front(_ problem: LeverProblem, shouldStop: () -> Bool = { false }) -> LeverChoices {
        withoutActuallyEscaping(shouldStop) { shouldStop in
            var tree = LeverTree(problem, prefersFew: false, shouldStop: shouldStop)
            var choices: [LeverChoice] = []
            var isProven = true
            var limit = Double.infinity
            do throws(Stopped) {
                while true {
                    tree.tighten(to: limit)
                    try tree.run()
                    guard let best = tree.best else { break }
                    let cost = problem.cost(of: best.set)
                    if let last = choices.last, last.cost == cost { choices.removeLast() }
                    choices.append(LeverChoice(levers: best.set, cost: cost, value: best.value))
                    guard best.value > -.infinity else { break }
                    limit = best.value.nextDown
                }
            } catch {
                isProven = false
            }
            return LeverChoices(choices: choices, isProven: isProven, evaluations: tree.evaluator.evaluations)
        }
    }

    /// The same as `cheapest` by trying every set; for tests and small problems.
    /// - Precondition: at most 20 levers.
    public static func exhaustive(_ problem: LeverProblem) -> LeverAdvice {
        precondition(problem.options.count <= 20, "\(problem.options.count) levers are too many to try every set")
        var best: LeverChoice?
        var lowest: (set: LeverSet, value: Double) = (.none, .infinity)
        var evaluations = 0
        for bits in 0..<UInt64(1) << UInt64(problem.options.count) {
            let set = LeverSet(bits: bits)
            guard problem.isAdmissible(set) else { continue }
            evaluations += 1
            let value = problem.value(set)
            if value < lowest.value { lowest = (set, value) }
            guard value <= problem.limit else { continue }
            let cost = problem.cost(of: set)
            if let best, (best.cost, best.levers.count) <= (cost, set.count) { continue }
            best = LeverChoice(levers: set, cost: cost, value: value)
        }
        return LeverAdvice(
            best: best?.levers, cost: best?.cost, value: best?.value,
            proof: best == nil ? .infeasible(bestValue: lowest.value, by: lowest.set) : .optimal,
            nearest: nil, evaluations: evaluations, effects: [])
    }
}

extension LeverTree {
    /// Searches and says what is proven then.
    fileprivate mutating func prove() -> LeverAdvice.Proof {
        do throws(Stopped) { try run() } catch { return proofWhenStopped }
        if best != nil { return .optimal }
        // Proven to miss; told to stop now, the lowest seen so far must do.
        let found = (try? lowest()) ?? evaluator.lowest
        guard let found else { return proofWhenStopped }
        return .infeasible(bestValue: found.value, by: found.set)
    }

    /// What is proven once the search was told to stop.
    var proofWhenStopped: LeverAdvice.Proof {
        guard let best else { return .stopped(lowerBoundOnCost: leastWeight, gap: nil) }
        let least = min(leastWeight, best.weight)
        if least == best.weight { return .optimal }
        return .stopped(lowerBoundOnCost: least, gap: Double(best.weight - least) / Double(best.weight))
    }

    /// As many levers as go together, taken in turn.
    private var nearlyAll: LeverSet {
        usable.reduce(LeverSet.none) { set, lever in
            let wider = problem.closure(of: set.inserting(lever))
            return problem.isAdmissible(wider) ? wider : set
        }
    }

    /// What comes nearest when the search was stopped with nothing that meets the limit. Two sets are weighed even then, so that
    /// there is always an answer.
    func nearest(_ proof: LeverAdvice.Proof) -> LeverSet? {
        guard best == nil, case .stopped = proof else { return nil }
        let all = nearlyAll
        var least = evaluator.lowest.map { ($0.set, $0.value) } ?? (.none, problem.value(.none))
        if !evaluator.hasValue(of: all) {
            let value = problem.value(all)
            if value < least.1 { least = (all, value) }
        }
        return least.0
    }

    /// The admissible set of the lowest value that greedy steps lead to; it is the lowest of all when no lever makes
    /// anything worse and none excludes another.
    mutating func lowest() throws(Stopped) -> (set: LeverSet, value: Double) {
        _ = try evaluator.value(.none)
        _ = try evaluator.value(nearlyAll)
        guard var (set, value) = evaluator.lowest else { return (.none, try evaluator.value(.none)) }
        var hasImproved = true
        while hasImproved {
            hasImproved = false
            for lever in usable {
                let other =
                    set.contains(lever)
                    ? set.subtracting(dependents(of: lever, in: set)) : problem.closure(of: set.inserting(lever))
                guard problem.isAdmissible(other), try evaluator.value(other) < value else { continue }
                (set, value) = (other, try evaluator.value(other))
                hasImproved = true
            }
        }
        return (set, value)
    }

    /// What every lever saves, alone and last.
    mutating func effects() throws(Stopped) -> [LeverEffect] {
        let nothing = try evaluator.value(.none)
        let advised = best?.set ?? evaluator.lowest?.set ?? .none
        let value = try evaluator.value(advised)
        var effects: [LeverEffect] = []
        for lever in problem.levers {
            var alone: Double?
            var last: Double?
            if usable.contains(lever) { alone = nothing - (try evaluator.value(problem.closure(of: [lever]))) }
            if advised.contains(lever) {
                last = try evaluator.value(advised.subtracting(dependents(of: lever, in: advised))) - value
            } else {
                let wider = problem.closure(of: advised.inserting(lever))
                if problem.isAdmissible(wider) { last = value - (try evaluator.value(wider)) }
            }
            effects.append(LeverEffect(lever: lever, alone: alone, last: last))
        }
        return effects
    }
}
