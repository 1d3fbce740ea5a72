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
    /// - Parameter shouldStop: asked again and again; once it says yes, the best answer so far is returned with its gap.
    /// - Throws: `AdviceError` when the target cannot be held against this project.
    public func advice(shouldStop: () -> Bool = { false }) throws(AdviceError) -> AdviceReport {
        guard let limit = target.limit else { throw .noLimit(target.id) }
        let network = try network(at: scenario.basis)
        let search = LeverSearch.cheapest(
            try problem(on: network, limit: Double(limit.minutes)), shouldStop: shouldStop)
        let effects = LeverEffects(network)
        // Without an answer the levers are weighed as part of what comes nearest.
        let chosen: LeverSet =
            switch search.proof {
            case .infeasible(_, let by): effects.withoutIdle(by)
            case .optimal, .stopped: search.best ?? .none
            }
        let others = try [EstimateBasis.min, .max].map { basis throws(AdviceError) in
            LeverEffects(try self.network(at: basis))
        }
        let rows = network.levers.indices.map { lever in
            let alone = effects.alone(lever)
            let spread = ([alone] + others.map { $0.alone(lever) }).compactMap(\.self)
            return AdviceReport.Row(
                lever: network.levers[lever], isChosen: chosen.contains(lever), cost: effects.cost(lever), alone: alone,
                withOthers: effects.last(lever, in: chosen),
                interval: spread.min().flatMap { low in spread.max().map { low...$0 } })
        }
        return AdviceReport(
            workflow: workflow, target: target, scenario: scenario, start: start, calendar: calendar,
            before: try measured([]), after: try measured(chosen.map { network.levers[$0] }),
            chosen: chosen.map { network.levers[$0] }, cost: effects.cost(of: chosen),
            outcome: outcome(search, chosen), rows: rows.inOrderOfEffect,
            unavailable: workflow.levers.filter { lever in !network.levers.contains { $0.id == lever.id } },
            evaluations: search.evaluations)
    }

    private func outcome(_ search: LeverAdvice, _ chosen: LeverSet) -> AdviceReport.Outcome {
        switch search.proof {
        case .optimal: .met(proof: .optimal)
        case .infeasible: .notMet
        case .stopped(let bound, let gap):
            search.best == nil ? .stopped(lowestCost: bound) : .met(proof: .gap(lowestCost: bound, share: gap ?? 1))
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
    private func measured(_ levers: [Lever]) throws(AdviceError) -> TargetReport {
        let plan = Plan.resolve(workflow.applying(levers), facts: facts)
        do {
            let report = try Planner(plan: plan, calendar: calendar).report(start: start, scenario: scenario)
            if let measured = report.measure(target) { return measured }
        } catch {
            throw .unplannable("\(error)")
        }
        throw .noWindow(target.id)
    }

    private func problem(on network: ReformNetwork, limit: Double) throws(AdviceError) -> LeverProblem {
        let positions = Dictionary(uniqueKeysWithValues: network.levers.enumerated().map { ($1.id, $0) })
        let options = network.levers.map { lever in
            LeverOption(
                cost: lever.cost, requires: LeverSet(lever.requires.compactMap { positions[$0] }),
                excludes: LeverSet(lever.excludes.compactMap { positions[$0] }))
        }
        do {
            return try LeverProblem(
                options: options, limit: limit,
                value: { network.minutes(under: $0).map(Double.init) ?? .infinity },
                lowerBound: { Double(network.bound(pulled: $0, open: $1)) },
                floor: { network.floor(missed: $0) })
        } catch {
            throw .unplannable("\(error)")
        }
    }
}

/// Why there is no advice on a target.
public enum AdviceError: Error, Sendable, Hashable {
    /// A target without limit can be measured, not met.
    case noLimit(String)
    /// This project has no such window.
    case noWindow(String)
    /// The plan has no dates.
    case unplannable(String)
}

/// What each lever of a compiled workflow takes off the target's measure.
struct LeverEffects {
    private let network: ReformNetwork
    private let requires: [LeverSet]
    private let excludes: [LeverSet]
    private let before: Int?

    init(_ network: ReformNetwork) {
        self.network = network
        let positions = Dictionary(uniqueKeysWithValues: network.levers.enumerated().map { ($1.id, $0) })
        let direct = network.levers.map { LeverSet($0.requires.compactMap { positions[$0] }) }
        requires = direct.indices.map { lever in
            var all: LeverSet = [lever]
            while true {
                let wider = all.reduce(all) { $0.union(direct[$1]) }
                if wider == all { return all }
                all = wider
            }
        }
        excludes = network.levers.map { LeverSet($0.excludes.compactMap { positions[$0] }) }
        before = network.minutes(under: .none)
    }

    /// In hundredths, with all that it requires.
    func cost(_ lever: Int) -> Int { cost(of: requires[lever]) }

    func cost(of set: LeverSet) -> Int { set.reduce(0) { $0 + network.levers[$1].cost } }

    /// Minutes saved by it and what it requires, and nothing else; `nil` when those cannot be pulled.
    func alone(_ lever: Int) -> Int? { difference(before, network.minutes(under: requires[lever])) }

    /// Of a lever in the set, the minutes that would be lost without it and what requires it; of another, those that it and
    /// what it requires would save on top; `nil` when it does not go with the set.
    func last(_ lever: Int, in set: LeverSet) -> Int? {
        if set.contains(lever) {
            let without = LeverSet(set.filter { !requires[$0].contains(lever) })
            return difference(network.minutes(under: without), network.minutes(under: set))
        }
        let with = set.union(requires[lever])
        guard with.allSatisfy({ excludes[$0].isDisjoint(with: with) }) else { return nil }
        return difference(network.minutes(under: set), network.minutes(under: with))
    }

    /// The set without levers that save nothing in it, the dearest taken out first.
    func withoutIdle(_ set: LeverSet) -> LeverSet {
        var left = set
        for lever in set.sorted(by: { network.levers[$0].cost > network.levers[$1].cost }) {
            let without = LeverSet(left.filter { !requires[$0].contains(lever) })
            if let idle = difference(network.minutes(under: without), network.minutes(under: left)), idle <= 0 {
                left = without
            }
        }
        return left
    }

    private func difference(_ more: Int?, _ less: Int?) -> Int? {
        more.flatMap { more in less.map { more - $0 } }
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
