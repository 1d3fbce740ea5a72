import Scheduling
import TestSupport
import Testing

@Suite("Analysis of schedules")
struct AnalysisTests {
    private func forEach(
        _ features: RandomNetwork.Features, _ runs: Int, salt: UInt64,
        _ body: (RandomNetwork, Schedule, UInt64) throws -> Void
    ) throws {
        for seed in 0..<UInt64(runs) {
            var generator = SeededGenerator(seed: seed &+ salt << 32)
            let random = RandomNetwork(features, using: &generator)
            try body(random, CriticalPath.solve(try random.network(), random.terms), seed)
        }
    }

    // MARK: Floats

    @Test("Interfering float is total less free, and independent float what is left when all before it are late")
    func floats() throws {
        try forEach(.plain, 300, salt: 21) { random, schedule, seed in
            let network = schedule.network
            let outgoing = OutgoingRelations(network)
            let time = network.calendars[random.activities[0].calendar]
            for index in random.activities.indices {
                let id = random.activities[index].id
                let before = random.relations.filter { $0.successor == id }.compactMap {
                    network.index(of: $0.predecessor)
                }
                let after = random.relations.filter { $0.predecessor == id }.compactMap {
                    network.index(of: $0.successor)
                }
                let origin = before.map { time.work(before: schedule.lateFinish[$0]) }.max() ?? Int.min
                let begin = max(origin, time.work(before: schedule.earlyStart[index]))
                let end =
                    after.map { time.work(before: schedule.earlyStart[$0]) }.min()
                    ?? time.work(before: schedule.lateFinish[index])
                let expected = max(0, end - begin - random.activities[index].duration)
                #expect(schedule.independentFloat(index, outgoing: outgoing) == expected, "seed \(seed) \(id)")
                #expect(
                    schedule.interferingFloat(index) == schedule.totalFloat[index] - schedule.freeFloat[index],
                    "seed \(seed) \(id)")
                if random.finish == nil { #expect(expected <= schedule.freeFloat[index], "seed \(seed) \(id)") }
            }
        }
    }

    // MARK: Drag

    @Test(
        "Drag is by how much the project is shorter without the activity, whatever binds it",
        arguments: [RandomNetwork.Features.plain, .oneCalendar, .mixed, .constrained, .underWay])
    func drag(features: RandomNetwork.Features) throws {
        try forEach(features, 150, salt: 22) { random, schedule, seed in
            let drags = try #require(schedule.drags())
            for index in random.activities.indices {
                var without = random
                without.activities[index].duration = 0
                guard random.activities[index].progress == nil else {
                    #expect(drags[index] == 0)
                    continue
                }
                let other = CriticalPath.solve(try without.network(), without.terms)
                let time = schedule.network.calendars[random.activities[index].calendar]
                let expected = max(0, time.work(from: other.projectFinish, to: schedule.projectFinish))
                #expect(drags[index] == expected, "seed \(seed) activity \(index)")
            }
        }
    }

    @Test("In a plain network drag is the duration or, if less, the least float of what runs beside")
    func dragByParallelFloat() throws {
        try forEach(.plain, 300, salt: 23) { random, schedule, seed in
            let drags = try #require(schedule.drags())
            let network = schedule.network
            var reaches = random.activities.indices.map { Set([$0]) }
            for _ in random.activities {
                for relation in random.relations {
                    guard let from = network.index(of: relation.predecessor),
                        let to = network.index(of: relation.successor)
                    else { continue }
                    reaches[from].formUnion(reaches[to])
                }
            }
            let own = CriticalPath.solve(network, start: random.start)
            for index in random.activities.indices where own.totalFloat[index] == 0 {
                let beside = random.activities.indices.filter {
                    !reaches[index].contains($0) && !reaches[$0].contains(index)
                }
                let least = beside.map { own.totalFloat[$0] }.min() ?? Int.max
                #expect(drags[index] == min(random.activities[index].duration, least), "seed \(seed) activity \(index)")
            }
        }
    }

    // MARK: Paths

    private func everyPath(_ random: RandomNetwork) -> [[Int]] {
        let ids = random.activities.map(\.id)
        let next = Dictionary(grouping: random.relations, by: \.predecessor)
        func paths(from id: String) -> [[Int]] {
            guard let index = ids.firstIndex(of: id), let links = next[id] else {
                return [[ids.firstIndex(of: id) ?? -1]]
            }
            return links.flatMap { paths(from: $0.successor) }.map { [index] + $0 }
        }
        let starts = ids.filter { id in !random.relations.contains { $0.successor == id } }
        return starts.flatMap { paths(from: $0) }
    }

