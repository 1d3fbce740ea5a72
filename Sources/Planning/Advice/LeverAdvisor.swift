import Scheduling
import WorkCalendar
import WorkflowModel

/// Says which reforms meet a target at the least cost (改革建议).
public struct LeverAdvisor: Sendable {
    public let workflow: WorkflowDefinition
    /// Of the project, with defaults filled in.
    public let facts: [String: FactValue]
    public let target: Target
    public let calendar: WorkCalendar
    public let start: LocalDate
    public let scenario: PlanScenario

    /// - Parameters:
    ///   - measure: what is held against the limit instead of the target's own measure.
    public init(
        workflow: WorkflowDefinition, facts: [String: FactValue], target: Target, measure: Target.Measure? = nil,
        calendar: WorkCalendar, start: LocalDate, scenario: PlanScenario = PlanScenario()
    ) {
        self.workflow = workflow
        self.facts = workflow.resolvedFacts(facts)
        self.target = measure.map { target.with(measure: $0) } ?? target
        self.calendar = calendar
        self.start = start
        self.scenario = scenario
    }

    /// The cheapest levers that meet the target in the plan, every lever's effect, and what is proven.
    ///
    /// - Parameters:
    ///   - wanted: with what chance the target is to be met, where durations are uncertain; `nil` for the plan alone.
    ///   - shouldStop: asked again and again; once it says yes, the best answer so far is returned with its gap.
    /// - Throws: `AdviceError` when the target cannot be held against this project.
    public func advice(
        reaching wanted: WantedChance? = nil, shouldStop: () -> Bool = { false }
    ) throws(AdviceError) -> AdviceReport {
        guard let limit = target.limit else { throw .noLimit(target.id) }
        let network = try network(at: scenario.basis)
        var sampled: SampledTarget?
        if let wanted { sampled = try SampledTarget(self, wanted, limit: limit.minutes) }
        let problem = try problem(on: network, sampled, limit: limit.minutes)
        let search = LeverSearch.cheapest(problem, shouldStop: shouldStop)
        let effects = LeverEffects(network)
        // What the search was about: minutes, or samples that miss the limit.
        let sought = sampled.map { sampled in LeverEffects(network.levers) { sampled.missed(under: $0) } } ?? effects
        // Without an answer the levers are weighed as part of what comes nearest.
        let chosen: LeverSet =
            switch search.proof {
            case .infeasible(let value, let by):
                try sought.withoutIdle(sampled == nil ? by : lowest(below: value, by, problem, shouldStop))
            case .optimal, .stopped: search.best ?? search.nearest ?? .none
            }
        let others = try [EstimateBasis.min, .max].map { basis throws(AdviceError) in
            LeverEffects(try self.network(at: basis))
        }
        var samples = sampled.map { SampleColumns($0) }
        let rows = network.levers.indices.map { lever in
            let alone = effects.alone(lever)
            let spread = ([alone] + others.map { $0.alone(lever) }).compactMap(\.self)
            return AdviceReport.Row(
                lever: network.levers[lever], isChosen: chosen.contains(lever), cost: effects.cost(lever), alone: alone,
                withOthers: effects.last(lever, in: chosen),
                interval: spread.min().flatMap { low in spread.max().map { low...$0 } },
                expected: samples?.effect(of: lever, beside: chosen, effects))
        }
        return AdviceReport(
            workflow: workflow, target: target, scenario: scenario, start: start, calendar: calendar,
            before: try measured([]), after: try measured(chosen.map { network.levers[$0] }),
            chosen: chosen.map { network.levers[$0] }, cost: effects.cost(of: chosen),
            outcome: outcome(search, chosen), rows: rows.inOrderOfEffect,
            unavailable: workflow.levers.filter { lever in !network.levers.contains { $0.id == lever.id } },
            evaluations: search.evaluations, chance: samples?.chance(of: chosen))
    }

    private func outcome(_ search: LeverAdvice, _ chosen: LeverSet) -> AdviceReport.Outcome {
        switch search.proof {
        case .optimal: .met(proof: .optimal)
        case .infeasible: .notMet
        case .stopped(let bound, let gap):
            search.best == nil ? .stopped(lowestCost: bound) : .met(proof: .gap(lowestCost: bound, share: gap ?? 1))
        }
    }

    private func options(_ levers: [Lever]) -> [LeverOption] {
        let positions = Dictionary(uniqueKeysWithValues: levers.enumerated().map { ($1.id, $0) })
        return levers.map { lever in
            LeverOption(
                cost: lever.cost, requires: LeverSet(lever.requires.compactMap { positions[$0] }),
                excludes: LeverSet(lever.excludes.compactMap { positions[$0] }))
        }
    }

    private func network(at basis: EstimateBasis) throws(AdviceError) -> ReformNetwork {
        let scenario = PlanScenario(basis: basis, rectificationRounds: scenario.rectificationRounds)
        guard
            let network = ReformNetwork(
                workflow, facts: facts, target: target, calendar: calendar, start: start, scenario: scenario)
        else { throw .noWindow(target.id) }
        return network
    }

    /// The plan with these levers, measured as every plan is.
    func measured(_ levers: [Lever]) throws(AdviceError) -> TargetReport {
        let plan = Plan.resolve(workflow.applying(levers), facts: facts)
        do {
            let report = try Planner(plan: plan, calendar: calendar).report(start: start, scenario: scenario)
            if let measured = report.measure(target) { return measured }
        } catch {
            throw .unplannable("\(error)")
        }
        throw .noWindow(target.id)
    }

