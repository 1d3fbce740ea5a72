import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("What past cases tell")
struct CaseHistoryTests {
    private func finished(_ network: Int, seed: Int) throws -> (CaseMachine, RandomCase) {
        let machine = CaseMachine(
            plan: try ShippedWorkflow(network).plan, calendar: try #require(try PlannerTests.calendars().last))
        var run = RandomCase(machine, start: PlannerTests.starts[seed % PlannerTests.starts.count], seed: UInt64(seed))
        try run.open()
        while try run.pass(commands: 100) {}
        return (machine, run)
    }

    @Test("Every plain item counts the days from admission to decision on which its clock ran", arguments: 1...12)
    func plainItems(network: Int) throws {
        for seed in 1...3 {
            let (machine, run) = try finished(network, seed: seed)
            var history = CaseHistory()
            history.add(machine, run.state, events: run.events)
            for planned in machine.plan.items where planned.item.joint == nil {
                let item = try #require(run.state[item: planned.id])
                guard item.status.isFinished, let admitted = item.admittedOn, let ended = item.endedOn else { continue }
                let unit = planned.item.takes?.unit ?? .working
                var days = 0
                var day = admitted.adding(days: 1)
                while day <= ended {
                    let counts = unit == .calendar || machine.calendar.isWorking(day)
                    if counts, !item.stops.contains(where: { $0.covers(day) }) { days += 1 }
                    day = day.adding(days: 1)
                }
                let found = history.durations.first { $0.place == FigurePlace(planned.id, ["takes"]) }
                #expect(found?.days == [days] && found?.unit == unit, "seed \(seed) \(planned.id)")
                #expect(found?.dates == admitted...ended, "seed \(seed) \(planned.id)")
            }
        }
    }

    @Test("Corrections, rounds and special procedures are counted against what could have had them")
    func chances() throws {
        var rounds = 0
        for network in 1...12 {
            let (machine, run) = try finished(network, seed: network)
            var history = CaseHistory()
            history.add(machine, run.state, events: run.events)
            for chance in history.chances {
                let kinds = run.events.filter { $0.item == chance.place.item }.map(\.kind)
                #expect(chance.happened <= chance.of, "\(network) \(chance.place)")
                switch chance.place.path {
                case ["correction", "chance"]:
                    #expect(chance.of == kinds.count { $0 == .filed })
                    #expect(chance.happened == kinds.count { $0 == .correctionRequested })
                case ["rectification", "chance"]: rounds += chance.happened
                default: #expect(chance.place.path == ["special", "chance"])
                }
            }
            for joint in run.state.items where joint.joint != nil && joint.attempt == 1 {
                let counted = history.chances.first { $0.place == FigurePlace(joint.id, ["rectification", "chance"]) }
                #expect(counted?.happened ?? 0 == joint.joint?.round, "\(network) \(joint.id)")
            }
        }
        #expect(rounds > 0)
    }

    @Test("A correction counts once for its application, and the applicant's days until it is supplied")
    func corrections() throws {
        let (machine, run) = try finished(2, seed: 1)
        let filed = try #require(run.events.firstIndex { $0.kind == .filed })
        let (item, on, owner) = (run.events[filed].item, run.events[filed].on, RandomCase.owner)
        let supplied = machine.calendar.adding(.working(4), to: on)
        let added = [
            CaseEvent(on: on, by: owner, item: item, .correctionRequested(points: [Point("north arrow")])),
            CaseEvent(
                on: supplied, by: owner, item: item, .correctionSupplied(received: supplied, supplied: [])),
        ]
        var history = CaseHistory()
        history.add(machine, run.state, events: run.events[...filed] + added + run.events[(filed + 1)...])
        let id = try #require(item)
        let chance = try #require(history.chances.first { $0.place == FigurePlace(id, ["correction", "chance"]) })
        #expect(chance.happened == 1 && chance.of == run.events.count { $0.item == id && $0.kind == .filed })
        let days = history.durations.first { $0.place == FigurePlace(id, ["correction", "applicant"]) }
        #expect(days?.days == [4] && days?.cases == 1 && days?.repeatedCases == 0)
    }

    @Test("Cases add up; every participant has a figure of its own where the file says one")
    func addUp() throws {
        var history = CaseHistory()
        for seed in 1...4 {
            let (machine, run) = try finished(2, seed: seed)
            history.add(machine, run.state, events: run.events)
        }
        #expect(history.cases == 4 && history.durations.allSatisfy { $0.cases <= 4 && $0.days.count >= $0.cases })
        let names = Set(history.durations.map(\.place.description))
        #expect(names.contains("scheme-review.planning") || names.contains { $0.contains(".") }, "\(names)")
        #expect(history.durations.map(\.place) == history.durations.map(\.place).sorted())
    }
}
