import CaseEngine
import TestSupport
import WorkCalendar
import WorkflowModel

/// A random life of one application under the real rules, and beside it a clerk who counts day by day: filed on any day,
/// corrected or left lying, supplemented, examined, suspended, extended, while holiday notices come and go.
public struct ClockHistory {
    private let machine: CaseMachine
    private var now: CaseMachine
    private var state = CaseState()
    private var random: SeededGenerator
    private var date = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024
    private var clerk: Clerk
    private var calendars: [String: WorkCalendar] = ["1": .weekdays]
    /// What was said and when, to find out how a difference came about.
    public private(set) var told: [String] = []

    /// The workflows of all limits, read once: making one takes longer than a history.
    public final class Definitions: Sendable {
        fileprivate let machines: [CaseMachine]
        fileprivate static let longest = 30

        public init() {
            machines = ["wd", "cd"].flatMap { unit in
                (1...Self.longest).map { days in
                    let reading = WorkflowFile.read(ClockHistory.yaml(days, unit), path: "history.yaml")
                    guard let workflow = reading.value else { fatalError("\(reading.diagnostics)") }
                    return CaseMachine(plan: Plan.resolve(workflow, facts: [:]), calendar: .weekdays)
                }
            }
        }

        fileprivate func machine(_ days: Int, _ unit: DayUnit) -> CaseMachine {
            machines[(unit == .working ? 0 : Self.longest) + days - 1]
        }
    }

    public init(seed: UInt64, _ definitions: Definitions) {
        random = SeededGenerator(seed: seed)
        let days = Int.random(in: 1...Definitions.longest, using: &random)
        let unit: DayUnit = Int.random(in: 0..<3, using: &random) == 0 ? .calendar : .working
        machine = definitions.machine(days, unit)
        now = machine
        clerk = Clerk(unit: unit, promised: days)
        date = date.adding(days: Int.random(in: 0..<14, using: &random))
    }

    // MARK: Its life

    /// Plays it to its end.
    ///
    /// - Returns: the first date on which the rules and the clerk do not agree, and about what; `nil` when they do.
    /// - Throws: `CaseRejection` when the rules refuse what the clerk takes to be allowed.
    public mutating func difference() throws -> String? {
        let workflow = machine.plan.workflow
        try act(
            .open(
                CaseOpening(
                    project: "2403-500107-04-01-123456", title: workflow.title, owner: nil, workflow: workflow.id,
                    version: workflow.version, definition: "", calendar: "weekdays", calendarVersion: "1", facts: [:])),
            Self.owner)
        try act(.item("permit", .file(materials: [])), Self.owner)
        clerk.filed = date
        if let difference = try admission() { return difference }
        for _ in 0..<Int.random(in: 4...30, using: &random) {
            step(upTo: 4)
            try live()
            if let difference = differenceNow() { return difference }
        }
        return nil
    }