    /// The levers with which the fewest samples miss: counts have plateaus, on which the search's greedy steps stay.
    private func lowest(
        below value: Double, _ found: LeverSet, _ problem: LeverProblem, _ shouldStop: () -> Bool
    ) throws(AdviceError) -> LeverSet {
        let options = problem.options.map { LeverOption(cost: 0, requires: $0.requires, excludes: $0.excludes) }
        var (best, value) = (found, value)
        while value.isFinite, value > problem.limit, !shouldStop() {
            let lower = try self.problem(
                options, limit: value - 1, value: problem.value, lowerBound: problem.lowerBound,
                floor: problem.floor)
            let search = LeverSearch.cheapest(lower, shouldStop: shouldStop)
            guard let set = search.best, let least = search.value else { break }
            (best, value) = (set, least)
        }
        return best
    }

    private func problem(
        on network: ReformNetwork, _ sampled: SampledTarget?, limit: Int
    ) throws(AdviceError) -> LeverProblem {
        guard let sampled else {
            return try problem(
                options(network.levers), limit: Double(limit),
                value: { network.minutes(under: $0).map(Double.init) ?? .infinity },
                lowerBound: { Double(network.bound(pulled: $0, open: $1)) }, floor: { network.floor(missed: $0) })
        }
        return try problem(
            options(network.levers), limit: Double(sampled.wanted.allowedMisses),
            value: { sampled.missed(under: $0).map(Double.init) ?? .infinity },
            lowerBound: { Double(sampled.missed(pulled: $0, open: $1)) }, floor: { sampled.floor(missed: $0) })
    }

    private func problem(
        _ options: [LeverOption], limit: Double, value: @escaping @Sendable (LeverSet) -> Double,
        lowerBound: @escaping @Sendable (LeverSet, LeverSet) -> Double,
        floor: (@Sendable (LeverSet) -> LeverFloor?)? = nil
    ) throws(AdviceError) -> LeverProblem {
        do {
            return try LeverProblem(
                options: options, limit: limit, value: value, lowerBound: lowerBound, floor: floor)
        } catch {
            throw .unplannable("\(error)")
        }
    }
}

/// Why there is no advice on a target.
public enum AdviceError: Error, Sendable, Hashable, Codable {
    /// A target without limit can be measured, not met.
    case noLimit(String)
    /// This project has no such window.
    case noWindow(String)
    /// The plan has no dates.
    case unplannable(String)
    /// A probability that is not between 0 and 1, or a number of samples outside `WantedChance.runRange`.
    case wantedOutOfRange
}

/// What each lever takes off what is measured: minutes of the target, or samples that miss it.
struct LeverEffects {
    private let levers: [Lever]
    private let measure: (LeverSet) -> Int?
    private let requires: [LeverSet]
    private let excludes: [LeverSet]

    init(_ network: ReformNetwork) { self.init(network.levers) { network.minutes(under: $0) } }

    /// - Parameter measure: `nil` for levers that cannot be pulled together.
    init(_ levers: [Lever], measure: @escaping (LeverSet) -> Int?) {
        self.levers = levers
        self.measure = measure
        let positions = Dictionary(uniqueKeysWithValues: levers.enumerated().map { ($1.id, $0) })
        let direct = levers.map { LeverSet($0.requires.compactMap { positions[$0] }) }
        requires = direct.indices.map { lever in
            var all: LeverSet = [lever]
            while true {
                let wider = all.reduce(all) { $0.union(direct[$1]) }
                if wider == all { return all }
                all = wider
            }
        }
        excludes = levers.map { LeverSet($0.excludes.compactMap { positions[$0] }) }
    }

    /// In hundredths, with all that it requires.
    func cost(_ lever: Int) -> Int { cost(of: requires[lever]) }

    func cost(of set: LeverSet) -> Int { set.reduce(0) { $0 + levers[$1].cost } }

    /// Minutes saved by it and what it requires, and nothing else; `nil` when those cannot be pulled.
    func alone(_ lever: Int) -> Int? { difference(setsAlone(lever)) }

    /// Of a lever in the set, the minutes that would be lost without it and what requires it; of another, those that it and
    /// what it requires would save on top; `nil` when it does not go with the set.
    func last(_ lever: Int, in set: LeverSet) -> Int? { setsLast(lever, in: set).flatMap(difference) }

    /// Nothing, and the lever with what it requires.
    func setsAlone(_ lever: Int) -> (without: LeverSet, with: LeverSet) { (.none, requires[lever]) }

    /// What `last` compares.
    func setsLast(_ lever: Int, in set: LeverSet) -> (without: LeverSet, with: LeverSet)? {
        if set.contains(lever) { return (LeverSet(set.filter { !requires[$0].contains(lever) }), set) }
        let with = set.union(requires[lever])
        return with.allSatisfy({ excludes[$0].isDisjoint(with: with) }) ? (set, with) : nil
    }

    /// The set without levers that save nothing in it, the dearest taken out first.
    func withoutIdle(_ set: LeverSet) -> LeverSet {
        var left = set
        for lever in set.sorted(by: { levers[$0].cost > levers[$1].cost }) {
            let without = LeverSet(left.filter { !requires[$0].contains(lever) })
            if let idle = difference((without, left)), idle <= 0 {
                left = without
            }
        }
        return left
    }

    private func difference(_ sets: (without: LeverSet, with: LeverSet)) -> Int? {
        measure(sets.without).flatMap { more in measure(sets.with).map { more - $0 } }
    }
}

extension Target {
    fileprivate func with(measure: Measure) -> Target {
        Target(
            id: id, title: title, limit: limit, from: from, to: to, counts: counts, measure: measure, source: source)
    }

    /// The same window held against another limit.
    public func with(limit: DayAmount) -> Target {
        Target(
            id: id, title: title, limit: limit, from: from, to: to, counts: counts, measure: measure, source: source)
    }
}
