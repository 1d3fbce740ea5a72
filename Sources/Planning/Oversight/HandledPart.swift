import CaseEngine
import WorkCalendar
import WorkflowModel

/// One department's part in one case (办理单元): an item that it handles, or its opinion in a joint one, and the time it took.
///
/// What every report of supervision is made of. Only parts whose time supervision watches; of an item that was applied
/// for several times the last application.
public struct HandledPart: Sendable {
    public let caseID: String
    /// Project code 项目代码.
    public let project: String
    public let item: String
    public let title: LocalizedText
    public let participant: String?
    public let department: String
    public let departmentTitle: LocalizedText
    /// Which application of the item, from 1; 0 for work that nobody applies for.
    public let attempt: Int
    public let status: ItemStatus
    public let isInstant: Bool
    public let readyOn: LocalDate?
    public let filedOn: LocalDate?
    /// Day 0 of its clock.
    public let start: LocalDate
    /// Decided, answered or done; `nil` while it is open.
    public let end: LocalDate?
    /// The promised limit, and the statutory one of an item.
    public let promised: Timing?
    public let statutory: Timing?
    /// Counted days from the start to the end, or to the day of the report, stops left out.
    public let used: DayAmount
    public let corrections: Int
    public let supplements: Int
    public let stops: Int
    public let isExtended: Bool
    /// Rounds of rectification.
    public let rounds: Int
    /// Working days between being ready and being filed, and between filing and admission; `nil` where it was not filed.
    public let daysToFile: Int?
    public let daysToAdmit: Int?
    public let cards: [CardNote]
    /// 1 very satisfied … 5 very dissatisfied.
    public let scores: [Int]
    public let badRatings: Int
    /// What its time is counted by.
    let clock: PartClock

    /// What a report says of a card.
    public struct CardNote: Sendable, Hashable {
        public var level: CardLevel
        public var isLifted: Bool
        /// What the department said, without the names of persons.
        public var reason: String?
    }

    /// A limit and how it was kept.
    public struct Timing: Sendable, Hashable {
        public let limit: DayAmount
        /// The last day on which it was in time.
        public let due: LocalDate
        /// Days of the limit's unit by which it was passed; 0 when it was kept.
        public let overdue: Int
    }

    /// Whether every limit was kept so far.
    public var isInTime: Bool { (promised?.overdue ?? 0) == 0 && (statutory?.overdue ?? 0) == 0 }

    /// Working days, or calendar days where the limit is in those.
    public var usedDays: Double { used.days }
}

extension HandledPart {
    /// The parts of a case as they stood on a date, in plan order, participants after their item.
    public static func all(
        of caseID: String, _ machine: CaseMachine, _ state: CaseState, asOf: LocalDate
    ) -> [HandledPart] {
        guard let opening = state.opening else { return [] }
        let names = Dictionary(
            machine.plan.workflow.departments.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        let persons = state.persons
        return zip(machine.plan.items, state.items).flatMap { planned, item -> [HandledPart] in
            let reader = PartReader(
                caseID: caseID, project: opening.project, machine: machine, state: state, asOf: asOf,
                planned: planned.item, item: item, names: names, persons: persons)
            return reader.parts
        }
    }
}

/// Reads the parts of one item.
private struct PartReader {
    let caseID: String
    let project: String
    let machine: CaseMachine
    let state: CaseState
    let asOf: LocalDate
    let planned: Item
    let item: ItemState
    let names: [String: LocalizedText]
    let persons: Set<String>

    var parts: [HandledPart] {
        guard planned.clock != .applicant, planned.clock != .none else { return [] }
        return (own.map { [$0] } ?? []) + opinions
    }

    private var own: HandledPart? {
        guard let department = planned.department, let start = item.admittedOn ?? work else { return nil }
        return part(
            department, participant: nil, title: planned.title, start: start, end: item.endedOn,
            promised: planned.limit, statutory: machine.statutoryLimit(of: planned.id)?.limit,
            extensions: item.extended.map { [$0] } ?? [])
    }

