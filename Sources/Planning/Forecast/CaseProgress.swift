import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// How far a case has come on the graph of its plan, as of a day (进度).
struct CaseProgress {
    /// How far one activity has come.
    enum Standing {
        /// It happened.
        case past(start: LocalDate?, finish: LocalDate?)
        /// It does not happen.
        case never
        case running(since: LocalDate, remaining: Distribution)
        /// It has not begun, and happens with a chance: once `onlyAfter` did, where that is not known yet.
        case waiting(chance: Double, onlyAfter: Int?)

        var isPast: Bool { if case .past = self { true } else { false } }
        var isNever: Bool { if case .never = self { true } else { false } }
        var isWaiting: Bool { if case .waiting = self { true } else { false } }
        var isRunning: Bool { if case .running = self { true } else { false } }
    }

    /// Something beside the graph that an item waits for.
    struct Stop {
        let item: Int
        let kind: Forecast.Holder.Reason
        let holder: ClockHolder
        let since: LocalDate
        let unit: DayUnit
        let remaining: Distribution
        /// Whether the clock of the item stands still; else the item only cannot end before.
        let stopsClock: Bool
    }

    private(set) var standings: [Standing]
    private(set) var stops: [Stop] = []

    private let graph: ForecastGraph
    private let machine: CaseMachine
    private let assumptions: ForecastAssumptions
    private let date: LocalDate

    init(
        of state: CaseState, on date: LocalDate, in graph: ForecastGraph, _ machine: CaseMachine,
        _ assumptions: ForecastAssumptions
    ) {
        self.graph = graph
        self.machine = machine
        self.assumptions = assumptions
        self.date = date
        standings = graph.nodes.map { .waiting(chance: $0.chance, onlyAfter: $0.onlyAfter) }
        for (index, planned) in machine.plan.items.enumerated() where index < state.items.count {
            // A later check keeps no case from being complete.
            if planned.item.kind == .check {
                for node in graph.nodesOfItem[index] { standings[node] = .never }
            } else {
                read(state.items[index], planned.item, at: index)
            }
        }
        settleChances()
    }

    /// What hangs on something that is known not to happen does not happen; on something that did, it is free of it.
    private mutating func settleChances() {
        // An activity comes after what it hangs on, but in the order of the graph for all that the builder makes.
        for node in standings.indices {
            guard case .waiting(let chance, let before) = standings[node] else { continue }
            if chance == 0 {
                standings[node] = .never
            } else if let before {
                switch standings[before] {
                case .never: standings[node] = .never
                case .past, .running: standings[node] = .waiting(chance: chance, onlyAfter: nil)
                case .waiting(1, nil): standings[node] = .waiting(chance: chance, onlyAfter: nil)
                case .waiting: break
                }
            }
        }
    }

    /// The same, where what need not happen does if that is at least as likely as not, and otherwise does not.
    var likeliest: CaseProgress {
        var settled = self
        for node in standings.indices {
            guard case .waiting(let chance, let before) = standings[node] else { continue }
            settled.standings[node] = chance < 0.5 ? .never : .waiting(chance: 1, onlyAfter: before)
        }
        settled.settleChances()
        return settled
    }

    // MARK: Items

    private mutating func read(_ state: ItemState, _ item: Item, at index: Int) {
        let nodes = graph.nodesOfItem[index]
        if state.status.isFinished {
            for node in nodes { standings[node] = past(graph.nodes[node], state) }
            return
        }
        switch state.status {
        case .planned, .ready, .preReview, .notAdmitted, .refused, .returned, .withdrawn, .revoked: return
        case .filed:
            let filed = state.correction?.suppliedOn ?? state.filedOn ?? date
            // What has an admission of its own is corrected on the day of its filing or not at all.
            let isLooked = item.joint?.admission != nil && filed < date
            if state.correction != nil || isLooked || item.correction == nil {
                never(nodes, .correction)
                run(nodes, .phase(.admission), since: filed, state)
            }
        case .correcting: correct(state, at: index)
        case .inReview, .underway:
            never(nodes, .correction)
            run(nodes, .own, since: state.admittedOn ?? state.startedOn ?? date, state)
            // The handler does the work; the links of the chain after it only sign.
            if !state.signatures.isEmpty || isWorkDone(state, item),
                let own = nodes.first(where: { graph.nodes[$0].role == .own })
            {
                standings[own] = .running(since: state.signatures.last?.on ?? date, remaining: .fixed(0))
            }
        default: readJoint(state, item, nodes)
        }
        stop(state, item, at: index)
    }

