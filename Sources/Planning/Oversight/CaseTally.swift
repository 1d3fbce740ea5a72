import CaseEngine
import WorkCalendar
import WorkflowModel

/// What one case adds to the figures of supervision (办件计数), small enough to be kept beside its log: what changes by
/// time alone is kept as the day on which it does.
public struct CaseTally: Sendable, Hashable {
    /// The workflow that it goes by, with its version.
    public var workflow = ""
    public var version = ""
    public var project = ""
    public var isOpen = false
    public var parts: [Part] = []
    public var months: [Month] = []
    public var targets: [TargetEntry] = []
    public var cards: [CardEntry] = []
    public var matters: [MatterEntry] = []
    public var ratings: [RatingEntry] = []
    public var answers: [AnswerEntry] = []
    public var findings: [FindingEntry] = []

    public init() {}

    /// A part that is open.
    public struct Part: Sendable, Hashable {
        public var department: String
        public var item: String
        public var participant: String?
        public var start: LocalDate
        public var lights: LightDates
    }

    public struct Month: Sendable, Hashable {
        /// `2026-03`.
        public var month: String
        public var handled: Int
        public var inTime: Int
    }

    /// How it stands to a target: closed with what was counted, or open until it is over the limit on a day.
    public struct TargetEntry: Sendable, Hashable {
        public var id: String
        public var isClosed: Bool
        /// Closed: minutes of the limit's days, and whether they are within it.
        public var minutes: Int
        public var isMet: Bool
        public var calendarDays: Int
        /// Open: the first day on which it is over the limit, if it is within a year.
        public var overOn: LocalDate?
    }

    public struct CardEntry: Sendable, Hashable {
        public var id: String
        public var level: Int
        public var raisedOn: LocalDate
    }

    public struct MatterEntry: Sendable, Hashable {
        public var id: String
        public var due: LocalDate
    }

    public struct RatingEntry: Sendable, Hashable {
        public var department: String
        public var on: LocalDate
        public var score: Int
        public var channel: String
    }

    /// A bad rating that was answered.
    public struct AnswerEntry: Sendable, Hashable {
        public var department: String
        public var on: LocalDate
        public var isInTime: Bool
        public var isCalledBack: Bool
        public var outcome: String?
    }

    public struct FindingEntry: Sendable, Hashable {
        public var id: String
        public var on: LocalDate
    }
}

extension CaseTally {
    /// Most findings that are kept of a case, the newest.
    private static let findingLimit = 50

    /// What a case adds.
    ///
    /// - Parameter day: the day on which this is found out; no earlier than what the case knows.
    public init(_ caseID: String, _ machine: CaseMachine, _ state: CaseState, findings: [Finding], on day: LocalDate) {
        guard let opening = state.opening else { return }
        let known = max(day, state.asOf ?? day)
        workflow = opening.workflow
        version = state.governing?.version ?? opening.version
        project = opening.project
        isOpen = state.status == .open
        for part in HandledPart.all(of: caseID, machine, state, asOf: known) { take(part, machine, state, known) }
        takeTargets(machine, state, known)
        cards = state.cards.filter { $0.standing != .lifted }.map {
            CardEntry(id: $0.id, level: CardLevel.allCases.firstIndex(of: $0.level) ?? 0, raisedOn: $0.raisedOn)
        }
        for matter in state.oversight?.matters ?? [] {
            if matter.closedOn == nil { matters.append(MatterEntry(id: matter.id, due: matter.due)) }
            if matter.kind == .badRating, let answer = matter.answers.first {
                answers.append(
                    AnswerEntry(
                        department: matter.department, on: matter.openedOn, isInTime: matter.overdueSince == nil,
                        isCalledBack: matter.callBack != nil, outcome: answer.outcome?.rawValue))
            }
        }
        ratings = (state.oversight?.ratings ?? []).map {
            RatingEntry(department: $0.department ?? "", on: $0.on, score: $0.score, channel: $0.channel.rawValue)
        }
        self.findings = findings.suffix(Self.findingLimit).map { FindingEntry(id: $0.id, on: $0.on) }
    }

