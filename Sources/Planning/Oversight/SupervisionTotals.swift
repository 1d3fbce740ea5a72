import CaseEngine
import WorkCalendar
import WorkflowModel

/// The tallies of all cases added up on a day (督办合计): counts, and which few cases a board has to name.
///
/// Bounded by what is shown, whatever the number of cases.
public struct SupervisionTotals: Sendable {
    /// So many of each kind are named.
    public static let shown = 50

    public let day: LocalDate
    public private(set) var cases = 0
    private(set) var lights: [String: [DeadlineLight: Int]] = [:]
    private(set) var months: [String: CaseTally.Month] = [:]
    private(set) var targets: [TargetKey: TargetSum] = [:]
    private(set) var ratings: [CaseTally.RatingEntry: Int] = [:]
    private(set) var answers: [CaseTally.AnswerEntry: Int] = [:]
    /// A case of each version of each workflow.
    private(set) var samples: [WorkflowKey: String] = [:]
    private var open: [WorkflowKey: Int] = [:]
    /// Open parts that need attention, by department and, under `nil`, of all.
    private(set) var attention: [String?: Best<PartPlace>] = [:]
    private(set) var cards = Best<CardPlace>(limit: shown)
    private(set) var matters = Best<MatterPlace>(limit: shown)
    private(set) var findings = Best<FindingPlace>(limit: shown)

    public init(on day: LocalDate) { self.day = day }

    struct WorkflowKey: Hashable, Sendable {
        let workflow: String
        let version: String
    }

    struct TargetKey: Hashable, Sendable {
        let workflow: String
        let target: String
    }

    struct TargetSum: Sendable {
        var met = 0
        var missed = 0
        var running = 0
        var runningOver = 0
        var minutes = 0
        var calendarDays = 0
    }

    /// Where a part is, in the order of the board.
    struct PartPlace: Comparable, Hashable, Sendable {
        let start: LocalDate
        let project: String
        let item: String
        let participant: String
        let caseID: String

        static func < (a: PartPlace, b: PartPlace) -> Bool {
            (a.start, a.project, a.item, a.participant, a.caseID) < (
                b.start, b.project, b.item, b.participant, b.caseID
            )
        }
    }

    /// The gravest first, then the oldest.
    struct CardPlace: Comparable, Sendable {
        let level: Int
        let raisedOn: LocalDate
        let caseID: String
        let id: String

        static func < (a: CardPlace, b: CardPlace) -> Bool {
            (b.level, a.raisedOn, a.caseID, a.id) < (a.level, b.raisedOn, b.caseID, b.id)
        }
    }

    struct MatterPlace: Comparable, Sendable {
        let due: LocalDate
        let caseID: String
        let id: String

        static func < (a: MatterPlace, b: MatterPlace) -> Bool { (a.due, a.caseID, a.id) < (b.due, b.caseID, b.id) }
    }

    /// The newest first.
    struct FindingPlace: Comparable, Sendable {
        let on: LocalDate
        let caseID: String
        let id: String

        static func < (a: FindingPlace, b: FindingPlace) -> Bool { (b.on, a.caseID, a.id) < (a.on, b.caseID, b.id) }
    }

    /// The lights under which somebody should look at a part.
    static let attended: Set<DeadlineLight> = [.overdueStatutory, .overduePromised, .near, .stopped]

    // MARK: Taking in

    /// Takes in one case.
    public mutating func add(_ caseID: String, _ tally: CaseTally) {
        cases += 1
        let workflow = WorkflowKey(workflow: tally.workflow, version: tally.version)
        if samples[workflow] == nil { samples[workflow] = caseID }
        if tally.isOpen { open[workflow, default: 0] += 1 }
        for part in tally.parts {
            guard let light = part.lights.light(on: day) else { continue }
            lights[part.department, default: [:]][light, default: 0] += 1
            guard Self.attended.contains(light) else { continue }
            let place = PartPlace(
                start: part.start, project: tally.project, item: part.item, participant: part.participant ?? "",
                caseID: caseID)
            attention[nil, default: Best(limit: Self.shown)].add(place)
            attention[part.department, default: Best(limit: Self.shown)].add(place)
        }
        for month in tally.months {
            months[month.month, default: .init(month: month.month, handled: 0, inTime: 0)].handled += month.handled
            months[month.month]?.inTime += month.inTime
        }
        for target in tally.targets { add(target, of: tally.workflow) }
        for card in tally.cards {
            cards.add(CardPlace(level: card.level, raisedOn: card.raisedOn, caseID: caseID, id: card.id))
        }
        for matter in tally.matters { matters.add(MatterPlace(due: matter.due, caseID: caseID, id: matter.id)) }
        if tally.isOpen {
            for finding in tally.findings {
                findings.add(FindingPlace(on: finding.on, caseID: caseID, id: finding.id))
            }
        }
        for rating in tally.ratings { ratings[rating, default: 0] += 1 }
        for answer in tally.answers { answers[answer, default: 0] += 1 }
    }