    /// Since when work that nobody applies for goes on.
    private var work: LocalDate? { item.attempt == 0 ? item.startedOn : nil }

    private var opinions: [HandledPart] {
        guard let joint = planned.joint, let states = item.joint?.participants else { return [] }
        return zip(joint.participants, states).compactMap { participant, state in
            // Who passed in an earlier round is idle now, and was asked all the same.
            guard let asked = state.askedOn, state.standing != .idle || state.answeredOn != nil else { return nil }
            return part(
                participant.department, participant: participant.id, title: participant.title, start: asked,
                end: state.answeredOn ?? (state.standing == .released ? item.endedOn : nil),
                promised: participant.limit, statutory: participant.statutory?.limit, extensions: [])
        }
    }

    private func part(
        _ department: String, participant: String?, title: LocalizedText, start: LocalDate, end: LocalDate?,
        promised: DayAmount?, statutory: DayAmount?, extensions: [ClockExtension]
    ) -> HandledPart {
        let clock = PartClock(
            start: start, end: end, promised: promised, statutory: statutory, stops: item.stops, extensions: extensions)
        let isItem = participant == nil
        let ratings = isItem ? (state.oversight?.ratings ?? []).filter { $0.item == planned.id } : []
        let filed = isItem ? item.filedOn : nil
        return HandledPart(
            caseID: caseID, project: project, item: planned.id, title: title, participant: participant,
            department: department, departmentTitle: names[department] ?? LocalizedText(zh: department, en: department),
            attempt: item.attempt, status: item.status, isInstant: planned.handling == .instant,
            readyOn: isItem ? item.readyOn : nil, filedOn: filed, start: start, end: end,
            promised: clock.timing(promised, asOf: asOf, on: machine.calendar),
            statutory: clock.timing(statutory, asOf: asOf, on: machine.calendar),
            used: clock.used(asOf: asOf, on: machine.calendar),
            corrections: isItem && item.correction != nil ? 1 : 0,
            supplements: isItem && item.supplement != nil ? 1 : 0,
            stops: isItem ? item.stops.count : 0, isExtended: isItem && item.extended != nil,
            rounds: isItem ? item.joint?.round ?? 0 : 0,
            daysToFile: filed.flatMap { filed in
                item.readyOn.map { machine.calendar.workingDays(after: $0, through: filed) }
            },
            daysToAdmit: filed.map { machine.calendar.workingDays(after: $0, through: start) },
            cards: state.cards.filter { $0.item == planned.id && $0.participant == participant }.map { card in
                HandledPart.CardNote(
                    level: card.level, isLifted: card.standing == .lifted,
                    reason: card.explanation?.without(persons))
            },
            scores: ratings.map(\.score), badRatings: ratings.count(where: \.isBad),
            clock: clock)
    }
}

/// What the time of a part is counted by (办理单元计时), so that it can be told for any later day.
struct PartClock: Sendable, Hashable {
    var start: LocalDate
    var end: LocalDate?
    var promised: DayAmount?
    var statutory: DayAmount?
    var stops: [ClockStop]
    var extensions: [ClockExtension]

    private func clock(_ limit: DayAmount, on calendar: WorkCalendar) -> ApprovalClock {
        ApprovalClock(
            calendar: calendar, admitted: start, limit: limit, stops: stops,
            extensions: extensions.filter { $0.amount.unit == limit.unit }, end: end)
    }

    func timing(_ limit: DayAmount?, asOf: LocalDate, on calendar: WorkCalendar) -> HandledPart.Timing? {
        guard let limit else { return nil }
        let clock = clock(limit, on: calendar)
        let overdue = -clock.remaining(asOf: max(asOf, start)).wholeDaysRoundedUp
        return HandledPart.Timing(
            limit: limit, due: clock.deadline(asOf: max(asOf, start)), overdue: max(0, overdue))
    }

    func used(asOf: LocalDate, on calendar: WorkCalendar) -> DayAmount {
        clock(promised ?? statutory ?? .working(1), on: calendar).used(asOf: max(asOf, start))
    }
}