    /// Days pass, notices come, the applicant corrects; in the end it is admitted, by somebody or by silence.
    private mutating func admission() throws -> String? {
        var mayCorrect = chance(40)
        while true {
            if let difference = differenceNow() { return difference }
            step(upTo: 3)
            if permit.status == .filed, let last = clerk.admitBy, last <= date {
                try act(.passTime, .system)
                guard permit.status == .inReview else { return "\(date): not deemed admitted on \(last)" }
                clerk.admitted = clerk.received
                return differenceNow()
            }
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where mayCorrect:
                mayCorrect = false
                try act(.item("permit", .requestCorrection(points: [Point("sign")])), Self.officer)
                step(upTo: 6)
                if chance(30) { try notice() }
                step(upTo: 6)
                try act(.item("permit", .supplyCorrection(materials: [])), Self.owner)
                clerk.filed = date
            case 1 where chance(50):
                try act(.item("permit", .admit), Self.officer)
                clerk.admitted = date
                return differenceNow()
            case 2 where chance(40): try notice()
            default: break
            }
        }
    }

    private mutating func live() throws {
        let pause = permit.pause
        switch Int.random(in: 0..<7, using: &random) {
        case 0 where pause == nil:
            try act(.item("permit", .suspend(reason: "lawsuit", approver: "Head")), Self.officer)
            clerk.stops.append((date, nil))
        case 1 where pause == nil:
            let stops = chance(70)
            try act(
                .item(
                    "permit",
                    .beginSpecialProcedure(
                        kind: stops ? .hearing : .siteVisit, basis: "art. 46",
                        length: DayAmount(days: Int.random(in: 1...9, using: &random), unit: .working))), Self.officer)
            if stops { clerk.stops.append((date, nil)) }
        case 2 where pause == nil && permit.supplement == nil:
            try act(.item("permit", .requestSupplement(points: [Point("map")])), Self.officer)
            clerk.stops.append((date, nil))
        case 3 where permit.extended == nil:
            let days = Int.random(in: 1...10, using: &random)
            try act(
                .item(
                    "permit",
                    .extend(by: DayAmount(days: days, unit: clerk.unit), reason: "complex", approver: "Head")),
                Self.officer)
            clerk.promised += days
            clerk.statutory += days
        case 4: try notice()
        case 5, 6:
            guard let pause else { return try act(.passTime, .system) }
            switch pause.kind {
            case .suspension: try act(.item("permit", .resume(reason: "settled")), Self.officer)
            case .procedure: try act(.item("permit", .endSpecialProcedure(result: "heard")), Self.officer)
            case .supplement: try act(.item("permit", .supplySupplement(materials: [])), Self.owner)
            case .referral:
                try act(
                    .item("permit", .recordAnswer(agrees: true, signer: "x", document: "y", opinion: "")),
                    Self.officer)
            }
            if pause.stopsClock { clerk.resume(on: date, supplied: pause.kind == .supplement) }
        default: try act(.passTime, .system)
        }
    }

    private mutating func notice() throws {
        let version = "\(calendars.count + 1)"
        var exceptions: [WorkCalendar.Exception] = []
        let first = LocalDate(dayNumber: 19_773)
        let name = LocalizedText(zh: "节", en: "holiday")
        for day in 0..<260 where Int.random(in: 0..<8, using: &random) == 0 {
            let date = first.adding(days: day)
            exceptions.append(
                WorkCalendar.Exception(date: date, isWorking: !WorkCalendar.weekdays.isWorking(date), name: name))
        }
        let calendar = WorkCalendar(
            id: "weekdays", version: version, source: "test", week: WorkCalendar.weekdays.week, published: nil,
            exceptions: exceptions)
        calendars[version] = calendar
        try act(
            .changeCalendar(CalendarOrder(calendar: "weekdays", version: version, reason: "notice")), Self.designer)
        clerk.notices.append((date, calendar))
    }

    private mutating func act(_ command: CaseCommand, _ actor: Actor) throws {
        let calendars = calendars
        let workflow = machine.plan.workflow
        told.append("\(date) \(command)")
        now = try now.perform(command, on: &state, in: CaseContext(today: date, actor: actor)) { governing in
            CaseMachine(governing, definition: { _, _ in workflow }, calendarOf: { calendars[$0] })
        }.machine
    }

    private var permit: ItemState { state.items[0] }

    private mutating func step(upTo days: Int) { date = date.adding(days: Int.random(in: 0...days, using: &random)) }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: The comparison

    private func differenceNow() -> String? {
        func differ(_ what: String, _ ours: LocalDate?, _ counted: LocalDate?) -> String? {
            ours == counted
                ? nil : "\(date): \(what) is \(ours?.description ?? "none"), counted \(counted?.description ?? "none")"
        }
        if permit.status == .filed {
            return differ("received", permit.receivedOn, clerk.received)
                ?? differ("admission", permit.admitBy, clerk.admitBy)
        }
        guard permit.status == .inReview, let limits = permit.limits else { return nil }
        return differ("day 0", permit.admittedOn, clerk.admitted)
            ?? differ("promised", limits.promised, clerk.lastDay(of: clerk.promised))
            ?? differ("statutory", limits.statutory, clerk.lastDay(of: clerk.statutory))
            ?? differ("red", limits.red, clerk.firstDay(after: clerk.lastDay(of: clerk.promised)))
    }

    private static let owner = Actor(role: .applicant, name: "owner")
    private static let officer = Actor(role: .department, department: "office", name: "officer")
    private static let designer = Actor(role: .designer, name: "designer")

    private static func yaml(_ days: Int, _ unit: String) -> String {
        """
        workflow: history
        version: "1"
        title: {zh: 计时, en: Clock}
        processType: 10
        source: test
        calendar: weekdays
        facts: {}
        departments:
          office: {zh: 部门, en: Office}
        targets:
          - {id: whole, title: {zh: 全程, en: Whole}, from: permit, to: end, counts: [gov], source: test}
        stages:
          - id: stage
            title: {zh: 阶段, en: Stage}
            national: 1
            lead: office
            items:
              - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: office, takes: 1 \(unit),
                 limit: \(days) \(unit), statutory: {limit: 40 \(unit), extension: 10 \(unit), basis: test},
                 milestone: true, source: test}
              - {id: end, title: {zh: 结束, en: End}, kind: milestone, after: [permit], source: test}

        """
    }
}