    /// A special procedure that the workflow foresees comes when the work is done.
    private func isWorkDone(_ state: ItemState, _ item: Item) -> Bool { item.special != nil && state.procedures > 0 }

    private mutating func never(_ nodes: [Int], _ role: ForecastGraph.Role) {
        for node in nodes where graph.nodes[node].role == role { standings[node] = .never }
    }

    private mutating func run(_ nodes: [Int], _ role: ForecastGraph.Role, since: LocalDate, _ state: ItemState) {
        guard let node = nodes.first(where: { graph.nodes[$0].role == role }) else { return }
        let own = graph.nodes[node]
        standings[node] = .running(
            since: since,
            remaining: remaining(own.distribution, after: elapsed(since, own.activity.estimate.unit, state)))
    }

    /// Minutes of its own days that something has run since, without the stops of the item's clock.
    private func elapsed(_ since: LocalDate, _ unit: DayUnit, _ state: ItemState) -> Int {
        let period = RunningPeriod(
            start: since, finish: max(since, date),
            stops: state.stops.filter { $0.reason != .rectification && since <= $0.stop })
        return Measures(of: [period], after: since, through: max(since, date), on: machine.calendar, unit: unit).sum
            .minutes
    }

    private func remaining(_ distribution: Distribution, after elapsed: Int) -> Distribution {
        guard assumptions.risk.wholeDays, distribution.bounds.lowerBound < distribution.bounds.upperBound else {
            return distribution.remaining(after: Double(elapsed))
        }
        return WholeDays(distribution).remaining(after: elapsed)
    }

    private func past(_ node: ForecastGraph.Node, _ state: ItemState) -> Standing {
        guard let phase = node.activity.phase else { return .past(start: state.startedOn, finish: state.finishedOn) }
        let span = state.joint?.phases.first { $0.phase == phase }
        return .past(start: span?.start ?? state.startedOn, finish: span?.finish ?? state.finishedOn)
    }

    // MARK: Stops

    private mutating func correct(_ state: ItemState, at index: Int) {
        let nodes = graph.nodesOfItem[index]
        let since = state.correction?.on ?? date
        if nodes.contains(where: { graph.nodes[$0].role == .correction }) {
            run(nodes, .correction, since: since, state)
        } else {
            let whole = spread(assumptions.correction)
            stops.append(
                Stop(
                    item: index, kind: .correction, holder: .applicant, since: since, unit: .working,
                    remaining: remaining(whole, after: elapsed(since, .working, state)), stopsClock: true))
        }
    }

    private mutating func stop(_ state: ItemState, _ item: Item, at index: Int) {
        if state.procedures > 0 { never(graph.nodesOfItem[index], .special) }
        guard let pause = state.pause else { return }
        let (kind, holder, unit, remaining): (Forecast.Holder.Reason, ClockHolder, DayUnit, Distribution)
        switch pause.kind {
        case .supplement:
            (kind, holder, unit, remaining) = (.supplement, .applicant, .working, spread(assumptions.supplement))
        case .suspension:
            (kind, holder, unit, remaining) = (.suspension, .none, .working, spread(assumptions.suspension))
        case .procedure, .referral:
            (kind, holder) = (.procedure, pause.stopsClock ? .special : item.clock)
            if let announced = pause.announced, announced >= date {
                unit = .calendar
                remaining = .fixed(Double(announced.days(since: date) * DayAmount.minutesPerDay))
            } else {
                (unit, remaining) = (.working, spread(assumptions.procedure))
            }
        }
        stops.append(
            Stop(
                item: index, kind: kind, holder: holder, since: pause.since, unit: unit, remaining: remaining,
                stopsClock: pause.stopsClock))
    }

    private func spread(_ estimate: DurationEstimate) -> Distribution {
        let (min, likely, max) = (
            Double(estimate.min.minutes), Double(estimate.likely.minutes), Double(estimate.max.minutes)
        )
        return assumptions.risk.shape == .fixed ? .fixed(likely) : .triangular(min: min, likely: likely, max: max)
    }

