import TestSupport
import Testing
import WorkCalendar

@testable import Scheduling

@Suite("Incremental schedule")
struct IncrementalScheduleTests {
    /// One random edit, mostly of those that fit the features.
    private func randomEdit(
        of schedule: IncrementalSchedule, _ features: RandomNetwork.Features, using generator: inout SeededGenerator
    ) -> NetworkEdit {
        func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let count = schedule.ledger.count
        let relations = schedule.relations
        let calendar = features == .mixed ? pick(0...3) : schedule.network.activities[0].calendar
        func terms() -> Relation {
            var terms = Relation("", "")
            guard features != .plain else { return terms }
            terms.kind = Relation.Kind.allCases[pick(0...3)]
            if pick(0...1) == 0 { terms.lag = pick(0...1) == 0 ? 480 * pick(-2...2) : pick(-600...600) }
            if features == .mixed { terms.lagCalendar = [.successor, .predecessor, .elapsed][pick(0...2)] }
            return terms
        }
        switch pick(0...19) {
        case 0...8:
            return .setDuration(
                of: pick(0...count - 1),
                to: pick(0...4) == 0 ? 0 : pick(0...1) == 0 ? 480 * pick(1...3) : pick(1...1500))
        case 9...13: return .addRelation(from: pick(0...count - 1), to: pick(0...count - 1), terms: terms())
        case 14, 15:
            if let relation = relations.randomElement(using: &generator) {
                return .setTerms(ofRelation: relation, to: terms())
            }
        case 16, 17:
            if let relation = relations.randomElement(using: &generator) { return .removeRelation(relation) }
        case 18 where pick(0...3) == 0:
            return .addActivity(
                Activity(
                    "new\(generator.next())", duration: pick(0...900), calendar: calendar))
        case 19 where features == .constrained:
            return .setConstraints(
                of: pick(0...count - 1), to: DateConstraints(startNoEarlier: at("2024-09-20 09:00") + pick(0...9000)))
        default: break
        }
        return .setDuration(of: pick(0...count - 1), to: pick(0...1000))
    }

    /// Compares every date, float, driver and the driving path with a solution in full.
    private func agrees(_ incremental: inout IncrementalSchedule) -> Bool {
        let whole = CriticalPath.solve(incremental.network, start: incremental.start, finish: incremental.finish)
        let numbers = incremental.relations
        for index in whole.earlyStart.indices {
            guard incremental.earlyStart(of: index) == whole.earlyStart[index],
                incremental.earlyFinish(of: index) == whole.earlyFinish[index],
                incremental.lateStart(of: index) == whole.lateStart[index],
                incremental.lateFinish(of: index) == whole.lateFinish[index],
                incremental.totalFloat(of: index) == whole.totalFloat[index],
                incremental.freeFloat(of: index) == whole.freeFloat[index],
                incremental.drivers(of: index) == whole.drivers(of: index).map({ numbers[$0] })
            else { return false }
        }
        guard incremental.projectFinish == whole.projectFinish, incremental.lastActivity == whole.lastActivity else {
            return false
        }
        guard let last = whole.lastActivity else { return incremental.drivingPath() == nil }
        let path = whole.driverTrace(to: last)
        return incremental.drivingPath()
            == NetworkPath(activities: path.activities, relations: path.relations.map { numbers[$0] })
    }

    @Test(
        "An edit that moves most of a long network leaves the dates of solving in full",
        arguments: [Relation.Kind.finishToStart, .startToStart, .finishToFinish])
    func sweep(kind: Relation.Kind) throws {
        let count = 700
        var relations: [Relation] = []
        var generator = SeededGenerator(seed: 5)
        for index in 1..<count {
            // Chains of some forty, and links across them.
            relations.append(Relation("a\(max(0, index - 17))", "a\(index)", kind, lag: index % 5 == 0 ? 60 : 0))
            if index % 3 == 0 {
                relations.append(Relation("a\(Int.random(in: 0..<index, using: &generator))", "a\(index)"))
            }
        }
        let network = try ActivityNetwork(
            activities: (0..<count).map { Activity("a\($0)", duration: $0 % 23 == 0 ? 0 : 60 + $0 % 7 * 60) },
            relations: relations, calendars: [WorkingTime(calendar: .weekdays)])
        for finish in [nil, at("2024-12-02 17:00")] {
            var schedule = IncrementalSchedule(network, start: at("2024-09-02 08:00"), finish: finish)
            for (activity, duration) in [(0, 900), (count - 1, 4800), (count - 1, 0), (3, 5000), (350, 2400), (0, 0)] {
                try schedule.setDuration(of: activity, to: duration)
                #expect(agrees(&schedule), "\(activity) takes \(duration), finish \(finish ?? 0)")
            }
        }
    }

