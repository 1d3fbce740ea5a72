import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// Something that holds after every step, read from the log alone (不变量).
struct Invariant: Sendable {
    let number: Int
    let statement: String
    let source: String
    /// What is wrong with the next event of a case; `nil` when nothing is.
    var event: @Sendable (EventStep) -> String? = { _ in nil }
    /// What is wrong with an append as a whole.
    var append: @Sendable (AppendStep) -> String? = { _ in nil }

    static let all: [Invariant] = join + clocks + rules + people + store
}

/// The next event of a case, before it is read on.
struct EventStep {
    let event: CaseEvent
    let record: EventRecord
    let reading: Reading
    /// The rules that hold before and after it.
    let rules: CaseRules
    let next: CaseRules
    let governing: CaseGoverning?
    let office: OfficeReading

    /// The item as the log had it before.
    var item: PlainItem { event.item.flatMap { reading.items[$0] } ?? PlainItem() }
    var rule: ItemRule? { event.item.flatMap { rules.index(of: $0) }.map { rules.item($0) } }

    func demand(_ holds: Bool, _ problem: @autoclosure () -> String) -> String? { holds ? nil : problem() }
}

/// One append that the store took.
struct AppendStep {
    let request: AppendRequest
    let before: Head
    let records: [EventRecord]
    let events: [CaseEvent]
    /// Keys with the versions that they made, before this append.
    let keys: [CommandKey: Range<Int>]
    /// What the engine finds in the state after it.
    let state: CaseState
    let machine: CaseMachine
    let reading: Reading
    /// The timers that the store keeps of the case now.
    let timers: [StoredTimer]
    /// Messages that this append put into the outbox.
    let messages: [OutgoingMessage]
}

/// The registry and the library as their logs have them.
struct OfficeReading {
    /// The registry after each of its entries, and when each was recorded.
    var registries: [Registry] = [Registry()]
    var recordedAt: [Int] = [0]
    /// The present minute.
    var now = 0
    var authors: [String: String] = [:]
}

extension Invariant {
    // MARK: Joining

    static let join: [Invariant] = [
        Invariant(
            number: 1,
            statement:
                "Opinions close with one answer of each participant that the version asks; a stage with its items",
            source: "行政许可法 art. 26; 联合办理 of the definition",
            event: { step in
                switch step.event.what {
                case .opinionsClosed(_, let released):
                    let item = step.item
                    let known = item.answered.union(released)
                    if let missing = item.cohort.subtracting(known).min() { return "\(missing) has not answered" }
                    if let stranger = released.first(where: { item.asked[$0] == nil }) {
                        return "\(stranger) was not asked"
                    }
                    let mayClose = released.isEmpty || step.rule?.joint?.passes != .all
                    return step.demand(mayClose, "closed before all were in")
                case .opinionGiven(let id, _, _, _), .opinionDeemed(let id, _):
                    return step.demand(step.item.asked[id] != nil, "\(id) was not asked in this round")
                case .sessionHeld(let votes, _):
                    return step.demand(
                        Set(votes.map(\.participant)) == Set(step.item.asked.keys), "a signature is missing or double")
                case .stageClosed(let stage): return unfinished(stage, step)
                case .caseCompleted:
                    let open = step.rules.items.first {
                        !$0.isLaterCheck && step.reading.items[$0.id]?.finishedOn == nil
                    }
                    return open.map { "completed while \($0.id) is not over" }
                default: return nil
                }
            }),
        Invariant(
            number: 2, statement: "A participant has at most one answer in a round of an application",
            source: "reliability: one effective answer; a correction is a new round",
            event: { step in
                var ids: [String] = []
                switch step.event.what {
                case .opinionGiven(let id, let round, _, _), .opinionDeemed(let id, let round):
                    ids = [id]
                    if round != step.item.round { return "an answer to round \(round) in round \(step.item.round)" }
                case .sessionHeld(let votes, _): ids = votes.map(\.participant)
                case .visitHeld(let votes, _, _, let deemed, _, _, _): ids = votes.map(\.participant) + deemed
                default: return nil
                }
                if Set(ids).count != ids.count { return "answered twice at once" }
                return ids.first { step.item.answered.contains($0) }.map { "\($0) answered twice" }
            }),
        Invariant(
            number: 19,
            statement: "What was begun is over once: asked = answered + released + open, filed = ended + open",
            source: "conservation of tasks",
            event: { step in
                let item = step.item
                let known = Set(item.asked.keys).union(item.answered).union(item.released)
                if item.opinionsOpen, !item.cohort.isSubset(of: known) { return "somebody asked is lost" }
                if !item.answered.isDisjoint(with: item.asked.keys) { return "somebody is asked and has answered" }
                if case .filed(let attempt, _, _, _, _, _) = step.event.what {
                    if attempt != item.attempt + 1 { return "application \(attempt) after \(item.attempt)" }
                    let isOver = item.phase == .waiting || item.phase == .inVain
                    return step.demand(isOver, "filed again before the last application was over")
                }
                switch step.event.kind {
                case .granted, .grantedWithGaps, .deemedGranted, .refused:
                    return step.demand(item.phase == .review, "decided without an application under review")
                case .returned, .withdrawn:
                    let isOpen = item.phase == .review || item.phase == .filed || item.phase == .correcting
                    return step.demand(isOpen, "given up twice")
                default: return nil
                }
            }),
    ]

    private static func unfinished(_ stage: String, _ step: EventStep) -> String? {
        guard let position = step.rules.plan.workflow.stages.firstIndex(where: { $0.id == stage }) else {
            return "no such stage \(stage)"
        }
        let closing = step.rules.plan.items.filter { $0.stage == stage }
        let marked = closing.filter(\.item.isMilestoneItem)
        let counted = (marked.isEmpty ? closing : marked).filter { planned in
            step.rules.index(of: planned.id).map { !step.rules.item($0).isLaterCheck } ?? false
        }
        func isOver(_ planned: PlannedItem) -> Bool { step.reading.items[planned.id]?.finishedOn != nil }
        if step.rules.plan.workflow.stages[position].closes == .anyMilestoneItem {
            return step.demand(counted.contains(where: isOver), "stage \(stage) closed with nothing over")
        }
        return counted.first { !isOver($0) }.map { "stage \(stage) closed while \($0.id) is not over" }
    }
}