    // MARK: Joint items

    private mutating func readJoint(_ state: ItemState, _ item: Item, _ nodes: [Int]) {
        guard let joint = state.joint, let procedure = item.joint else { return }
        let failure = JointOutlook(joint, procedure, state.status).chanceOfFailure
        for node in nodes {
            let own = graph.nodes[node]
            switch own.role {
            case .correction: standings[node] = .never
            case .phase(let phase):
                standings[node] =
                    phase == .conclusion && isWorkDone(state, item)
                    ? .running(since: state.admittedOn ?? date, remaining: .fixed(0))
                    : standing(of: phase, node, state, joint, failure)
            case .refusal:
                let rounds = procedure.rectification?.possibleRounds ?? 0
                let isLast = joint.round >= rounds
                if state.status == .concluding {
                    standings[node] = joint.passed == false ? .waiting(chance: 1, onlyAfter: nil) : .never
                } else if isLast, state.status != .rectifying {
                    standings[node] = .waiting(
                        chance: procedure.rectification == nil ? own.chance : failure, onlyAfter: nil)
                } else if isLast {
                    standings[node] = .waiting(chance: own.chance, onlyAfter: nil)
                }
            case .own, .special, .again: break
            }
        }
    }

    private func standing(
        of phase: JointPhase, _ node: Int, _ state: ItemState, _ joint: JointState, _ failure: Double
    ) -> Standing {
        let own = graph.nodes[node]
        if let span = joint.phases.last(where: { $0.phase == phase }) {
            if let finish = span.finish { return .past(start: span.start, finish: finish) }
            return .running(
                since: span.start,
                remaining: remaining(
                    own.distribution, after: elapsed(span.start, own.activity.estimate.unit, state)))
        }
        let isDecided = state.status == .concluding
        switch phase {
        case .admission, .participant, .session: return .past(start: state.admittedOn, finish: state.admittedOn)
        case .merge: return standings[node]
        case .rectification(let round):
            if isDecided || round <= joint.round { return .never }
            guard round == joint.round + 1 else { return standings[node] }
            return .waiting(chance: state.status == .rectifying ? own.chance : failure, onlyAfter: nil)
        case .recheck(let round):
            if isDecided || round < joint.round { return .never }
            return round == joint.round ? .waiting(chance: 1, onlyAfter: nil) : standings[node]
        case .conclusion: return standings[node]
        }
    }
}

/// What the opinions given so far say of those still outstanding.
private struct JointOutlook {
    /// The chance that the round fails.
    ///
    /// A round fails for one participant, who may be any of those asked: so each one that passes makes it less likely.
    let chanceOfFailure: Double

    init(_ joint: JointState, _ procedure: JointProcedure, _ status: ItemStatus) {
        let chance = procedure.rectification?.chance ?? 0
        let asked = joint.participants.filter { $0.standing != .idle && $0.standing != .released }
        let open = asked.count { $0.standing == .asked }
        func isMet(with others: Int) -> Bool {
            let known = joint.participants.filter { $0.standing != .asked }
            let passes = known.count { $0.verdict?.passes == true }
            let involved = known.count { $0.verdict != nil && $0.verdict != .notInvolved }
            return procedure.passes.isMet(passes: passes + others, participants: involved + open)
        }
        if open == 0 {
            chanceOfFailure =
                status == .inSession || joint.participants.allSatisfy { $0.verdict == nil }
                ? chance : isMet(with: 0) ? 0 : 1
        } else if !isMet(with: open) {
            chanceOfFailure = 1
        } else {
            // Those who find fault may be any of those asked, as many as it takes.
            let fewest = procedure.passes.fewestFailing(of: asked.count)
            let failed = asked.count { $0.standing != .asked && $0.verdict?.passes == false }
            let share = (0..<max(0, min(fewest - failed, asked.count))).reduce(1.0) { share, taken in
                share * Double(max(0, open - taken)) / Double(asked.count - taken)
            }
            chanceOfFailure = chance >= 1 ? 1 : chance * share / (1 - chance * (1 - share))
        }
    }
}