    @Test("The longest paths are those of all paths, longest first, and their gap is what they lack")
    func longestPaths() throws {
        try forEach(.plain, 300, salt: 24) { random, schedule, seed in
            let every = everyPath(random)
            let length = { (path: [Int]) in path.reduce(0) { $0 + random.activities[$1].duration } }
            let time = schedule.network.calendars[random.activities[0].calendar]
            let whole = time.work(from: random.start, to: schedule.projectFinish)
            let found = Array(LongestPaths(schedule))
            #expect(found.map { $0.work(in: schedule.network) } == every.map(length).sorted(by: >), "seed \(seed)")
            #expect(Set(found.map(\.path.activities)) == Set(every), "seed \(seed)")
            #expect(Set(found.map(\.path)).count == every.count, "seed \(seed)")
            #expect(found.allSatisfy { $0.gap == whole - $0.work(in: schedule.network) }, "seed \(seed)")
            #expect(found.first?.gap == 0)
        }
    }

    @Test("With every kind of relation, calendar, constraint and progress paths come in order of gap, each once")
    func pathsInGeneral() throws {
        try forEach(.underWay, 400, salt: 25) { random, schedule, seed in
            let found = Array(LongestPaths(schedule).prefix(200))
            #expect(found.map(\.gap) == found.map(\.gap).sorted(), "seed \(seed)")
            #expect(Set(found.map(\.path)).count == found.count, "seed \(seed)")
            for path in found.map(\.path) {
                for (number, relation) in path.relations.enumerated() {
                    let own = schedule.network.relations[relation]
                    #expect(own.predecessor == random.activities[path.activities[number]].id, "seed \(seed)")
                    #expect(own.successor == random.activities[path.activities[number + 1]].id, "seed \(seed)")
                }
            }
        }
    }

