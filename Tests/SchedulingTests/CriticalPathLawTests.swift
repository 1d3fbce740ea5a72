import Scheduling
import TestSupport
import Testing

@Suite("Critical path: laws")
struct CriticalPathLawTests {
    /// Random plain networks on each calendar: finish-to-start, no lags.
    private func forEachNetwork(
        _ runs: Int, salt: UInt64, _ body: (RandomNetwork, Schedule, UInt64) throws -> Void
    ) throws {
        for seed in 0..<UInt64(runs) {
            var generator = SeededGenerator(seed: seed &+ salt << 32)
            var random = RandomNetwork(.plain, using: &generator)
            random.finish = nil
            try body(random, try solve(random), seed)
        }
    }

    private func solve(_ random: RandomNetwork) throws -> Schedule {
        CriticalPath.solve(try random.network(), start: random.start, finish: random.finish)
    }

    @Test("A project read backwards swaps early and late dates")
    func reversal() throws {
        for seed in 0..<UInt64(400) {
            var generator = SeededGenerator(seed: seed &+ 11 << 32)
            var random = RandomNetwork(.plain, calendar: Int(seed % 4), using: &generator)
            random.finish = nil
            for index in random.relations.indices { random.relations[index].lag = Int(generator.next() % 500) }
            let time = Calendars.all[Int(seed % 4)]
            let schedule = try solve(random)
            var reversed = random
            reversed.relations = random.relations.map { Relation($0.successor, $0.predecessor, lag: $0.lag) }
            let mirror = try solve(reversed)
            let start = time.work(before: random.start)
            let finish = time.work(before: schedule.projectFinish)
            #expect(mirror.totalFloat == schedule.totalFloat, "seed \(seed)")
            for index in random.activities.indices {
                let early = time.work(before: mirror.earlyStart[index]) - start
                let late = finish - time.work(before: schedule.lateFinish[index])
                #expect(early == late, "seed \(seed)")
            }
        }
    }

    @Test("A dummy without slack changes nothing")
    func dummy() throws {
        try forEachNetwork(300, salt: 1) { random, schedule, seed in
            guard let cut = random.relations.indices.last else { return }
            var more = random
            let relation = more.relations.remove(at: cut)
            let calendar = random.activities[0].calendar
            more.activities.append(Activity("dummy", duration: 0, calendar: calendar))
            more.relations += [Relation(relation.predecessor, "dummy"), Relation("dummy", relation.successor)]
            let other = try solve(more)
            let kept = random.activities.indices
            #expect(Array(other.earlyStart[kept]) == schedule.earlyStart, "seed \(seed)")
            #expect(Array(other.lateFinish[kept]) == schedule.lateFinish, "seed \(seed)")
            #expect(Array(other.totalFloat[kept]) == schedule.totalFloat, "seed \(seed)")
        }
    }