/// Counting as a clerk does it: one day after the other, each by the notice that was known when it closed, and the days
/// ahead by the newest.
private struct Clerk {
    let unit: DayUnit
    var promised: Int
    var statutory = 40
    /// When the application, or its correction, came.
    var filed = LocalDate.earliest
    /// Day 0 as it is recorded.
    var admitted: LocalDate?
    var stops: [(LocalDate, LocalDate?)] = []
    var notices: [(after: LocalDate, calendar: WorkCalendar)] = []
    /// The stops that end on the first working day after the supplement came.
    private var supplies: Set<Int> = []

    init(unit: DayUnit, promised: Int) {
        self.unit = unit
        self.promised = promised
    }

    mutating func resume(on date: LocalDate, supplied: Bool) {
        stops[stops.count - 1].1 = date
        if supplied { supplies.insert(stops.count - 1) }
    }

    func isWorked(_ date: LocalDate) -> Bool {
        (notices.last { $0.after < date }?.calendar ?? .weekdays).isWorking(date)
    }

    func worked(onOrAfter date: LocalDate) -> LocalDate {
        var date = date
        while !isWorked(date) { date = date.adding(days: 1) }
        return date
    }

    var received: LocalDate { worked(onOrAfter: filed) }

    /// The fifth working day after the day of receipt.
    var admitBy: LocalDate? {
        var day = received
        var left = 5
        while left > 0 {
            day = day.adding(days: 1)
            if isWorked(day) { left -= 1 }
        }
        return day
    }

    func isStopped(_ date: LocalDate) -> Bool {
        stops.indices.contains { number in
            let (stop, end) = stops[number]
            guard stop < date else { return false }
            guard let end else { return true }
            return date <= (supplies.contains(number) ? worked(onOrAfter: end) : end)
        }
    }

    func lastDay(of count: Int) -> LocalDate {
        var day = worked(onOrAfter: admitted ?? .earliest)
        var counted = 0
        while counted < count {
            day = day.adding(days: 1)
            if !isStopped(day), unit == .calendar || isWorked(day) { counted += 1 }
        }
        // A last day off moves to the next day on which the office works and the clock runs.
        while !isWorked(day) || isStopped(day) { day = day.adding(days: 1) }
        return day
    }

    func firstDay(after last: LocalDate) -> LocalDate {
        var day = last.adding(days: 1)
        while !isWorked(day) || isStopped(day) { day = day.adding(days: 1) }
        return day
    }
}
