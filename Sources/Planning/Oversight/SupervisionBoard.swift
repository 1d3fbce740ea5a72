import CaseEngine
import WorkCalendar
import WorkflowModel

/// What a supervisor looks at every morning (督办看板): whose clocks are about to run out, what is late, what was followed
/// up, and whether the targets are met.
///
/// Cases are taken in one by one and not kept.
public struct SupervisionBoard: Sendable {
    public let asOf: LocalDate
    /// How many open parts of each department stand under which light.
    public private(set) var departments: [String: DepartmentLights] = [:]
    /// Open parts with a light, in no order.
    public private(set) var open: [OpenPart] = []
    public private(set) var cards: [CardEntry] = []
    public private(set) var matters: [MatterEntry] = []
    public private(set) var targets: [TargetTally] = []
    /// By month, such as `2026-03`.
    public private(set) var months: [String: Month] = [:]
    public private(set) var overdue = OverdueList(openOnly: true)
    public private(set) var table = DepartmentTable()
    public private(set) var ratings = RatingTable()
    /// When the lights change, in words, by workflow; the thresholds of most cases are one.
    public private(set) var policies: [CardThresholds] = []
    public private(set) var cases = 0
    /// How many parts need attention, by department and, under `nil`, in all; `nil` where ``open`` has them all.
    private var attention: [String?: Int]?
    /// How many cards are in force, where ``cards`` has only the first.
    private var cardCount: Int?

    public init(asOf: LocalDate) { self.asOf = asOf }

    /// The open parts of one department.
    public struct DepartmentLights: Sendable {
        public let department: String
        public let title: LocalizedText
        public fileprivate(set) var counts: [DeadlineLight: Int] = [:]

        public var overdue: Int { (counts[.overduePromised] ?? 0) + (counts[.overdueStatutory] ?? 0) }
        public var total: Int { counts.values.reduce(0, +) }
    }

    /// One open part.
    public struct OpenPart: Sendable {
        public let part: HandledPart
        public let light: DeadlineLight
        /// Whole days of the limit's unit that are left; negative when it is passed; `nil` without a limit.
        public let left: Int?
        /// Working days since its clock began, stops included.
        public let age: Int
    }

    public struct CardEntry: Sendable {
        public let caseID: String
        public let project: String
        public let card: Card
        public let itemTitle: LocalizedText
        public let departmentTitle: LocalizedText?
    }

    public struct MatterEntry: Sendable {
        public let caseID: String
        public let project: String
        public let matter: Matter
        public let itemTitle: LocalizedText?
        public let departmentTitle: LocalizedText
        public let overdueDays: Int
    }

    /// How the cases stand to one target: in the days that its limit counts, and in calendar days beside it.
    public struct TargetTally: Sendable {
        public let workflow: String
        public let workflowTitle: LocalizedText
        public let target: Target
        public fileprivate(set) var met = 0
        public fileprivate(set) var missed = 0
        /// Windows still open, and those of them whose limit is used up already.
        public fileprivate(set) var running = 0
        public fileprivate(set) var runningOver = 0
        fileprivate var counted = 0
        fileprivate var calendarDays = 0

        /// Windows that are closed.
        public var closed: Int { met + missed }
        /// Mean minutes of the limit's days over the closed windows; `nil` when none is.
        public var meanCounted: Int? { closed == 0 ? nil : counted / closed }
        public var meanCalendarDays: Int? { closed == 0 ? nil : calendarDays / closed }
    }

    /// What was decided in a month.
    public struct Month: Sendable, Hashable {
        public fileprivate(set) var handled = 0
        public fileprivate(set) var inTime = 0
    }

    // MARK: Taking in

    /// Takes in one case.
    public mutating func add(_ caseID: String, _ machine: CaseMachine, _ state: CaseState) {
        guard let opening = state.opening else { return }
        cases += 1
        let known = max(asOf, state.asOf ?? asOf)
        let parts = HandledPart.all(of: caseID, machine, state, asOf: known)
        overdue.add(parts)
        table.add(parts, state)
        ratings.add(machine, state)
        let thresholds = machine.plan.workflow.supervision.cards
        if !policies.contains(thresholds) { policies.append(thresholds) }
        for part in parts { add(part, machine, state, known) }
        add(caseID, opening.project, machine, state)
        addTargets(machine, state, known)
    }

    private mutating func add(_ part: HandledPart, _ machine: CaseMachine, _ state: CaseState, _ known: LocalDate) {
        if let end = part.end {
            let (year, month, _) = end.components
            let key = "\(year)-\(month < 10 ? "0" : "")\(month)"
            months[key, default: Month()].handled += 1
            if part.isInTime { months[key, default: Month()].inTime += 1 }
            return
        }
        guard state.status == .open else { return }
        let item = machine.plan.index(of: part.item).map { state.items[$0] }
        let light = light(of: part, isStopped: item?.isStopped ?? false, machine, known)
        departments[
            part.department, default: DepartmentLights(department: part.department, title: part.departmentTitle)
        ].counts[light, default: 0] += 1
        let timing = part.promised ?? part.statutory
        let left = timing.map { timing in
            timing.overdue > 0
                ? -timing.overdue
                : timing.limit.unit == .working
                    ? machine.calendar.workingDays(after: known, through: timing.due) : timing.due.days(since: known)
        }
        open.append(
            OpenPart(
                part: part, light: light, left: light == .stopped ? nil : left,
                age: machine.calendar.workingDays(after: part.start, through: known)))
    }

