import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("What is kept beside the state")
struct KeptViewTests {
    @Test("requests and timers kept by event are those found anew", arguments: PropertyTests.seeds.prefix(30))
    func kept(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<160 { try walk.step() }
        let machine = walk.story.machine
        var random = walk.random
        var state = CaseState()
        var kept: [CaseTimer] = []
        for (number, event) in walk.story.events.enumerated() {
            machine.evolve(&state, by: event)
            var anew = state
            anew.views = CaseViews(count: state.items.count)
            let requests = machine.requests(in: anew)
            // Kept up after every event, or only now and then.
            if Bool.random(using: &random) { machine.keepRequests(in: &state) }
            try #require(machine.requests(in: state) == requests, "seed \(seed), event \(number + 1)")
            #expect(state.items.indices.flatMap { machine.requests(ofItemAt: $0, in: state) } == requests)
            let timers = machine.timers(in: anew)
            if Bool.random(using: &random) {
                let before = kept
                let haveChanged = machine.keepTimers(in: &state)
                kept = machine.timers(in: state)
                #expect(haveChanged || kept == before || state.status != .open, "seed \(seed), event \(number + 1)")
            }
            try #require(machine.timers(in: state) == timers, "seed \(seed), event \(number + 1)")
            try #require(machine.nextDue(in: state) == timers.first?.due || timers.isEmpty, "seed \(seed)")
        }
    }

    @Test("a command performed in place leaves what its events leave, and nothing when it is refused")
    func performed() throws {
        for seed in UInt64(1)...12 {
            var walk = RandomWalk(seed: seed)
            var state = CaseState()
            var shared: [CaseState] = []
            for _ in 0..<120 {
                let before = walk.story.events.count
                let refused = walk.rejections.count
                try walk.step()
                guard let (date, actor, command) = walk.last else { continue }
                let context = CaseContext(today: date, actor: actor)
                shared = [state]  // somebody still holds the state as it was
                if walk.rejections.count > refused {
                    #expect(throws: CaseRejection.self) {
                        try walk.story.machine.perform(command, on: &state, in: context)
                    }
                    #expect(state == shared[0], "seed \(seed)")
                } else {
                    let events = try walk.story.machine.perform(command, on: &state, in: context)
                    #expect(events == Array(walk.story.events[before...]), "seed \(seed)")
                    #expect(shared[0].version == before, "seed \(seed): a copy keeps what it was")
                }
                try #require(state == walk.story.state, "seed \(seed)")
            }
        }
    }

    @Test("a clock that never stops has the dates that the approval clock gives it")
    func plainLimits() throws {
        let machine = CaseMachine(plan: RandomWalk.plan(tolerance: .working(3)), calendar: .weekdays)
        for day in 0..<14 {
            let start = LocalDate(dayNumber: 19_783 + day)
            for minutes in [0, 120, 480, 2400, 9600] {
                let limit = DayAmount(minutes: minutes, unit: .working)
                let clock = ApprovalClock(calendar: .weekdays, admitted: start, limit: limit)
                let dates = machine.rules.limitDates(
                    from: start, promised: limit, statutory: limit, stops: [], extended: nil, warns: true)
                #expect(dates?.promised == clock.deadline(asOf: .latest))
                #expect(dates?.statutory == clock.deadline(asOf: .latest))
                let red = WorkCalendar.weekdays.workingDay(onOrAfter: clock.deadline(asOf: .latest).adding(days: 1))
                #expect(dates?.red == red && dates?.statutoryRed == red)
            }
        }
    }
}