    private mutating func take(
        _ part: HandledPart, _ machine: CaseMachine, _ state: CaseState, _ known: LocalDate
    ) {
        if let end = part.end {
            let (year, month, _) = end.components
            let key = "\(year)-\(month < 10 ? "0" : "")\(month)"
            let place = months.firstIndex { $0.month == key } ?? months.count
            if place == months.count { months.append(Month(month: key, handled: 0, inTime: 0)) }
            months[place].handled += 1
            if part.isInTime { months[place].inTime += 1 }
            return
        }
        guard isOpen else { return }
        let isStopped = machine.plan.index(of: part.item).map { state.items[$0].isStopped } ?? false
        parts.append(
            Part(
                department: part.department, item: part.item, participant: part.participant, start: part.start,
                lights: part.lightDates(isStopped: isStopped, machine, on: known)))
    }

    private mutating func takeTargets(_ machine: CaseMachine, _ state: CaseState, _ known: LocalDate) {
        let measures = ActualMeasures(machine: machine, state: state, asOf: known)
        for target in machine.plan.workflow.targets {
            guard let limit = target.limit, let days = measures.days(of: target),
                let period = measures.period(of: target), days.isClosed || isOpen
            else { continue }
            targets.append(
                TargetEntry(
                    id: target.id, isClosed: days.isClosed, minutes: days.measured.minutes,
                    isMet: days.measured.minutes <= limit.minutes,
                    calendarDays: days.isClosed ? period.to.days(since: period.from) : 0,
                    overOn: days.isClosed
                        ? nil : Self.firstDayOver(target, limit, days.measured, machine, state, known)))
        }
    }

    /// When a window that stays open will have used its limit up: at the earliest when all days count from now on.
    private static func firstDayOver(
        _ target: Target, _ limit: DayAmount, _ measured: DayAmount, _ machine: CaseMachine, _ state: CaseState,
        _ known: LocalDate
    ) -> LocalDate? {
        func isOver(_ day: LocalDate) -> Bool {
            let measures = ActualMeasures(machine: machine, state: state, asOf: day)
            return (measures.days(of: target)?.measured.minutes ?? 0) > limit.minutes
        }
        if measured.minutes > limit.minutes { return known }
        var low = known.adding(days: (limit.minutes - measured.minutes) / DayAmount.minutesPerDay)
        var high = low.adding(days: 366)
        guard isOver(high) else { return nil }
        while low < high {
            let middle = low.adding(days: high.days(since: low) / 2)
            if isOver(middle) { high = middle } else { low = middle.adding(days: 1) }
        }
        return low
    }
}

extension HandledPart {
    /// The dates of the light under which the board shows an open part.
    func lightDates(isStopped: Bool, _ machine: CaseMachine, on known: LocalDate) -> LightDates {
        var dates = LightDates()
        dates.isStopped = isStopped
        dates.isRunning = !isStopped
        guard let timing = promised ?? statutory else { return dates }
        if isStopped {
            if let statutory, statutory.overdue > 0 { dates.over = statutory.firstDayPast(machine.calendar) }
            if let promised, promised.overdue > 0 { dates.late = promised.firstDayPast(machine.calendar) }
            return dates
        }
        var share = 90
        if case .share(let percent, _) = machine.plan.workflow.supervision.cards.yellow { share = percent }
        let calendar = machine.calendar
        return .running(
            late: timing.firstDayPast(calendar), over: statutory?.firstDayPast(calendar), from: known
        ) { day in
            if machine.calendar.workingDays(after: day, through: timing.due) <= 1 { return true }
            let more =
                timing.limit.unit == .working
                ? machine.calendar.workingDays(after: known, through: day) : day.days(since: known)
            let minutes = used.minutes + more * DayAmount.minutesPerDay
            return minutes * 100 >= timing.limit.minutes * share
        }
    }
}

extension HandledPart.Timing {
    fileprivate func firstDayPast(_ calendar: WorkCalendar) -> LocalDate {
        calendar.firstDay(past: due, in: limit.unit)
    }
}