    @Test("Total float is the most by which an activity can lengthen before the project finishes later")
    func totalFloatByPerturbation() throws {
        try forEachNetwork(300, salt: 2) { random, schedule, seed in
            let network = schedule.network
            let durations = random.activities.map(\.duration)
            let time = network.calendars[random.activities[0].calendar]
            for index in durations.indices {
                var longer = durations
                longer[index] += schedule.totalFloat[index]
                let same = CriticalPath.solve(network.with(durations: longer), start: random.start)
                #expect(
                    time.work(from: schedule.projectFinish, to: same.projectFinish) == 0,
                    "seed \(seed) activity \(index)")
                longer[index] += 1
                let later = CriticalPath.solve(network.with(durations: longer), start: random.start)
                #expect(
                    time.work(from: schedule.projectFinish, to: later.projectFinish) == 1,
                    "seed \(seed) activity \(index)")
            }
        }
    }

    @Test("Free float is the most by which an activity can lengthen before a successor starts later")
    func freeFloatByPerturbation() throws {
        try forEachNetwork(300, salt: 3) { random, schedule, seed in
            let network = schedule.network
            let durations = random.activities.map(\.duration)
            let time = network.calendars[random.activities[0].calendar]
            for index in durations.indices {
                let followers = random.relations.filter { $0.predecessor == random.activities[index].id }
                    .compactMap { network.index(of: $0.successor) }
                guard !followers.isEmpty else { continue }
                func delay(_ minutes: Int) -> Int {
                    var longer = durations
                    longer[index] += minutes
                    let other = CriticalPath.solve(network.with(durations: longer), start: random.start)
                    return followers.map { time.work(from: schedule.earlyStart[$0], to: other.earlyStart[$0]) }.max()
                        ?? 0
                }
                #expect(delay(schedule.freeFloat[index]) == 0, "seed \(seed) activity \(index)")
                #expect(delay(schedule.freeFloat[index] + 1) == 1, "seed \(seed) activity \(index)")
                #expect(schedule.freeFloat[index] <= schedule.totalFloat[index], "seed \(seed) activity \(index)")
            }
        }
    }

    @Test("Removing a relation never delays an activity")
    func removingRelations() throws {
        try forEachNetwork(300, salt: 4) { random, schedule, seed in
            for cut in random.relations.indices {
                var fewer = random
                fewer.relations.remove(at: cut)
                let other = try solve(fewer)
                // A milestone may move from a closing to the opening that is the same moment, never further.
                let time = schedule.network.calendars[random.activities[0].calendar]
                for index in random.activities.indices {
                    #expect(
                        time.work(from: other.earlyStart[index], to: schedule.earlyStart[index]) >= 0, "seed \(seed)")
                }
            }
        }
    }

    @Test("Total float is nowhere negative exactly when every deadline is met")
    func deadlines() throws {
        try forEachNetwork(400, salt: 5) { random, schedule, seed in
            var generator = SeededGenerator(seed: seed)
            var bound = random
            for index in bound.activities.indices where Bool.random(using: &generator) {
                bound.activities[index].constraints.deadline =
                    schedule.earlyFinish[index] + Int.random(in: -600...4000, using: &generator)
            }
            let other = try solve(bound)
            let time = schedule.network.calendars[random.activities[0].calendar]
            let isMet = bound.activities.indices.allSatisfy { index in
                bound.activities[index].constraints.deadline.map {
                    time.work(from: other.earlyFinish[index], to: $0) >= 0
                } ?? true
            }
            #expect(other.totalFloat.allSatisfy { $0 >= 0 } == isMet, "seed \(seed)")
            #expect(other.earlyFinish == schedule.earlyFinish, "seed \(seed)")
        }
    }

    @Test("The driver trace to the last activity fills the time from the project's start to its finish")
    func traceFillsTheProject() throws {
        try forEachNetwork(400, salt: 6) { random, schedule, seed in
            let last = try #require(schedule.lastActivity)
            let trace = schedule.driverTrace(to: last)
            let time = schedule.network.calendars[random.activities[0].calendar]
            let sum = trace.activities.map { random.activities[$0].duration }.reduce(0, +)
            #expect(sum == time.work(from: random.start, to: schedule.projectFinish), "seed \(seed)")
            #expect(trace.activities.allSatisfy { schedule.totalFloat[$0] == 0 }, "seed \(seed)")
            let heaviest = schedule.network.longestPath(from: trace.activities[0], to: last) {
                random.activities[$0].duration
            }
            let weight = heaviest?.activities.map { random.activities[$0].duration }.reduce(0, +)
            #expect(weight == sum, "seed \(seed)")
        }
    }

    @Test("The longest path by weight is the best of all paths, and of equals the one first in the input")
    func longestPathByWeight() throws {
        try forEachNetwork(300, salt: 7) { random, schedule, seed in
            let network = schedule.network
            var generator = SeededGenerator(seed: seed)
            let weights = random.activities.map { _ in Int.random(in: 0...4, using: &generator) }
            func best(from: Int, to: Int) -> [Int]? {
                if from == to { return [] }
                var found: (weight: Int, path: [Int])?
                for (number, relation) in random.relations.enumerated() {
                    let predecessor = network.index(of: relation.predecessor)!
                    guard network.index(of: relation.successor) == to, let path = best(from: from, to: predecessor)
                    else { continue }
                    let weight = ([from] + path.map { network.index(of: random.relations[$0].successor)! })
                        .map { weights[$0] }.reduce(0, +)
                    if weight > found?.weight ?? -1 { found = (weight, path + [number]) }
                }
                return found?.path
            }
            for from in weights.indices {
                for to in weights.indices {
                    let path = network.longestPath(from: from, to: to) { weights[$0] }
                    #expect(path?.relations == best(from: from, to: to), "seed \(seed) from \(from) to \(to)")
                }
            }
        }
    }
}