    /// Near is what the policy warns of: a share of the promised limit used, or its last working day.
    private func light(
        of part: HandledPart, isStopped: Bool, _ machine: CaseMachine, _ known: LocalDate
    ) -> DeadlineLight {
        if (part.statutory?.overdue ?? 0) > 0 { return .overdueStatutory }
        if (part.promised?.overdue ?? 0) > 0 { return .overduePromised }
        if isStopped { return .stopped }
        guard let timing = part.promised ?? part.statutory else { return .normal }
        let left = machine.calendar.workingDays(after: known, through: timing.due)
        var share = 90
        if case .share(let percent, _) = machine.plan.workflow.supervision.cards.yellow { share = percent }
        return left <= 1 || part.used.minutes * 100 >= timing.limit.minutes * share ? .near : .normal
    }

    private mutating func add(_ caseID: String, _ project: String, _ machine: CaseMachine, _ state: CaseState) {
        let workflow = machine.plan.workflow
        func department(_ id: String) -> LocalizedText {
            workflow.departments.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
        }
        for card in state.cards where card.standing != .lifted {
            cards.append(
                CardEntry(
                    caseID: caseID, project: project, card: card,
                    itemTitle: machine.plan[card.item]?.item.title ?? LocalizedText(zh: card.item, en: card.item),
                    departmentTitle: card.department.map(department)))
        }
        for matter in state.oversight?.matters ?? [] where matter.closedOn == nil {
            matters.append(
                MatterEntry(
                    caseID: caseID, project: project, matter: matter,
                    itemTitle: matter.item.flatMap { machine.plan[$0]?.item.title },
                    departmentTitle: department(matter.department),
                    overdueDays: matter.overdueDays(asOf: asOf, on: machine.calendar)))
        }
    }

    private mutating func addTargets(_ machine: CaseMachine, _ state: CaseState, _ known: LocalDate) {
        let measures = ActualMeasures(machine: machine, state: state, asOf: known)
        let workflow = machine.plan.workflow
        for target in workflow.targets {
            guard let limit = target.limit, let days = measures.days(of: target),
                let period = measures.period(of: target)
            else { continue }
            let place =
                targets.firstIndex { $0.workflow == workflow.id && $0.target.id == target.id } ?? targets.count
            if place == targets.count {
                targets.append(TargetTally(workflow: workflow.id, workflowTitle: workflow.title, target: target))
            }
            let isWithin = days.measured.minutes <= limit.minutes
            if days.isClosed {
                if isWithin { targets[place].met += 1 } else { targets[place].missed += 1 }
                targets[place].counted += days.measured.minutes
                targets[place].calendarDays += period.to.days(since: period.from)
            } else if state.status == .open {
                targets[place].running += 1
                if !isWithin { targets[place].runningOver += 1 }
            }
        }
    }

    // MARK: From totals

    mutating func take(
        _ totals: SupervisionTotals, _ open: [OpenPart], cards: [CardEntry], matters: [MatterEntry],
        policies: [CardThresholds]
    ) {
        cases = totals.cases
        self.open = open
        self.cards = cards
        self.matters = matters
        self.policies = policies
        attention = totals.attention.mapValues(\.count)
        cardCount = totals.cards.count
    }

    /// - Parameter workflows: where the names of departments and the limits of targets stand; of two that have one, the
    ///   first.
    mutating func takeCounts(_ totals: SupervisionTotals, _ workflows: [WorkflowDefinition]) {
        var titles: [String: LocalizedText] = [:]
        for department in workflows.lazy.flatMap(\.departments) where titles[department.id] == nil {
            titles[department.id] = department.title
        }
        for (id, counts) in totals.lights {
            let title = titles[id] ?? LocalizedText(zh: id, en: id)
            departments[id] = DepartmentLights(department: id, title: title, counts: counts)
        }
        for (key, month) in totals.months {
            months[key] = Month(handled: month.handled, inTime: month.inTime)
        }
        var seen: Set<SupervisionTotals.TargetKey> = []
        for workflow in workflows {
            for target in workflow.targets {
                let key = SupervisionTotals.TargetKey(workflow: workflow.id, target: target.id)
                guard let sum = totals.targets[key], seen.insert(key).inserted else { continue }
                targets.append(
                    TargetTally(
                        workflow: workflow.id, workflowTitle: workflow.title, target: target, met: sum.met,
                        missed: sum.missed, running: sum.running, runningOver: sum.runningOver, counted: sum.minutes,
                        calendarDays: sum.calendarDays))
            }
        }
        ratings = totals.ratingTable(naming: { titles[$0] })
    }

    // MARK: In order

    /// How many open parts need attention: overdue, near their limits or stopped.
    public func attentionCount(of department: String? = nil) -> Int {
        if let attention { return attention[department] ?? 0 }
        return oldest(SupervisionTotals.attended, of: department).count
    }

    /// How many cards are in force.
    public var cardsInForce: Int { cardCount ?? cards.count }

    /// Departments with most overdue first, then most that are near.
    public var rows: [DepartmentLights] {
        departments.values.sorted { a, b in
            let first = (-a.overdue, -(a.counts[.near] ?? 0), -a.total, a.department)
            let second = (-b.overdue, -(b.counts[.near] ?? 0), -b.total, b.department)
            return first < second
        }
    }

    /// Open parts of some lights, the oldest first.
    public func oldest(_ lights: Set<DeadlineLight>, of department: String? = nil) -> [OpenPart] {
        open.filter { lights.contains($0.light) && (department == nil || $0.part.department == department) }
            .sorted { a, b in
                (a.part.start, a.part.project, a.part.item, a.part.participant ?? "")
                    < (b.part.start, b.part.project, b.part.item, b.part.participant ?? "")
            }
    }
}
