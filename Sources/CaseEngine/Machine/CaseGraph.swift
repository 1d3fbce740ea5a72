import WorkCalendar
import WorkflowModel

/// A plan by positions instead of ids: who waits for whom, and what belongs to which stage.
struct CaseGraph: Sendable {
    /// Plain numbers, so that following one touches no count of references.
    struct Link: Sendable {
        let predecessor: Int
        /// The position of what the plan says of it, see ``dependencies``.
        let number: Int
        let waitsForStart: Bool
        /// Whether it waits for the whole item instead of one of its phases.
        let isOfItem: Bool
        let lag: DayAmount
        /// Whether the lag is in calendar days from the start of something that is worked at in working days: what became
        /// possible on a Friday starts on Monday morning, and the days in between are not part of the lag.
        let isFromOpening: Bool
    }

    private(set) var dependencies: [Dependency] = []
    /// For each item, what it waits for to start: FS and SS.
    let starts: [[Link]]
    /// For each item, what it waits for to finish: FF and SF.
    let finishes: [[Link]]
    /// For each item, the items whose start waits for it, in plan order and each once.
    private let successors: [[Int]]
    /// Those of the successors that wait for its start or for a phase of it.
    private let earlySuccessors: [[Int]]
    /// The position of each item's stage.
    let stage: [Int]
    /// For each stage, the items that close it.
    let closing: [[Int]]
    /// The items that take each material, which may be waiting for it.
    let takers: [String: [Int]]
    /// For each permit that lapses, the item that makes use of it, and the other way round.
    private let uses: [Int: Int]
    private let permits: [Int: [Int]]

    init(plan: Plan, leftovers: Set<String> = []) {
        var starts: [[Link]] = []
        var finishes: [[Link]] = []
        var successors = Array(repeating: [Int](), count: plan.items.count)
        var earlySuccessors = successors
        var takers: [String: [Int]] = [:]
        for (index, item) in plan.items.enumerated() {
            var starting: [Link] = []
            var finishing: [Link] = []
            for dependency in item.after {
                guard let predecessor = plan.index(of: dependency.item) else { continue }
                let waitsForStart = dependency.type == .startToStart || dependency.type == .startToFinish
                let link = Link(
                    predecessor: predecessor, number: dependencies.count, waitsForStart: waitsForStart,
                    isOfItem: dependency.phase == nil, lag: dependency.lag,
                    isFromOpening: waitsForStart && dependency.lag.unit == .calendar
                        && plan.items[predecessor].item.startsAtOpening)
                dependencies.append(dependency)
                switch dependency.type {
                case .finishToStart, .startToStart: starting.append(link)
                case .finishToFinish, .startToFinish: finishing.append(link)
                }
            }
            starts.append(starting)
            finishes.append(finishing)
            for predecessor in Set(starting.map(\.predecessor)) { successors[predecessor].append(index) }
            let early = starting.filter { $0.waitsForStart || !$0.isOfItem }
            for predecessor in Set(early.map(\.predecessor)) { earlySuccessors[predecessor].append(index) }
            for material in Set(item.item.materials.map(\.material)) { takers[material, default: []].append(index) }
        }
        self.starts = starts
        self.finishes = finishes
        self.successors = successors
        self.earlySuccessors = earlySuccessors
        self.takers = takers
        var uses: [Int: Int] = [:]
        for (index, item) in plan.items.enumerated() {
            if let rule = item.item.provisions.lapses, let use = plan.index(of: rule.unless) { uses[index] = use }
        }
        self.uses = uses
        self.permits = Dictionary(grouping: uses.keys.sorted()) { uses[$0] ?? 0 }
        let stageIDs = plan.workflow.stages.map(\.id)
        self.stage = plan.items.map { item in stageIDs.firstIndex(of: item.stage) ?? 0 }
        self.closing = stageIDs.map { id in
            let all = plan.items.indices.filter { index in
                let item = plan.items[index]
                return item.stage == id && !item.item.isLaterCheck && !leftovers.contains(item.id)
            }
            let milestones = all.filter { plan.items[$0].item.isMilestoneItem }
            return milestones.isEmpty ? all : milestones
        }
    }
}

extension CaseGraph {
    /// The items that may have to look again whether they can start, after an event of that kind of that item.
    func successors(of index: Int, after kind: CaseEvent.Kind) -> [Int] {
        switch kind {
        case .begun, .filed, .admitted, .deemedAdmitted, .opinionGiven, .opinionDeemed, .sessionHeld, .opinionsClosed,
            .merged, .rectified, .visitHeld:
            earlySuccessors[index]
        case .milestoneReached, .completed, .granted, .grantedWithGaps, .deemedGranted, .revoked, .appealDecided,
            .lapsed, .reopened, .changeEnded:
            successors[index]
        default: []
        }
    }

    /// Whether any permit of the plan lapses.
    var hasLapses: Bool { !uses.isEmpty }

    /// The item that makes use of a permit.
    func use(of permit: Int) -> Int? { uses[permit] }

    func permits(usedBy index: Int) -> [Int] { permits[index] ?? [] }
}

/// Which of the machines an item follows.
enum ItemRoute: Sendable {
    case milestone, work, application, joint

    init(_ item: Item) {
        switch item.kind {
        case .milestone: self = .milestone
        case .joint: self = .joint
        case .approval, .filing, .review, .opinion: self = .application
        case .publicity, .intermediary, .utility, .applicant, .check, .guidance: self = .work
        }
    }
}

extension Item {
    /// Whether it is begun in office hours: its first work takes working days.
    fileprivate var startsAtOpening: Bool {
        guard let first = (joint?.admission ?? takes)?.likely else { return kind != .milestone }
        return first.minutes > 0 && first.unit == .working
    }

    /// Whether it is a check that may stay open when the case is complete.
    var isLaterCheck: Bool { kind == .check }
}
