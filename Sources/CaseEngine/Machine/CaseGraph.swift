import WorkflowModel

/// A plan by positions instead of ids: who waits for whom, and what belongs to which stage.
struct CaseGraph: Sendable {
    struct Link: Sendable {
        let predecessor: Int
        let dependency: Dependency

        var waitsForStart: Bool { dependency.type == .startToStart || dependency.type == .startToFinish }
    }

    /// For each item, what it waits for to start: FS and SS.
    let starts: [[Link]]
    /// For each item, what it waits for to finish: FF and SF.
    let finishes: [[Link]]
    /// For each item, the items whose start waits for it, in plan order and each once.
    let successors: [[Int]]
    /// The position of each item's stage.
    let stage: [Int]
    /// For each stage, the items that close it.
    let closing: [[Int]]
    let routes: [ItemRoute]

    init(plan: Plan) {
        var starts: [[Link]] = []
        var finishes: [[Link]] = []
        var successors = Array(repeating: [Int](), count: plan.items.count)
        for (index, item) in plan.items.enumerated() {
            let links = item.after.compactMap { dependency in
                plan.index(of: dependency.item).map { Link(predecessor: $0, dependency: dependency) }
            }
            let starting = links.filter { [.finishToStart, .startToStart].contains($0.dependency.type) }
            starts.append(starting)
            finishes.append(links.filter { [.finishToFinish, .startToFinish].contains($0.dependency.type) })
            for predecessor in Set(starting.map(\.predecessor)) { successors[predecessor].append(index) }
        }
        self.starts = starts
        self.finishes = finishes
        self.successors = successors
        let stageIDs = plan.workflow.stages.map(\.id)
        self.stage = plan.items.map { item in stageIDs.firstIndex(of: item.stage) ?? 0 }
        self.closing = stageIDs.map { id in
            let all = plan.items.indices.filter { plan.items[$0].stage == id && !plan.items[$0].item.isLaterCheck }
            let milestones = all.filter { plan.items[$0].item.isMilestoneItem }
            return milestones.isEmpty ? all : milestones
        }
        self.routes = plan.items.map { ItemRoute($0.item) }
    }
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
    /// Whether it is a check that may stay open when the case is complete.
    var isLaterCheck: Bool { kind == .check }
}