    @Test("A network with more paths than atoms gives its longest at once")
    func manyPaths() throws {
        // 300 layers of two activities, each before both of the next: 2^300 paths.
        let activities = (0..<600).map { Activity("a\($0)", duration: $0.isMultiple(of: 2) ? 3 : 2) }
        var relations: [Relation] = []
        for layer in 1..<300 {
            for (from, to) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                relations.append(Relation("a\(2 * layer - 2 + from)", "a\(2 * layer + to)"))
            }
        }
        let network = try ActivityNetwork(activities: activities, relations: relations, calendars: [.continuous])
        let schedule = CriticalPath.solve(network, start: 0)
        #expect(LongestPaths(schedule).prefix(302).map(\.gap) == [0] + Array(repeating: 1, count: 300) + [2])
    }

    @Test("Float paths hold every activity that leads to the end once, the longest path first")
    func floatPaths() throws {
        try forEach(.plain, 300, salt: 26) { random, schedule, seed in
            let last = try #require(schedule.lastActivity)
            let paths = schedule.floatPaths(count: .max)
            #expect(paths.first?.path == schedule.driverTrace(to: last), "seed \(seed)")
            #expect(paths.map(\.gap) == paths.map(\.gap).sorted(), "seed \(seed)")
            let listed = paths.flatMap(\.path.activities)
            #expect(Set(listed).count == listed.count, "seed \(seed)")
            let leading = random.activities.indices.filter {
                schedule.network.longestPath(from: $0, to: last) { _ in 1 } != nil
            }
            #expect(Set(listed) == Set(leading), "seed \(seed)")
            // On one calendar the gap of a path is the float of its activities towards the end.
            let own = CriticalPath.solve(schedule.network, start: random.start)
            if leading.count == random.activities.count {
                for path in paths {
                    #expect(path.path.activities.allSatisfy { own.totalFloat[$0] == path.gap }, "seed \(seed)")
                }
            }
        }
    }

    // MARK: Backward

    @Test("Reckoned back from a date, everything started at the latest still keeps it, and a minute later does not")
    func backward() throws {
        try forEach(.plain, 300, salt: 27) { random, schedule, seed in
            var free = random.terms
            free.finish = nil
            let own = CriticalPath.solve(schedule.network, free)
            let time = schedule.network.calendars[random.activities[0].calendar]
            for offset in [-481, -1, 0, 1, 700] {
                let wanted = time.add(offset, to: own.projectFinish)
                let back = own.backward(from: wanted)
                #expect(back.shortfall == max(0, -offset), "seed \(seed)")
                #expect(back.isFeasible == (offset >= 0), "seed \(seed)")
                #expect(back.latestStart == back.schedule.lateStart.min(), "seed \(seed)")
                let restarted = CriticalPath.solve(schedule.network, start: back.latestStart)
                #expect(time.work(from: restarted.projectFinish, to: wanted) >= 0, "seed \(seed)")
                if offset < 0, let chain = back.chain {
                    let sum = chain.activities.reduce(0) { $0 + random.activities[$1].duration }
                    #expect(sum == time.work(from: random.start, to: own.projectFinish), "seed \(seed)")
                }
            }
        }
    }

    // MARK: Baseline

    @Test("A schedule held against itself is unmoved; a longer activity shows where it moves others")
    func baseline() throws {
        try forEach(.mixed, 200, salt: 28) { random, schedule, seed in
            let baseline = Baseline(schedule)
            let same = BaselineComparison(schedule, against: baseline)
            #expect(
                same.shifts.allSatisfy { !$0.isMoved } && same.added.isEmpty && same.removed.isEmpty, "seed \(seed)")
            var changed = random
            changed.activities[0].duration += 777
            changed.activities.append(Activity("new", duration: 5, calendar: 0))
            let gone = changed.activities.remove(at: 1 % random.activities.count)
            changed.relations.removeAll { [$0.predecessor, $0.successor].contains(gone.id) }
            let other = CriticalPath.solve(try changed.network(), changed.terms)
            let comparison = BaselineComparison(other, against: baseline)
            #expect(comparison.added.map { changed.activities[$0].id } == ["new"], "seed \(seed)")
            #expect(comparison.removed == [gone.id], "seed \(seed)")
            for shift in comparison.shifts {
                let own = changed.activities[shift.activity]
                let before = try #require(schedule.network.index(of: own.id))
                let time = schedule.network.calendars[own.calendar]
                #expect(
                    shift.start
                        == time.work(from: schedule.scheduledStart(before), to: other.scheduledStart(shift.activity)))
                #expect(shift.duration == own.duration - random.activities[before].duration)
            }
        }
    }

    // MARK: Reasons

    @Test("Every date has a cause that stands at the same moment of work")
    func reasons() throws {
        try forEach(.underWay, 1000, salt: 29) { random, schedule, seed in
            let outgoing = OutgoingRelations(schedule.network)
            for index in random.activities.indices {
                let own = random.activities[index]
                let time = schedule.network.calendars[own.calendar]
                let reasons = schedule.reasons(for: index, outgoing: outgoing)
                #expect(reasons.earlyStart.date == schedule.earlyStart[index], "seed \(seed)")
                #expect(reasons.earlyFinish.date == schedule.earlyFinish[index], "seed \(seed)")
                #expect(reasons.lateStart.date == schedule.lateStart[index], "seed \(seed)")
                #expect(reasons.lateFinish.date == schedule.lateFinish[index], "seed \(seed)")
                for reason in [reasons.earlyStart, reasons.earlyFinish, reasons.lateStart, reasons.lateFinish] {
                    #expect(time.work(from: reason.instant, to: reason.date) == 0, "seed \(seed) \(own.id) \(reason)")
                }
            }
        }
    }

    // MARK: Hammocks and missed dates

    @Test("A hammock lasts from its members' first start to their last finish")
    func hammock() throws {
        let schedule = CriticalPath.solve(
            try ActivityNetwork(
                activities: [
                    Activity("A", duration: 3), Activity("B", duration: 5), Activity("C", duration: 2),
                    Activity("D", duration: 9),
                ], relations: [Relation("A", "B"), Relation("A", "C")], calendars: [.continuous]), start: 10)
        let found = try #require(schedule.dates(of: Hammock("H", members: [1, 2], calendar: 0)))
        #expect(found.duration == 5)
        #expect(
            found.dates
                == ActivityDates(
                    earlyStart: 13, earlyFinish: 18, lateStart: 14, lateFinish: 19, totalFloat: 1, freeFloat: 1))
        #expect(schedule.dates(of: Hammock("H", members: [], calendar: 0)) == nil)
    }

    @Test("A date that relations do not let be kept is named with what is lacking")
    func missedDates() throws {
        func missed(_ constraints: DateConstraints) throws -> [MissedDate] {
            CriticalPath.solve(
                try ActivityNetwork(
                    activities: [Activity("A", duration: 10), Activity("B", duration: 4, constraints: constraints)],
                    relations: [Relation("A", "B")], calendars: [.continuous]), start: 0
            ).missedDates
        }
        #expect(try missed(DateConstraints(startNoEarlier: 3, deadline: 14)).isEmpty)
        #expect(
            try missed(DateConstraints(deadline: 12))
                == [MissedDate(activity: 1, kind: .deadline, date: 12, possible: 14, minutes: 2)])
        #expect(
            try missed(DateConstraints(mustStart: 7))
                == [MissedDate(activity: 1, kind: .mustStart, date: 7, possible: 10, minutes: 3)])
        #expect(
            try missed(DateConstraints(finishNoLater: 13))
                == [MissedDate(activity: 1, kind: .finishNoLater, date: 13, possible: 14, minutes: 1)])
        #expect(try missed(DateConstraints(startNoLater: 10)).isEmpty)
    }
}
