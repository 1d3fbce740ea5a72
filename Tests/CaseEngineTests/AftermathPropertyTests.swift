import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("After the decision, whatever happens")
struct AftermathPropertyTests {
    static let seeds: [UInt64] = Array(1...60)

    @Test("the log alone keeps every promise", arguments: seeds)
    func invariants(seed: UInt64) throws {
        var walk = AftermathWalk(seed: seed)
        for _ in 0..<200 { try walk.step() }
        #expect(LogAudit(walk.story).problems.isEmpty, "seed \(seed)")
        #expect(AftermathAudit.problems(walk.story).isEmpty, "seed \(seed): \(AftermathAudit.problems(walk.story))")
        #expect(try walk.story.replayed() == walk.story.state, "seed \(seed): the state is the fold of the log")
    }

    @Test("timers fire the same events however late they are", arguments: seeds.prefix(30))
    func timersAreIndependentOfTheShell(seed: UInt64) throws {
        var walk = AftermathWalk(seed: seed)
        for _ in 0..<90 { try walk.step() }
        guard walk.story.state.status == .open else { return }
        var late = walk.story
        var prompt = walk.story
        for days in 0...60 { try prompt.pass(to: walk.date.adding(days: days)) }
        try late.pass(to: walk.date.adding(days: 60))
        #expect(late.events == prompt.events, "seed \(seed)")
    }

    @Test("requests have ids of their own, are not asked twice, and are kept rightly", arguments: seeds.prefix(30))
    func requests(seed: UInt64) throws {
        var walk = AftermathWalk(seed: seed)
        for _ in 0..<200 { try walk.step() }
        let machine = walk.story.machine
        var state = CaseState()
        for (number, event) in walk.story.events.enumerated() {
            machine.evolve(&state, by: event)
            var anew = state
            anew.views = CaseViews(count: state.items.count)
            let requests = machine.requests(in: anew)
            #expect(Set(requests.map(\.id)).count == requests.count, "seed \(seed), event \(number + 1)")
            if number % 3 == 0 { machine.keepRequests(in: &state) }
            try #require(machine.requests(in: state) == requests, "seed \(seed), event \(number + 1)")
            let timers = machine.timers(in: anew)
            if number % 2 == 0 { _ = machine.keepTimers(in: &state) }
            try #require(machine.timers(in: state) == timers, "seed \(seed), event \(number + 1)")
            try #require(machine.nextDue(in: state) == timers.first?.due || timers.isEmpty, "seed \(seed)")
        }
    }
}

/// What must hold after decisions, read from the events alone.
enum AftermathAudit {
    static func problems(_ story: Story) -> [String] {
        var problems: [String] = []
        for planned in story.machine.plan.items {
            var refused: String?
            var annulled: String?
            var pending: AppealRoute?
            var isChosen = false
            var isSuspended = false
            var drawn: Set<String> = []
            for event in story.events where event.item == planned.id {
                func demand(_ holds: Bool, _ problem: String) {
                    if !holds { problems.append("\(planned.id) on \(event.on): \(problem)") }
                }
                switch event.what {
                case .filed:
                    (refused, annulled, pending, isChosen) = (nil, nil, nil, false)
                    isSuspended = false
                case .commitmentSigned, .commitmentDeclined:
                    demand(!isChosen, "the applicant chose twice")
                    isChosen = true
                case .granted, .grantedWithGaps, .deemedGranted:
                    demand(planned.item.provisions.commitment == nil || isChosen, "granted before the applicant chose")
                case .refused(let reasons, _):
                    demand(reasons != annulled, "refused for the reasons that were annulled")
                    refused = reasons
                case .appealFiled(let route, let lastDay, _):
                    demand(pending == nil && event.on <= lastDay, "an appeal too many or too late")
                    pending = route
                case .appealDecided(let route, let outcome, _):
                    demand(pending == route, "an answer to no appeal")
                    pending = nil
                    if outcome == .annulled, refused != nil { (annulled, refused) = (refused, nil) }
                case .effectSuspended: isSuspended = true
                case .effectRestored: isSuspended = false
                case .issued: demand(!isSuspended, "issued while it had no effect")
                case .revoked, .lapsed: isSuspended = false
                case .checkDrawn(_, _, let inspectors, _):
                    drawn.formUnion(inspectors)
                    demand(Set(inspectors).count >= 2, "fewer than two inspectors")
                case .delivered(let method, let tracking, _):
                    demand(method != .courier || tracking != nil, "a parcel without a number")
                default: break
                }
            }
        }
        return problems
    }
}