    @Test(
        "After any sequence of edits every date, float, driver and the driving path are those of solving in full",
        arguments: [RandomNetwork.Features.plain, .oneCalendar, .mixed, .constrained])
    func anySequence(features: RandomNetwork.Features) throws {
        var refused = 0
        var kept = 0
        for seed in 0..<UInt64(120) {
            var generator = SeededGenerator(seed: seed &+ 21 << 40)
            let random = RandomNetwork(features, using: &generator)
            var schedule = IncrementalSchedule(
                try random.network(), start: random.start, finish: random.finish)
            for step in 0..<12 {
                var edits = [randomEdit(of: schedule, features, using: &generator)]
                if step % 3 == 0, case .setDuration = edits[0] {
                    edits.append(randomEdit(of: schedule, features, using: &generator))
                }
                let before = schedule
                do {
                    try schedule.apply(edits)
                } catch {
                    refused += 1
                    #expect(schedule.network.relations.elementsEqual(before.network.relations), "seed \(seed)")
                    #expect(schedule.network.activities == before.network.activities, "seed \(seed)")
                }
                kept += schedule.whole == nil ? 1 : 0
                guard agrees(&schedule) else {
                    Issue.record("seed \(seed), step \(step): \(edits) of \(random)")
                    return
                }
            }
        }
        #expect(refused > 50)
        #expect(features == .plain || features == .oneCalendar ? kept == 1440 : kept < 1440)
    }

    @Test("A relation that would close a cycle is refused with the cycle's name, with all that came with it")
    func cycle() throws {
        let activities = ["A", "B", "C", "D"].map { Activity($0, duration: 60) }
        let relations = [Relation("A", "B"), Relation("B", "C"), Relation("C", "D", .startToStart, lag: 5)]
        var schedule = IncrementalSchedule(
            try ActivityNetwork(activities: activities, relations: relations, calendars: [.continuous]), start: 0)
        let edits: [NetworkEdit] = [
            .setDuration(of: 0, to: 9999), .removeRelation(0), .addRelation(from: 1, to: 0, terms: Relation("", "")),
            .addRelation(from: 3, to: 1, terms: Relation("", "", .finishToFinish)),
        ]
        let expected = NetworkError.cycle(
            path: ["B", "C", "D", "B"], relations: [1, 2, 4],
            kinds: [.finishToStart, .startToStart, .finishToFinish])
        #expect(throws: expected) { try schedule.apply(edits) }
        #expect(schedule.network.relations.elementsEqual(relations))
        #expect(schedule.earlyFinish(of: 3) == 185)
        #expect(agrees(&schedule))
        // What was refused for what came before it is possible without.
        try schedule.apply([.removeRelation(1), .addRelation(from: 3, to: 1, terms: Relation("", ""))])
        #expect(agrees(&schedule))
    }

    @Test("A self relation, a lag and a duration out of range are refused")
    func outOfRange() throws {
        var schedule = IncrementalSchedule(
            try ActivityNetwork(
                activities: [Activity("A", duration: 1), Activity("B", duration: 1)], relations: [Relation("A", "B")],
                calendars: [.continuous]), start: 0)
        #expect(throws: NetworkError.selfRelation("B", relation: 1)) {
            try schedule.apply([.addRelation(from: 1, to: 1, terms: Relation("", ""))])
        }
        #expect(throws: NetworkError.durationOutOfRange(-1, activity: "A")) {
            try schedule.setDuration(of: 0, to: -1)
        }
        #expect(throws: NetworkError.lagOutOfRange(.max, relation: 0)) {
            try schedule.apply([.setTerms(ofRelation: 0, to: Relation("", "", lag: .max))])
        }
        #expect(throws: NetworkError.duplicateActivity("B")) {
            try schedule.apply([.addActivity(Activity("B", duration: 1))])
        }
        #expect(agrees(&schedule))
    }

    @Test("Dates that leave 32 bits on the way are solved in full")
    func beyondRanks() throws {
        let long = 1 << 27
        let activities = (0..<6).map { Activity("\($0)", duration: $0 == 0 ? 1 : long) }
        var schedule = IncrementalSchedule(
            try ActivityNetwork(
                activities: activities, relations: (1..<3).map { Relation("\($0)", "\($0 + 1)") },
                calendars: [.continuous]), start: 0)
        #expect(schedule.whole == nil)
        try schedule.apply([
            .addRelation(from: 3, to: 4, terms: Relation("", "")),
            .addRelation(from: 4, to: 5, terms: Relation("", "")),
        ])
        #expect(schedule.whole != nil)
        #expect(schedule.projectFinish == 5 * long)
        #expect(agrees(&schedule))
        try schedule.apply([.removeRelation(2)])
        #expect(schedule.whole == nil)
        #expect(agrees(&schedule))
    }

    @Test("A large network stays in order and solved under hundreds of edits against its order")
    func large() throws {
        var generator = SeededGenerator(seed: 5)
        let count = 1000
        var table = RelationTable()
        for successor in 10..<count {
            for _ in 0..<3 { table.append(from: successor - Int.random(in: 1...10, using: &generator), to: successor) }
        }
        let activities = (0..<count).map { Activity("\($0)", duration: Int.random(in: 0...5, using: &generator) * 60) }
        var schedule = IncrementalSchedule(
            try ActivityNetwork(activities: activities, relations: table, calendars: [Calendars.working]),
            start: at("2024-09-13 17:00"))
        var admitted = 0
        for step in 0..<200 {
            let relations = schedule.relations
            let dropped = relations[Int.random(in: 0..<relations.count, using: &generator)]
            try schedule.apply([.removeRelation(dropped)])
            let from = Int.random(in: 5..<count, using: &generator)
            let to = max(0, from - Int.random(in: 1...3, using: &generator))
            if (try? schedule.apply([.addRelation(from: from, to: to, terms: Relation("", ""))])) != nil {
                admitted += 1
            }
            if step % 50 == 49 { #expect(agrees(&schedule)) }
        }
        #expect(admitted > 20)
    }
}
