import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Whatever happens")
struct PropertyTests {
    static let seeds: [UInt64] = Array(1...120)

    @Test("the log alone keeps every promise", arguments: seeds)
    func invariants(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<160 { try walk.step() }
        let story = walk.story
        let report = LogAudit(story).problems
        #expect(report.isEmpty, "seed \(seed)")
        #expect(try story.replayed() == story.state, "seed \(seed): the state is the fold of the log")
    }

    @Test("timers fire the same events however late they are", arguments: seeds.prefix(40))
    func timersAreIndependentOfTheShell(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<60 { try walk.step() }
        guard walk.story.state.status == .open else { return }
        var late = walk.story
        var prompt = walk.story
        for days in 0...40 { try prompt.pass(to: walk.date.adding(days: days)) }
        try late.pass(to: walk.date.adding(days: 40))
        #expect(late.events == prompt.events, "seed \(seed)")
        #expect(late.machine.requests(in: late.state) == prompt.machine.requests(in: prompt.state))
    }

    @Test("requests have ids of their own and each one can be answered", arguments: seeds.prefix(40))
    func requestsCanBeAnswered(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<80 { try walk.step() }
        let story = walk.story
        let requests = story.machine.requests(in: story.state)
        #expect(Set(requests.map(\.id)).count == requests.count)
        for request in requests {
            let rejection = story.rejection(
                walk.date, Simulated.actor(request), request.item, request.favourableAnswer(document: "answer"))
            switch rejection {
            // What a person would decide otherwise, or what the day brings first, is no fault of the request.
            case nil, .gapsOpen, .promiseBroken, .completionWaits, .notNow, .alreadyAnswered: break
            case let other?: Issue.record("seed \(seed): \(request.id) cannot be answered: \(other)")
            }
        }
    }

    @Test("used time never falls as a case goes on", arguments: seeds.prefix(40))
    func usedTimeIsMonotone(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        var used = 0
        for _ in 0..<120 {
            try walk.step()
            let story = walk.story
            guard let opened = story.state.openedOn, let asOf = story.state.asOf else { continue }
            let periods = story.machine.heldTimes(in: story.state).filter { $0.holder == .gov }.map(\.period)
            let measures = Measures(of: periods, after: opened.adding(days: -7), through: asOf, on: .weekdays)
            // An admission that is deemed reaches back to the receipt; nothing takes back a day.
            #expect(measures.sum.minutes >= used, "seed \(seed)")
            #expect(measures.union.minutes <= measures.sum.minutes)
            #expect(measures.union.minutes <= measures.span.minutes)
            used = measures.sum.minutes
        }
    }
}

/// What must hold of a log, read from the events alone.
struct LogAudit {
    private(set) var problems: [String] = []
    private let story: Story

    init(_ story: Story) {
        self.story = story
        auditDates()
        auditOpinions()
        auditPauses()
        auditCards()
        auditOneOffs()
        auditAfterTheEnd()
    }

    private mutating func demand(_ holds: Bool, _ problem: String) { if !holds { problems.append(problem) } }

    private func events(of item: String) -> [CaseEvent] { story.events.filter { $0.item == item } }

    private mutating func auditDates() {
        for (a, b) in zip(story.events, story.events.dropFirst()) { demand(a.on <= b.on, "dates fall") }
    }

    /// One answer for each participant and round, all of them before the merging; as many as were asked.
    private mutating func auditOpinions() {
        for planned in story.machine.plan.items {
            guard let joint = planned.item.joint else { continue }
            var answered: Set<String> = []
            var asked = 0
            var closed = 0
            for event in events(of: planned.id) {
                switch event.what {
                case .filed: answered = []
                case .admitted, .deemedAdmitted: asked = joint.participants.count
                case .rectified: answered = []
                case .opinionGiven(let id, _, _, _), .opinionDeemed(let id, _):
                    demand(answered.insert(id).inserted, "\(id) answered twice")
                    if case .opinionDeemed = event.what {
                        let silence = joint.participants.first { $0.id == id }?.silence
                        demand(silence == .deemedAgree && event.by == .system, "\(id) deemed against the rule")
                        demand(
                            story.machine.policy.cards.red != .past(.promised)
                                || story.state.cards.contains {
                                    $0.participant == id && $0.level == .red && $0.raisedOn <= event.on
                                },
                            "\(id) deemed before its limit passed")
                    }
                case .sessionHeld(let votes, _):
                    demand(Set(votes.map(\.participant)) == Set(joint.participants.map(\.id)), "a signature is missing")
                case .opinionsClosed(let round, let released):
                    closed += 1
                    if round == 0 {
                        demand(answered.count + released.count == asked, "asked \(asked), answered \(answered.count)")
                    }
                case .merged(let round, _, _, _, _):
                    if round == 0, !joint.passesEarly, planned.item.takes == nil {
                        demand(answered.count == joint.participants.count, "merged before all were in")
                    }
                    demand(
                        event.by == .system || event.by.department == planned.item.department, "merged by somebody else"
                    )
                case .granted, .refused:
                    demand(
                        event.by == .system || event.by.department == planned.item.department,
                        "concluded by somebody else")
                default: break
                }
            }
        }
    }