    private mutating func add(_ target: CaseTally.TargetEntry, of workflow: String) {
        var sum = targets[TargetKey(workflow: workflow, target: target.id)] ?? TargetSum()
        if target.isClosed {
            if target.isMet { sum.met += 1 } else { sum.missed += 1 }
            sum.minutes += target.minutes
            sum.calendarDays += target.calendarDays
        } else {
            sum.running += 1
            if let over = target.overOn, over <= day { sum.runningOver += 1 }
        }
        targets[TargetKey(workflow: workflow, target: target.id)] = sum
    }

    /// How many open cases of a workflow go by each of its versions.
    public func openCases(of workflow: String) -> [String: Int] {
        Dictionary(
            open.filter { $0.key.workflow == workflow }.map { ($0.key.version, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The cases that a board of these totals is made with, each once, sorted: those that it names, and one of each
    /// workflow for the names of things.
    public func named(of department: String?) -> [String] {
        var names = Set(samples.values)
        names.formUnion(attention[department]?.sorted.map(\.caseID) ?? [])
        names.formUnion(cards.sorted.map(\.caseID))
        names.formUnion(matters.sorted.map(\.caseID))
        return names.sorted()
    }

    func ratingTable(naming: (String) -> LocalizedText?) -> RatingTable {
        var table = RatingTable()
        for (rating, count) in ratings { table.add(rating, count: count, naming: naming) }
        for (answer, count) in answers { table.add(answer, count: count, naming: naming) }
        return table
    }

    /// The newest findings: the cases with the ids of what was found there.
    public var newestFindings: [(caseID: String, id: String)] { findings.sorted.map { ($0.caseID, $0.id) } }
}

/// The first of many, and how many there were.
struct Best<Value: Comparable & Sendable>: Sendable {
    private(set) var count = 0
    private var kept: [Value] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    mutating func add(_ value: Value) {
        count += 1
        if kept.count >= 2 * limit {
            kept.sort()
            kept.removeSubrange(limit...)
            worst = kept.last
        }
        // Once there are enough, only what comes before the last of them can be among the first.
        if kept.count >= limit, let last = worst, !(value < last) { return }
        kept.append(value)
        if kept.count == limit { worst = kept.max() }
    }

    private var worst: Value?

    var sorted: [Value] { Array(kept.sorted().prefix(limit)) }
}

extension SupervisionBoard {
    /// A board made of totals, with the cases that ``SupervisionTotals/named(of:)`` names.
    ///
    /// - Parameter department: the one department whose parts are named; `nil` for all.
    public init(
        _ totals: SupervisionTotals, department: String?, cases: [(id: String, machine: CaseMachine, state: CaseState)]
    ) {
        self.init(asOf: totals.day)
        // What is named is read from the cases themselves.
        var few = SupervisionBoard(asOf: totals.day)
        for (id, machine, state) in cases { few.add(id, machine, state) }
        let places = Set(totals.attention[department]?.sorted ?? [])
        let named = few.open.filter { open in
            places.contains(
                .init(
                    start: open.part.start, project: open.part.project, item: open.part.item,
                    participant: open.part.participant ?? "", caseID: open.part.caseID))
        }
        let cardNames = Set(totals.cards.sorted.map { "\($0.caseID) \($0.id)" })
        let matterNames = Set(totals.matters.sorted.map { "\($0.caseID) \($0.id)" })
        take(
            totals, named,
            cards: few.cards.filter { cardNames.contains("\($0.caseID) \($0.card.id)") },
            matters: few.matters.filter { matterNames.contains("\($0.caseID) \($0.matter.id)") },
            policies: few.policies)
        let workflows = cases.map { $0.machine.plan.workflow }
        takeCounts(totals, workflows)
    }
}
