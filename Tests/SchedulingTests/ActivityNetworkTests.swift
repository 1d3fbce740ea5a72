import Scheduling
import Testing

@Suite("Activity network")
struct ActivityNetworkTests {
    private func error(
        _ activities: [Activity], _ relations: [Relation] = [], calendars: [WorkingTime] = [.continuous]
    ) -> NetworkError? {
        do {
            _ = try ActivityNetwork(activities: activities, relations: relations, calendars: calendars)
            return nil
        } catch {
            return error
        }
    }

    private let three = ["A", "B", "C"].map { Activity($0, duration: 1) }

    @Test("What is wrong with the input is named")
    func namesWhatIsWrong() {
        #expect(error([Activity("A", duration: 1), Activity("A", duration: 2)]) == .duplicateActivity("A"))
        #expect(error(three, [Relation("A", "X")]) == .unknownActivity("X", relation: 0))
        #expect(error(three, [Relation("A", "B"), Relation("Y", "B")]) == .unknownActivity("Y", relation: 1))
        #expect(error(three, [Relation("B", "B", .startToStart)]) == .selfRelation("B", relation: 0))
        #expect(error([Activity("A", duration: -1)]) == .durationOutOfRange(-1, activity: "A"))
        #expect(error([Activity("A", duration: .max)]) == .durationOutOfRange(.max, activity: "A"))
        #expect(error([Activity("A", duration: 1, calendar: 1)]) == .unknownCalendar(1, activity: "A"))
        #expect(error(three, [Relation("A", "B", lag: .min)]) == .lagOutOfRange(.min, relation: 0))
        #expect(
            error(three, [Relation("A", "B", lag: 1, lagCalendar: .calendar(1))]) == .unknownLagCalendar(1, relation: 0)
        )
        let both = DateConstraints(mustStart: 0, mustFinish: 9)
        #expect(error([Activity("A", duration: 1, constraints: both)]) == .startAndFinishFixed(activity: "A"))
    }

    @Test("A cycle is given as the path of those that wait for each other, from the first in the input")
    func cycle() throws {
        let more = three + ["D", "E"].map { Activity($0, duration: 1) }
        // D waits for the cycle, the cycle waits for E; neither is in it.
        let relations = [
            Relation("C", "D"), Relation("E", "B"), Relation("C", "A"), Relation("B", "C"), Relation("A", "B"),
        ]
        let expected = NetworkError.cycle(
            path: ["A", "B", "C", "A"], relations: [4, 3, 2], kinds: Array(repeating: .finishToStart, count: 3))
        let found = try #require(error(more, relations))
        #expect(found == expected)
        #expect(found.description == "activities wait for each other: A → B → C → A")
    }

    @Test("A pair of SS and FF relations in opposite directions is a cycle too")
    func startAndFinishCycle() throws {
        let found = try #require(
            error(three, [Relation("A", "B", .startToStart), Relation("B", "A", .finishToFinish)]))
        #expect(found == .cycle(path: ["A", "B", "A"], relations: [0, 1], kinds: [.startToStart, .finishToFinish]))
        #expect(found.description == "activities wait for each other: A →SS B →FF A")
    }

    @Test("Duplicate relations are kept")
    func duplicates() throws {
        let relations = [Relation("A", "B"), Relation("A", "B"), Relation("A", "B", lag: 5)]
        let network = try ActivityNetwork(activities: three, relations: relations, calendars: [.continuous])
        let schedule = CriticalPath.solve(network, start: 0)
        #expect(schedule.earlyStart == [0, 6, 0])
        #expect(schedule.drivers(of: 1) == [2])
    }

    @Test("A chain of a hundred thousand activities, given backwards, is solved and its cycle is found")
    func deepChain() throws {
        let count = 100_000
        let activities = (0..<count).reversed().map { Activity("a\($0)", duration: 1) }
        var relations = (1..<count).map { Relation("a\($0 - 1)", "a\($0)") }
        let network = try ActivityNetwork(activities: activities, relations: relations, calendars: [.continuous])
        let schedule = CriticalPath.solve(network, start: 0)
        #expect(schedule.projectFinish == count)
        #expect(schedule.totalFloat.allSatisfy { $0 == 0 })
        let trace = schedule.driverTrace(to: 0)
        #expect(trace.activities == Array((0..<count).reversed()))
        #expect(schedule.driverTrace(to: 0, from: count - 1) == trace)
        #expect(network.longestPath(from: count - 1, to: 0) { _ in 1 } == trace)

        relations.append(Relation("a\(count - 1)", "a0"))
        guard case .cycle(let path, let numbers, _)? = error(activities, relations) else {
            Issue.record("the cycle was not found")
            return
        }
        #expect(path.count == count + 1)
        #expect(path.first == "a\(count - 1)" && path.last == path.first)
        #expect(numbers.first == count - 1)
    }

    @Test("A network without activities finishes when it starts")
    func empty() throws {
        let network = try ActivityNetwork(activities: [], calendars: [])
        let schedule = CriticalPath.solve(network, start: 42)
        #expect(schedule.projectFinish == 42)
        #expect(schedule.lastActivity == nil)
    }
}
