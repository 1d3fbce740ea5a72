import Scheduling
import WorkflowModel

/// A target of a project under any set of levers, in the same samples of what is uncertain (公共随机数).
///
/// Two sets of levers are compared sample by sample: an activity that both plans have draws the same number in both, so
/// that their difference is that of the levers and not of chance.
///
/// - Source: A. M. Law, *Simulation Modeling and Analysis* (5th ed. 2015) §11.2, common random numbers.
struct SampledTarget: Sendable {
    let wanted: WantedChance
    private let advisor: LeverAdvisor
    private let levers: [Lever]
    private let limit: Int
    private let reforms: SampledReforms

    /// - Parameter limit: minutes of the target's unit.
    init(_ advisor: LeverAdvisor, _ wanted: WantedChance, limit: Int) throws(AdviceError) {
        guard
            let network = ReformNetwork(
                advisor.workflow, facts: advisor.facts, target: advisor.target, calendar: advisor.calendar,
                start: advisor.start, scenario: PlanScenario(), chances: wanted.assumptions.chances)
        else { throw .noWindow(advisor.target.id) }
        do {
            reforms = try SampledReforms(
                network, advisor: advisor, assumptions: wanted.assumptions, runs: wanted.runs)
        } catch {
            throw .unplannable("\(error)")
        }
        self.advisor = advisor
        self.wanted = wanted
        self.limit = limit
        levers = network.levers
        guard measures(under: .none) != nil else { throw .unplannable(advisor.target.id) }
    }

    /// Minutes of the target's measure in every sample; `nil` when the levers make something wait for itself.
    func measures(under pulled: LeverSet) -> [Int]? { measures(under: pulled, wanted.assumptions) }

    private func measures(under pulled: LeverSet, _ assumptions: RiskAssumptions) -> [Int]? {
        let plan = Plan.resolve(advisor.workflow.applying(pulled.map { levers[$0] }), facts: advisor.facts)
        guard
            let model = try? RiskModel(
                plan: plan, calendar: advisor.calendar, start: advisor.start, assumptions: assumptions,
                targets: [advisor.target]), !model.targets.isEmpty
        else { return nil }
        let measure = advisor.target.measure.windowMeasure.rawValue
        return model.simulation.run(0..<wanted.runs, detail: .outcomes).measures[0].map { Int($0[measure]) }
    }

    /// In how many samples the target is missed.
    func missed(under pulled: LeverSet) -> Int? { measures(under: pulled).map(missed(in:)) }

    /// In how many samples it is missed at least, whatever levers are pulled between the first and all of both.
    func missed(pulled: LeverSet, open: LeverSet) -> Int { missed(in: reforms.lengths(pulled: pulled, open: open)) }

    /// A line below the number of samples that miss it, under every set of levers.
    func floor(missed: LeverSet) -> LeverFloor? {
        reforms.floor(missed: missed, limit: limit, allowed: wanted.allowedMisses)
    }

    /// The chance in as many samples that no search has seen.
    func freshChance(under pulled: LeverSet) -> ChanceEstimate? {
        var fresh = wanted.assumptions
        fresh.seed = ~fresh.seed
        return measures(under: pulled, fresh).map(chance(in:))
    }

    func missed(in measures: [Int]) -> Int { measures.count { $0 > limit } }

    func chance(in measures: [Int]) -> ChanceEstimate {
        ChanceEstimate(successes: measures.count - missed(in: measures), of: measures.count)
    }
}

/// Samples under the sets of levers that a report compares, each drawn once.
struct SampleColumns {
    private let target: SampledTarget
    private var known: [LeverSet: [Int]?] = [:]

    init(_ target: SampledTarget) { self.target = target }

    private mutating func measures(under set: LeverSet) -> [Int]? {
        if let known = known[set] { return known }
        let measures = target.measures(under: set)
        known[set] = measures
        return measures
    }

    mutating func chance(of chosen: LeverSet) -> AdviceReport.Chance? {
        guard let before = measures(under: .none), let after = measures(under: chosen) else { return nil }
        return AdviceReport.Chance(
            wanted: target.wanted, before: target.chance(in: before), after: target.chance(in: after),
            fresh: target.freshChance(under: chosen) ?? ChanceEstimate(successes: 0, of: 0),
            meanBefore: OutcomeDistribution(before).mean, meanAfter: OutcomeDistribution(after).mean)
    }

    mutating func effect(of lever: Int, beside chosen: LeverSet, _ effects: LeverEffects) -> AdviceReport.Expected {
        AdviceReport.Expected(
            alone: gain(effects.setsAlone(lever)), withOthers: effects.setsLast(lever, in: chosen).flatMap { gain($0) })
    }

    /// The mean difference of pairs, with Student's interval in its normal form, as there are at least 100 of them.
    private mutating func gain(_ sets: (without: LeverSet, with: LeverSet)) -> AdviceReport.Gain? {
        guard let more = measures(under: sets.without), let less = measures(under: sets.with) else { return nil }
        let saved = OutcomeDistribution(zip(more, less).map { $0 - $1 })
        let half = OutcomeDistribution.z * saved.standardDeviation / Double(saved.count).squareRoot()
        return AdviceReport.Gain(
            minutes: saved.mean, interval: saved.mean - half...saved.mean + half,
            points: target.chance(in: less).value - target.chance(in: more).value)
    }
}