    /// Pauses do not nest, and each one has one beginning and at most one end.
    private mutating func auditPauses() {
        for item in story.state.items {
            var open = false
            for event in events(of: item.id) {
                switch event.kind {
                case .supplementRequested, .procedureBegan, .suspended:
                    demand(!open, "a pause in a pause")
                    open = true
                case .supplementSupplied, .procedureEnded, .resumed:
                    demand(open, "a pause ends that never began")
                    open = false
                case .granted, .grantedWithGaps, .deemedGranted, .refused:
                    demand(!open, "decided during a pause")
                case .withdrawn, .returned: open = false
                default: break
                }
            }
            for (a, b) in zip(item.stops, item.stops.dropFirst()) {
                demand(a.resume != nil && a.resume! <= b.stop || b.stop <= a.resume!, "stops overlap")
            }
        }
    }

    /// Once each, only past the limit in counted days, never while the clock stands still, never after the answer.
    private mutating func auditCards() {
        demand(Set(story.state.cards.map(\.id)).count == story.state.cards.count, "a card was raised twice")
        var state = CaseState()
        for event in story.events {
            if case .cardRaised(_, let level, let participant, _, _, _, _) = event.what, let id = event.item,
                let index = story.machine.plan.index(of: id)
            {
                let item = state.items[index]
                demand(!item.isStopped, "a card while the clock stands still")
                let part = participant.flatMap { name in item.joint?.participants.first { $0.id == name } }
                demand(participant == nil || part?.standing == .asked, "a card after the answer")
                let definition = story.machine.plan.items[index].item
                let threshold = story.machine.policy.cards[level]
                let statutory = participant == nil ? story.machine.rules.item(index).statutoryLimit?.limit : nil
                let promised =
                    participant == nil
                    ? definition.limit : definition.joint?.participants.first { $0.id == participant }?.limit
                if let limit = threshold.limit == .statutory ? statutory : promised,
                    let start = participant == nil ? item.admittedOn : part?.askedOn
                {
                    let clock = ApprovalClock(
                        calendar: .weekdays, admitted: start, limit: limit, stops: item.stops,
                        extensions: participant == nil ? [item.extended].compactMap(\.self) : [])
                    switch threshold {
                    case .past:
                        demand(
                            clock.isOverdue(asOf: event.on), "\(id): \(level) on \(event.on), before the limit passed")
                    case .share(let percent, _):
                        demand(
                            clock.used(asOf: event.on).minutes * 100
                                >= clock.limit(asOf: .earliest).minutes * percent, "\(level) too early")
                    case .before(let amount, _):
                        let before = DayAmount(minutes: -amount.minutes, unit: amount.unit)
                        let reminder = story.machine.calendar.adding(before, to: clock.deadline(asOf: event.on))
                        demand(event.on >= reminder, "\(level) too early")
                    case .never: demand(false, "\(level) is never raised")
                    }
                }
            }
            story.machine.evolve(&state, by: event)
        }
    }

    /// Asked for once, extended once, issued once, and only on what stands.
    private mutating func auditOneOffs() {
        for planned in story.machine.plan.items {
            var counts: [CaseEvent.Kind: Int] = [:]
            var seen: [Int] = []
            for event in events(of: planned.id) {
                if event.kind == .filed { counts = [:] }
                counts[event.kind, default: 0] += 1
                for kind in [CaseEvent.Kind.correctionRequested, .supplementRequested, .extended, .issued, .admitted] {
                    demand(counts[kind, default: 0] <= 1, "\(kind) twice in one application")
                }
                if case .opinionGiven(_, _, _, let revision) = event.what { seen.append(revision) }
                if event.kind == .extended { demand(event.by.role == .department, "extended by somebody else") }
            }
            demand(seen == seen.sorted(), "an opinion refers to an older revision than one before it")
        }
    }

    private mutating func auditAfterTheEnd() {
        guard let end = story.events.firstIndex(where: { [.caseWithdrawn, .caseCancelled].contains($0.kind) }) else {
            return
        }
        let allowed: Set<CaseEvent.Kind> = [.cardExplained, .cardLifted, .cardConfirmed]
        demand(
            story.events[(end + 1)...].allSatisfy { allowed.contains($0.kind) || $0.kind.isOversight },
            "events after the end")
    }
}

extension JointProcedure {
    fileprivate var passesEarly: Bool { passes != .all }
}
