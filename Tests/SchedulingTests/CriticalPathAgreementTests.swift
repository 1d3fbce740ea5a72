import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import Scheduling

@Suite("Critical path: agreement with plain references")
struct CriticalPathAgreementTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] != nil

    /// Early and late dates by walking every path from every activity: no passes, no order.
    private struct EveryPath {
        let durations: [Int]
        let arcs: [(Int, Int)]

        func longest(into node: Int) -> Int {
            arcs.filter { $0.1 == node }.map { longest(into: $0.0) + durations[$0.0] }.max() ?? 0
        }

        func longest(outOf node: Int) -> Int {
            arcs.filter { $0.0 == node }.map { longest(outOf: $0.1) + durations[$0.1] }.max() ?? 0
        }
    }

    @Test("On every network of up to five activities the dates and floats are those of walking every path")
    func everySmallNetwork() throws {
        let vectors = [[1, 1, 1, 1, 1], [3, 0, 2, 5, 1], [0, 0, 4, 0, 2], [2, 7, 1, 3, 3]]
        for count in 1...5 {
            let slots = (0..<count).flatMap { from in (from + 1..<max(from + 1, count)).map { (from, $0) } }
            for subset in 0..<(1 << slots.count) {
                let arcs = slots.indices.filter { subset >> $0 & 1 == 1 }.map { slots[$0] }
                let relations = arcs.map { Relation("\($0.0)", "\($0.1)") }
                for vector in vectors {
                    let durations = Array(vector.prefix(count))
                    let paths = EveryPath(durations: durations, arcs: arcs)
                    let network = try ActivityNetwork(
                        activities: durations.enumerated().map { Activity("\($0.offset)", duration: $0.element) },
                        relations: relations, calendars: [.continuous])
                    let schedule = CriticalPath.solve(network, start: 0)
                    let starts = (0..<count).map(paths.longest(into:))
                    let finish = (0..<count).map { starts[$0] + durations[$0] }.max() ?? 0
                    let floats = (0..<count).map { finish - paths.longest(outOf: $0) - durations[$0] - starts[$0] }
                    let free = (0..<count).map { node in
                        arcs.filter { $0.0 == node }.map { starts[$0.1] - starts[node] - durations[node] }.min()
                            ?? floats[node]
                    }
                    guard schedule.earlyStart == starts, schedule.totalFloat == floats, schedule.freeFloat == free,
                        schedule.projectFinish == finish,
                        schedule.lateFinish == zip(zip(starts, durations), floats).map({ $0.0 + $0.1 + $1 })
                    else {
                        Issue.record("\(count) activities, subset \(subset), durations \(durations)")
                        return
                    }
                }
            }
        }
    }

    private func check(_ random: RandomNetwork, _ seed: UInt64) throws {
        let schedule = CriticalPath.solve(try random.network(), random.terms)
        let plain = PlainCriticalPath(
            random.activities, random.relations, calendars: Calendars.allMinuteByMinute,
            elapsed: Calendars.allMinuteByMinute[2], terms: random.terms)
        let agrees =
            schedule.ready == plain.ready && schedule.earlyStart == plain.earlyStart
            && schedule.earlyFinish == plain.earlyFinish && schedule.lateStart == plain.lateStart
            && schedule.lateFinish == plain.lateFinish && schedule.totalFloat == plain.totalFloat
            && schedule.freeFloat == plain.freeFloat
        #expect(agrees, "seed \(seed): \(random)")
    }

    @Test(
        "Random networks agree with the rules written down plainly, minute by minute",
        arguments: [RandomNetwork.Features.plain, .oneCalendar, .mixed, .constrained, .underWay])
    func randomNetworks(features: RandomNetwork.Features) throws {
        for seed in 0..<(Self.isLong ? UInt64(20_000) : 1500) {
            var generator = SeededGenerator(seed: seed)
            try check(RandomNetwork(features, using: &generator), seed)
        }
    }

    @Test(
        "The passes in ranks give what the general passes give",
        arguments: [RandomNetwork.Features.plain, .oneCalendar])
    func rankPass(features: RandomNetwork.Features) throws {
        var linked = 0
        for seed in 0..<UInt64(3000) {
            var generator = SeededGenerator(seed: seed &+ 1 << 40)
            let random = RandomNetwork(features, using: &generator)
            let network = try random.network()
            let terms = ScheduleTerms(start: random.start, finish: random.finish)
            let general = Schedule(
                network: network, terms: terms, dates: .table(CriticalPath.solveInGeneral(network, terms)))
            let dates = try #require(RankPass.solve(network, start: random.start, finish: random.finish))
            let fast = Schedule(network: network, terms: terms, dates: .ranks(dates))
            #expect(fast.hasSameDates(as: general), "seed \(seed): \(random)")
            linked += network.linkRules.isEmpty ? 0 : 1
        }
        #expect(features == .plain ? linked == 0 : linked > 1000)
    }

    @Test(
        "The passes over calendar tables give what the general passes give",
        arguments: [RandomNetwork.Features.plain, .oneCalendar, .mixed, .constrained])
    func minutePass(features: RandomNetwork.Features) throws {
        var many = 0
        for seed in 0..<UInt64(3000) {
            var generator = SeededGenerator(seed: seed &+ 1 << 43)
            let random = RandomNetwork(features, using: &generator)
            let network = try random.network()
            let terms = ScheduleTerms(start: random.start, finish: random.finish)
            // Also where ranks alone would do.
            guard let form = MinuteForm(network) else {
                #expect(random.activities.contains { $0.constraints.asLateAsPossible }, "seed \(seed)")
                continue
            }
            var dates = MinuteDates()
            #expect(MinutePass.solve(network, form, terms, into: &dates), "seed \(seed): \(random)")
            let general = Schedule(
                network: network, terms: terms, dates: .table(CriticalPath.solveInGeneral(network, terms)))
            let fast = Schedule(network: network, terms: terms, dates: .minutes(dates))
            many += 1
            guard fast.hasSameDates(as: general) else {
                Issue.record("seed \(seed): \(random)")
                return
            }
        }
        #expect(many > 1500)
    }

    @Test("Long closures on one calendar or the other, and dates far away, are within the tables too")
    func closures() throws {
        let hours = [WorkingTime.officeHours]
        let week = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) })
        for seed in 0..<UInt64(80) {
            var generator = SeededGenerator(seed: seed &+ 1 << 44)
            var random = RandomNetwork(.mixed, using: &generator)
            let calendars = (0..<4).map { number in
                let first = random.start / 1440 + Int.random(in: -400...400, using: &generator)
                let off = (first..<first + 90 * number).map { (LocalDate(dayNumber: $0), [Range<Int>]()) }
                return WorkingTime(week: week, exceptions: Dictionary(uniqueKeysWithValues: off))
            }
            let far = Int.random(in: -2_000_000...2_000_000, using: &generator)
            if seed % 3 == 0 { random.activities[0].constraints.mustStart = random.start + far }
            if seed % 5 == 0 { random.finish = random.start - far }
            let network = try ActivityNetwork(
                activities: random.activities, relations: random.relations, calendars: calendars)
            let terms = ScheduleTerms(start: random.start, finish: random.finish)
            let form = try #require(MinuteForm(network))
            var dates = MinuteDates()
            #expect(MinutePass.solve(network, form, terms, into: &dates), "seed \(seed): \(random)")
            let fast = Schedule(network: network, terms: terms, dates: .minutes(dates))
            let general = Schedule(
                network: network, terms: terms, dates: .table(CriticalPath.solveInGeneral(network, terms)))
            #expect(fast.hasSameDates(as: general), "seed \(seed): \(random)")
        }
    }

    @Test(
        "A solver used again gives what solving anew gives",
        arguments: [RandomNetwork.Features.plain, .oneCalendar, .mixed, .constrained])
    func repeatedSolver(features: RandomNetwork.Features) throws {
        for seed in 0..<UInt64(150) {
            var generator = SeededGenerator(seed: seed &+ 1 << 42)
            let random = RandomNetwork(features, using: &generator)
            let network = try random.network()
            var solver = RepeatedSolver(network, start: random.start, finish: random.finish)
            for round in 0..<4 {
                let whole = CriticalPath.solve(
                    network.with(durations: solver.durations), start: random.start, finish: random.finish)
                #expect(solver.schedule.hasSameDates(as: whole), "seed \(seed), round \(round): \(random)")
                for index in random.activities.indices {
                    #expect(solver.earlyStart(of: index) == whole.earlyStart[index], "seed \(seed)")
                    #expect(solver.lateFinish(of: index) == whole.lateFinish[index], "seed \(seed)")
                    #expect(solver.freeFloat(of: index) == whole.freeFloat[index], "seed \(seed)")
                }
                solver.solve(
                    durations: random.activities.map { _ in
                        Bool.random(using: &generator) ? 0 : Int.random(in: 0...1500, using: &generator)
                    })
            }
        }
    }

    @Test("Every start has its reason, and every driver's start is the activity's")
    func reasons() throws {
        for seed in 0..<UInt64(1000) {
            var generator = SeededGenerator(seed: seed &+ 1 << 41)
            let random = RandomNetwork(.constrained, using: &generator)
            let network = try random.network()
            let schedule = CriticalPath.solve(network, start: random.start, finish: random.finish)
            for index in random.activities.indices {
                let reason = schedule.reason(forStartOf: index)
                #expect(reason.start == schedule.scheduledStart(index))
                for driver in schedule.drivers(of: index) {
                    #expect(network.relations[driver].successor == network.activities[index].id, "seed \(seed)")
                }
                let trace = schedule.driverTrace(to: index)
                #expect(trace.activities.last == index)
                #expect(schedule.driverTrace(to: index, from: trace.activities[0]) != nil, "seed \(seed)")
                #expect(schedule.drivers(of: trace.activities[0]).isEmpty, "seed \(seed)")
            }
        }
    }
}
