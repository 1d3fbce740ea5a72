import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// The main life of items a second time (对照模型): dictionaries and loops, written from docs/states.md and not from the
/// engine. It is told what was accepted, in the order of the log, and works the statuses and last days out by itself.
///
/// It knows filing, correction, admission, review with its pauses, decisions, issuing, joint opinions, merging,
/// rectification, work and milestones, stages and the case's end. What else may happen ends the comparison.
struct ReferenceModel {
    /// Something that this model does not know.
    struct Unknown: Error {}

    private struct Part {
        var status = "planned"
        var finished: LocalDate?
        /// Day 0 of the review, and the days on which it stood still.
        var admitted: LocalDate?
        var stood: Set<Int> = []
        var stillSince: LocalDate?
        var runsFrom: LocalDate?
        var pending: Set<String> = []
        var verdicts: [String: Verdict] = [:]
        var round = 0
        var isPaused = false
    }

    private struct Rule {
        let item: Item
        let stage: String
        var isJoint: Bool { item.joint != nil }
        var limit: Int? { item.limit?.unit == .working ? item.limit?.wholeDaysRoundedUp : nil }
    }

    private var parts: [String: Part] = [:]
    private var rules: [String: Rule] = [:]
    private var order: [String] = []
    private var milestones: [String: [String]] = [:]
    private var closed: Set<String> = []
    private var caseStatus = "unopened"
    private let calendar: WorkCalendar
    private var today: LocalDate?

    init?(_ plan: Plan, _ calendar: WorkCalendar) {
        guard plan.workflow.id == "sim-short" else { return nil }
        self.calendar = calendar
        for planned in plan.items {
            rules[planned.id] = Rule(item: planned.item, stage: planned.stage)
            order.append(planned.id)
            parts[planned.id] = Part()
            if planned.item.isMilestoneItem { milestones[planned.stage, default: []].append(planned.id) }
        }
    }

    // MARK: What was accepted

    /// Takes what somebody did, and what followed by time; what follows by itself it finds alone.
    mutating func take(_ events: [CaseEvent]) throws {
        for event in events {
            today = event.on
            switch event.kind {
            case .caseOpened: caseStatus = "open"
            case .caseWithdrawn: caseStatus = "withdrawn"
            case .caseCancelled: caseStatus = "cancelled"
            // Consequences: worked out below, and compared.
            case .becameReady:
                // A lag ends at the closing of its last day, when time has passed.
                guard let id = event.item, isReady(id, by: event.on) else { throw Unknown() }
                if parts[id]?.status == "planned" { parts[id]?.status = "ready" }
            case .milestoneReached, .stageStarted, .stageClosed, .caseCompleted, .opinionsClosed: break
            case .cardRaised, .cardExplained, .cardLifted, .cardConfirmed, .greenChannelOpened, .greenChannelClosed:
                break
            case let kind where kind.isOversight: break
            default:
                guard let id = event.item, var part = parts[id], let rule = rules[id] else { throw Unknown() }
                try take(event, rule, &part)
                parts[id] = part
            }
            goOn()
        }
    }

    private func take(_ event: CaseEvent, _ rule: Rule, _ part: inout Part) throws {
        switch event.what {
        case .begun: part.status = "underway"
        case .completed:
            part.status = "done"
            part.finished = event.on
        case .preReviewBegan: part.status = "preReview"
        case .preReviewFinished: part.status = "ready"
        case .filed:
            part = Part()
            part.status = "filed"
        case .correctionRequested: part.status = "correcting"
        case .correctionSupplied: part.status = "filed"
        case .admitted: admit(rule, &part, from: event.on)
        case .deemedAdmitted(let since, _, _): admit(rule, &part, from: since)
        case .admissionRefused: end("notAdmitted", &part)
        case .refused: end("refused", &part)
        case .returned: end("returned", &part)
        case .withdrawn: end("withdrawn", &part)
        case .granted, .deemedGranted:
            end("granted", &part)
            part.finished = event.on
        case .issued: part.status = "issued"
        case .checked: part.status = "checked"
        case .supplementRequested, .suspended, .referred: stop(&part, on: event.on)
        case .procedureBegan(let kind, _, _):
            part.isPaused = true
            // Site visits and collective discussions do not stop the clock.
            if kind != .siteVisit, kind != .collectiveDiscussion { part.stillSince = event.on }
        case .procedureEnded, .resumed, .referralAnswered: start(&part, after: event.on)
        case .supplementSupplied: start(&part, after: nextWorkingDay(event.on))
        // Beside the status: firms, control values, breaches of theirs.
        case .procedureOverran, .gapsReminded, .referralOverran, .firmReminded, .firmOverran, .valuesMeasured,
            .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentKept, .appointmentMissed:
            break
        default: try takeJoint(event, rule, &part)
        }
    }

