import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// A case held against its plan (计划与实际): every item's dates and every target's measures, planned and actual.
public struct CaseReport: Sendable {
    public let plan: PlanReport
    public let state: CaseState
    /// The last day that the report knows of.
    public let asOf: LocalDate
    public let rows: [Row]
    public let targets: [TargetProgress]

    /// One item, planned and actual.
    public struct Row: Sendable {
        public let item: PlannedItem
        public let status: ItemStatus
        public let plannedStart: LocalDate
        public let plannedFinish: LocalDate
        public let actualStart: LocalDate?
        public let actualFinish: LocalDate?
        /// Working days by which it finished later than planned; negative when earlier; `nil` while it is open.
        public let delay: Int?
        /// Rounds of rectification that it went through.
        public let rounds: Int
    }

    /// - Parameters:
    ///   - plan: the plan of the case's own workflow and facts, from the day it was opened.
    ///   - asOf: up to which day open items are measured.
    public init(plan: PlanReport, machine: CaseMachine, state: CaseState, asOf: LocalDate) {
        self.plan = plan
        self.state = state
        self.asOf = asOf
        let planned = Dictionary(grouping: plan.activities) { $0.activity.item }
        rows = zip(machine.plan.items, state.items).compactMap { item, actual in
            guard let activities = planned[item.id], let start = activities.map(\.earlyStart).min(),
                let finish = activities.map(\.earlyFinish).max()
            else { return nil }
            return Row(
                item: item, status: actual.status, plannedStart: start, plannedFinish: finish,
                actualStart: actual.readyOn, actualFinish: actual.finishedOn,
                delay: actual.finishedOn.map { machine.calendar.workingDays(after: finish, through: $0) },
                rounds: actual.joint?.round ?? 0)
        }
        let actual = ActualMeasures(machine: machine, state: state, asOf: asOf)
        targets = machine.plan.workflow.targets.compactMap { target in
            guard let planned = plan.measure(target) else { return nil }
            return TargetProgress(planned: planned, actual: actual.measure(target))
        }
    }
}

/// A target, planned and as it came.
public struct TargetProgress: Sendable {
    public let planned: TargetReport
    /// `nil` while the window has not opened.
    public let actual: Actual?

    /// What a window really took; whole days of the unit of the target's limit, working days without one.
    public struct Actual: Sendable {
        public let from: LocalDate
        /// The window's end, or the day of the report while it is open.
        public let to: LocalDate
        public let isClosed: Bool
        public let union: DayAmount
        public let span: DayAmount
        public let sum: DayAmount
        /// Counted days along the chain of the plan that had the most of them.
        public let countedPathLength: DayAmount
        public let countedPath: [String]
        /// The day-by-day list behind the union: why this is day 17.
        public let ledger: DayLedger
    }

    public var measured: DayAmount? {
        actual.map { actual in
            switch planned.target.measure {
            case .union: actual.union
            case .span: actual.span
            case .sum: actual.sum
            }
        }
    }

    /// Whether the limit was kept: known when the window is closed, or as soon as it is exceeded.
    public var isMet: Bool? {
        guard let limit = planned.target.limit, let measured, let actual else { return nil }
        if measured.minutes > limit.minutes { return false }
        return actual.isClosed ? true : nil
    }
}

/// Measures windows on what really happened, with the same measures as the plan's.
struct ActualMeasures {
    let machine: CaseMachine
    let state: CaseState
    let asOf: LocalDate
    private let held: [HeldTime]

    init(machine: CaseMachine, state: CaseState, asOf: LocalDate) {
        self.machine = machine
        self.state = state
        self.asOf = asOf
        self.held = machine.heldTimes(in: state)
    }

    func measure(_ target: Target) -> TargetProgress.Actual? {
        guard let window = window(of: target) else { return nil }
        let unit = window.unit
        let counted = counted(by: target)
        let periods = counted.map(\.period)
        let measures = Measures(
            of: periods, after: window.from, through: window.to, on: machine.calendar, unit: unit)
        let path = countedPath(counted, after: window.from, through: window.to, of: target, unit: unit)
        return TargetProgress.Actual(
            from: window.from, to: window.to, isClosed: window.isClosed, union: measures.union,
            span: span(of: window), sum: measures.sum, countedPathLength: path.length, countedPath: path.activities,
            ledger: Measures.ledger(
                of: periods, after: window.from, through: window.to, on: machine.calendar, unit: unit))
    }

    /// What a target's own measure says, without the reasons; `nil` while the window has not opened.
    func days(of target: Target) -> (measured: DayAmount, isClosed: Bool)? {
        guard let window = window(of: target) else { return nil }
        if target.measure == .span { return (span(of: window), window.isClosed) }
        let measures = Measures(
            of: counted(by: target).map(\.period), after: window.from, through: window.to, on: machine.calendar,
            unit: window.unit)
        return (target.measure == .union ? measures.union : measures.sum, window.isClosed)
    }

    /// From when to when a target's window has been open so far; `nil` while it has not opened.
    func period(of target: Target) -> (from: LocalDate, to: LocalDate)? {
        window(of: target).map { ($0.from, $0.to) }
    }

    /// Half-open, (from, to].
    private struct Window {
        let from: LocalDate
        let to: LocalDate
        let isClosed: Bool
        let unit: DayUnit
    }

    private func window(of target: Target) -> Window? {
        guard let from = finish(of: target.from) else { return nil }
        let end = finish(of: target.to)
        return Window(
            from: from, to: max(from, end ?? state.closedOn ?? asOf), isClosed: end != nil,
            unit: target.limit?.unit ?? .working)
    }

    private func span(of window: Window) -> DayAmount {
        let days =
            window.unit == .working
            ? machine.calendar.workingDays(after: window.from, through: window.to)
            : window.to.days(since: window.from)
        return DayAmount(days: days, unit: window.unit)
    }

    private func counted(by target: Target) -> [HeldTime] { held.filter { target.counts($0.holder, of: $0.item) } }

    private func finish(of item: String) -> LocalDate? {
        machine.plan.index(of: item).flatMap { state.items[$0].finishedOn }
    }

    /// The chain of the plan with the most counted time that was really used.
    private func countedPath(
        _ counted: [HeldTime], after from: LocalDate, through to: LocalDate, of target: Target, unit: DayUnit
    ) -> (activities: [String], length: DayAmount) {
        let rounds = state.items.compactMap(\.joint?.round).max() ?? 0
        let graph = PlanGraph(machine.plan, rectificationRounds: rounds)
        let used = Dictionary(grouping: counted) { time in
            time.phase.map { "\(time.item).\($0.name)" } ?? time.item
        }.mapValues { times in
            Measures(of: times.map(\.period), after: from, through: to, on: machine.calendar, unit: unit).sum.minutes
        }
        let activities = graph.activities.map { Activity($0.id, duration: 0) }
        let relations = graph.relations.map {
            Relation(graph.activities[$0.predecessor].id, graph.activities[$0.successor].id)
        }
        guard
            let network = try? ActivityNetwork(activities: activities, relations: relations, calendars: [.continuous])
        else { return ([], DayAmount(minutes: 0, unit: unit)) }
        let path = graph.heaviestPath(from: target.from, to: target.to, in: network) {
            used[graph.activities[$0].id] ?? 0
        }
        return (path.activities, DayAmount(minutes: path.weight, unit: unit))
    }
}
