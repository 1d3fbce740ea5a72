import CaseEngine
import WorkCalendar
import WorkflowModel

/// What reports are made of, of one case (办理摘要): its handled parts, how its applications came in, and its matters, small
/// enough to be kept beside its log. A part that is open keeps what its time is counted by, so that a later day's report
/// is that of the case itself.
public struct CaseHandling: Sendable, Hashable {
    /// Which workflow, and by which calendar: cases that agree in these have one ``HandlingNames``.
    public var workflow = ""
    public var version = ""
    public var calendar = ""
    public var calendarVersion = ""
    public var project = ""
    /// No report tells of an earlier day.
    public var knownOn = LocalDate(dayNumber: 0)
    public var applications: [ChannelTable.Application] = []
    public var matters: [DepartmentTable.MatterNote] = []
    var parts: [Part] = []

    public init() {}

    /// A part without the names of things.
    struct Part: Sendable, Hashable {
        var item: String
        var participant: String?
        var department: String
        /// Where it is not what the workflow calls the item: works have names of their own.
        var title: LocalizedText?
        var attempt: Int
        var status: ItemStatus
        var isInstant: Bool
        var readyOn: LocalDate?
        var filedOn: LocalDate?
        var clock: PartClock
        /// As they were found; of an open part they are counted anew.
        var promised: HandledPart.Timing?
        var statutory: HandledPart.Timing?
        var used: DayAmount
        var corrections: Int
        var supplements: Int
        var stops: Int
        var isExtended: Bool
        var rounds: Int
        var daysToFile: Int?
        var daysToAdmit: Int?
        var cards: [HandledPart.CardNote]
        var scores: [Int]
        var badRatings: Int
    }
}

/// What ids of a workflow are called, and the calendar that its cases go by.
public struct HandlingNames: Sendable {
    let calendar: WorkCalendar
    private let departments: [String: LocalizedText]
    private let items: [String: LocalizedText]
    private let participants: [String: LocalizedText]

    public init(_ workflow: WorkflowDefinition, calendar: WorkCalendar) {
        self.calendar = calendar
        departments = Dictionary(
            workflow.departments.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        items = Dictionary(workflow.items.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        participants = Dictionary(
            workflow.items.flatMap { item in
                (item.joint?.participants ?? []).map { ("\(item.id).\($0.id)", $0.title) }
            }, uniquingKeysWith: { first, _ in first })
    }

    func department(_ id: String) -> LocalizedText { departments[id] ?? LocalizedText(zh: id, en: id) }

    /// The title of an item or of a participant in it, whatever the work.
    func title(_ item: String, _ participant: String?) -> LocalizedText? {
        let plain = Item.plainID(item)
        return participant.map { participants["\(plain).\($0)"] } ?? items[plain]
    }
}

extension CaseHandling {
    /// What a case adds.
    ///
    /// - Parameter day: the day on which this is found out; no earlier than what the case knows.
    public init(_ caseID: String, _ machine: CaseMachine, _ state: CaseState, on day: LocalDate) {
        guard let opening = state.opening else { return }
        workflow = opening.workflow
        version = state.governing?.version ?? opening.version
        calendar = machine.calendar.id
        calendarVersion = machine.calendar.version
        project = opening.project
        knownOn = max(day, state.asOf ?? day)
        applications = ChannelTable.Application.all(of: state)
        matters = DepartmentTable.MatterNote.all(of: state)
        let names = HandlingNames(machine.plan.workflow, calendar: machine.calendar)
        parts = HandledPart.all(of: caseID, machine, state, asOf: knownOn).map { part in
            Part(
                item: part.item, participant: part.participant, department: part.department,
                title: names.title(part.item, part.participant) == part.title ? nil : part.title,
                attempt: part.attempt, status: part.status, isInstant: part.isInstant, readyOn: part.readyOn,
                filedOn: part.filedOn, clock: part.clock.kept, promised: part.promised, statutory: part.statutory,
                used: part.used, corrections: part.corrections, supplements: part.supplements, stops: part.stops,
                isExtended: part.isExtended, rounds: part.rounds, daysToFile: part.daysToFile,
                daysToAdmit: part.daysToAdmit, cards: part.cards, scores: part.scores,
                badRatings: part.badRatings)
        }
    }

    /// Its parts as they stand on a day, or on the day on which this was found, if that is later.
    public func parts(of caseID: String, asOf day: LocalDate, naming names: HandlingNames) -> [HandledPart] {
        let day = max(day, knownOn)
        return parts.map { part in
            let isOpen = part.clock.end == nil
            let clock = part.clock
            return HandledPart(
                caseID: caseID, project: project, item: part.item,
                title: part.title ?? names.title(part.item, part.participant)
                    ?? LocalizedText(zh: part.item, en: part.item),
                participant: part.participant, department: part.department,
                departmentTitle: names.department(part.department), attempt: part.attempt, status: part.status,
                isInstant: part.isInstant, readyOn: part.readyOn, filedOn: part.filedOn, start: clock.start,
                end: clock.end,
                promised: isOpen ? clock.timing(clock.promised, asOf: day, on: names.calendar) : part.promised,
                statutory: isOpen ? clock.timing(clock.statutory, asOf: day, on: names.calendar) : part.statutory,
                used: isOpen ? clock.used(asOf: day, on: names.calendar) : part.used,
                corrections: part.corrections, supplements: part.supplements, stops: part.stops,
                isExtended: part.isExtended, rounds: part.rounds, daysToFile: part.daysToFile,
                daysToAdmit: part.daysToAdmit, cards: part.cards, scores: part.scores,
                badRatings: part.badRatings, clock: clock)
        }
    }
}

extension PartClock {
    /// Without what is of no more use: of a part that is over nothing is counted again, and why a clock stood still is not
    /// counted.
    fileprivate var kept: PartClock {
        var kept = self
        if end != nil {
            kept.promised = nil
            kept.statutory = nil
            kept.stops = []
            kept.extensions = []
        }
        kept.stops = kept.stops.map { ClockStop(stop: $0.stop, resume: $0.resume, reason: .hearing, basis: "") }
        kept.extensions = kept.extensions.map { ClockExtension(amount: $0.amount, granted: $0.granted, reason: "") }
        return kept
    }
}

/// The reports of all cases added up on a day (监察报表), bounded whatever their number.
public struct OversightReports: Sendable {
    /// So many parts are listed as overdue, those that are so for longest.
    public static let mostOverdue = 1000

    public let day: LocalDate
    public private(set) var overdue = OverdueList(most: mostOverdue)
    public private(set) var departments = DepartmentTable()
    public private(set) var bottlenecks = Bottlenecks()
    public var channels: ChannelTable { departments.channels }

    public init(on day: LocalDate) { self.day = day }

    /// Takes in one case.
    public mutating func add(_ caseID: String, _ handling: CaseHandling, naming names: HandlingNames) {
        let parts = handling.parts(of: caseID, asOf: day, naming: names)
        overdue.add(parts)
        departments.add(parts, handling.applications, handling.matters)
        bottlenecks.add(parts)
    }
}