    private func takeJoint(_ event: CaseEvent, _ rule: Rule, _ part: inout Part) throws {
        switch event.what {
        case .opinionGiven(let participant, _, let verdict, _):
            part.pending.remove(participant)
            part.verdicts[participant] = verdict
        case .opinionDeemed(let participant, _):
            part.pending.remove(participant)
            part.verdicts[participant] = .pass
        case .merged where part.round == 0: merge(rule, &part, on: event.on)
        case .merged: break  // after a recheck it follows by itself
        case .conflictMarked, .conflictResolved: throw Unknown()
        case .rectified:
            start(&part, after: nextWorkingDay(event.on))
            part.status = "rechecking"
            part.pending = Set(part.verdicts.filter { Self.isFailing($0.value) }.keys)
        case .visitProposed, .visitAnswered, .visitFixed, .visitLapsed: break
        case .visitHeld(let votes, _, _, let deemed, _, _, _):
            for vote in votes {
                part.pending.remove(vote.participant)
                part.verdicts[vote.participant] = vote.verdict
            }
            for id in deemed {
                part.pending.remove(id)
                part.verdicts[id] = .pass
            }
        default: throw Unknown()
        }
    }

    private static func isFailing(_ verdict: Verdict) -> Bool { if case .fail = verdict { true } else { false } }

    private func admit(_ rule: Rule, _ part: inout Part, from start: LocalDate) {
        part.admitted = nextWorkingDay(start)
        part.status = rule.isJoint ? "opining" : "inReview"
        part.pending = Set(rule.item.joint?.participants.map(\.id) ?? [])
    }

    /// The lead sends the consolidated notice: to rectify, as long as rounds are left, or to conclude.
    private func merge(_ rule: Rule, _ part: inout Part, on date: LocalDate) {
        let passes = part.verdicts.values.allSatisfy { $0.passes || $0 == .notInvolved }
        if !passes, part.round < rule.item.joint?.rectification?.rounds ?? 0 {
            part.round += 1
            part.status = "rectifying"
            part.stillSince = date
        } else {
            part.status = "concluding"
        }
    }

    private func end(_ status: String, _ part: inout Part) {
        part.status = status
        part.pending = []
        part.stillSince = nil
        part.isPaused = false
    }

    private func stop(_ part: inout Part, on date: LocalDate) {
        part.isPaused = true
        part.stillSince = date
    }

    private func start(_ part: inout Part, after date: LocalDate) {
        part.isPaused = false
        guard let since = part.stillSince else { return }
        part.stillSince = nil
        guard since < date else { return }
        for day in since.dayNumber + 1...date.dayNumber { part.stood.insert(day) }
    }

    private func nextWorkingDay(_ date: LocalDate) -> LocalDate {
        var day = date
        while !calendar.isWorking(day) { day = day.adding(days: 1) }
        return day
    }

    // MARK: What follows by itself

    private mutating func goOn() {
        guard let today, caseStatus == "open" else { return }
        for id in order {
            guard var part = parts[id], let rule = rules[id] else { continue }
            if part.pending.isEmpty, part.status == "opining" { part.status = "merging" }
            if part.pending.isEmpty, part.status == "rechecking" { merge(rule, &part, on: today) }
            parts[id] = part
        }
        var hasMoved = true
        while hasMoved {
            hasMoved = false
            for id in order where parts[id]?.status == "planned" && isReady(id, by: today, atOnce: true) {
                let isMilestone = rules[id]?.item.kind == .milestone
                parts[id]?.status = isMilestone ? "done" : "ready"
                if isMilestone { parts[id]?.finished = today }
                hasMoved = true
            }
        }
        for (stage, items) in milestones where items.allSatisfy({ parts[$0]?.finished != nil }) { closed.insert(stage) }
        if order.allSatisfy({ parts[$0]?.finished != nil }) { caseStatus = "completed" }
    }

    /// - Parameter atOnce: whether a lag that ends that day is not over yet, since the day is not.
    private func isReady(_ id: String, by today: LocalDate, atOnce: Bool = false) -> Bool {
        (rules[id]?.item.after ?? []).allSatisfy { dependency in
            guard let finished = parts[dependency.item]?.finished else { return false }
            var day = finished
            for _ in 0..<dependency.lag.wholeDaysRoundedUp { day = nextWorkingDay(day.adding(days: 1)) }
            return atOnce && day > finished ? day < today : day <= today
        }
    }

    // MARK: Comparing

    /// The last day of an item's promised limit, found by counting; `nil` while its clock does not run.
    private func lastDay(_ part: Part, _ limit: Int) -> LocalDate? {
        let runs = ["inReview", "opining", "merging", "rechecking", "concluding"].contains(part.status)
        guard runs, part.stillSince == nil, var day = part.admitted else { return nil }
        var used = 0
        while used < limit {
            day = day.adding(days: 1)
            if calendar.isWorking(day), !part.stood.contains(day.dayNumber) { used += 1 }
        }
        return day
    }

    /// What the engine says otherwise; `nil` when nothing.
    func difference(from state: CaseState) -> String? {
        if state.status.rawValue != caseStatus { return "the case is \(state.status.rawValue), not \(caseStatus)" }
        for item in state.items {
            guard let part = parts[item.id], let rule = rules[item.id] else { return "no item \(item.id)" }
            if item.status.rawValue != part.status {
                return "\(item.id) is \(item.status.rawValue), not \(part.status)"
            }
            guard let limit = rule.limit else { continue }
            let last = lastDay(part, limit)
            if item.limits?.promised != last {
                return
                    "\(item.id) is due \(item.limits?.promised?.description ?? "never"), not \(last?.description ?? "never")"
            }
        }
        for stage in state.stages where (stage.closedOn != nil) != closed.contains(stage.id) {
            return "stage \(stage.id) is \(stage.closedOn == nil ? "open" : "closed")"
        }
        return nil
    }
}
