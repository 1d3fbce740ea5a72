import TestSupport
import Testing

@testable import Scheduling

@Suite("Simulation: closed forms")
struct SimulationClosedFormTests {
    private func network(_ count: Int, _ relations: [(Int, Int)], calendar: WorkingTime = .continuous) throws
        -> ActivityNetwork
    {
        try ActivityNetwork(
            activities: (0..<count).map { Activity("a\($0)", duration: 0) },
            relations: relations.map { Relation("a\($0.0)", "a\($0.1)") }, calendars: [calendar])
    }

    private func finishes(
        _ network: ActivityNetwork, _ uncertainties: [Uncertainty], runs: Int = 16_384,
        _ settings: SimulationSettings = SimulationSettings(seed: 3)
    ) throws -> OutcomeDistribution {
        let part = try NetworkSimulation(network, uncertainties, start: 0, settings: settings)
            .run(0..<runs, detail: .outcomes)
        return OutcomeDistribution(part.finishes.map { Int($0) })
    }

    @Test("Two in parallel: the chance of both by t is the product of the chances")
    func maximumOfTwo() throws {
        let first = Distribution.uniform(min: 1000, max: 9000)
        let second = Distribution.triangular(min: 2000, likely: 3000, max: 10_000)
        let samples = try finishes(try network(2, []), [Uncertainty(first), Uncertainty(second)])
        for t in stride(from: 2500, through: 9500, by: 500) {
            let expected = first.chance(ofAtMost: Double(t) + 0.5) * second.chance(ofAtMost: Double(t) + 0.5)
            let error = (expected * (1 - expected) / Double(samples.count)).squareRoot()
            #expect(abs(samples.chance(ofAtMost: t).value - expected) <= 4 * error + 1e-9)
        }
    }

    @Test("A chain: means and variances add up")
    func chain() throws {
        let links = (0..<7).map { Distribution.pert(min: 480, likely: 960 + 240 * Double($0), max: 4800) }
        let samples = try finishes(
            try network(7, (0..<6).map { ($0, $0 + 1) }), links.map { Uncertainty($0) })
        let mean = links.reduce(0) { $0 + $1.mean }
        let variance = links.reduce(0) { $0 + $1.variance }
        let n = Double(samples.count)
        #expect(abs(samples.mean - mean) < 4 * (variance / n).squareRoot())
        // A sum of seven is nearly normal: the variance of a sample variance is 2σ⁴/n.
        #expect(
            abs(samples.standardDeviation * samples.standardDeviation - variance) < 5 * variance * (2 / n).squareRoot())
        // … and so its P80 is nearly that of the normal distribution.
        let p80 = mean + 0.8416 * variance.squareRoot()
        #expect(abs(Double(samples.quantile(0.8) ?? 0) - p80) < 0.02 * variance.squareRoot() * 4)
    }

    @Test("Even spreading leaves the mean where it is and makes it surer")
    func latinHypercube() throws {
        let chain = try network(5, (0..<4).map { ($0, $0 + 1) })
        let uncertainties = (0..<5).map { _ in Uncertainty(.triangular(min: 480, likely: 960, max: 4800)) }
        func spread(_ latin: Bool) throws -> (mean: Double, deviation: Double) {
            let part = try NetworkSimulation(
                chain, uncertainties, start: 0, settings: SimulationSettings(seed: 5, latinHypercube: latin)
            ).run(0..<16_384, detail: .outcomes)
            let means = stride(from: 0, to: part.count, by: SampleBlock.size).map { first in
                part.finishes[first..<first + SampleBlock.size].reduce(0) { $0 + Int($1) } / SampleBlock.size
            }
            let distribution = OutcomeDistribution(means)
            return (distribution.mean, distribution.standardDeviation)
        }
        let random = try spread(false)
        let even = try spread(true)
        let mean = 5 * Distribution.triangular(min: 480, likely: 960, max: 4800).mean
        #expect(abs(even.mean - mean) < 2)
        #expect(even.deviation < random.deviation / 10)
    }

    @Test("A common factor correlates what shares it and changes no distribution by itself")
    func correlation() throws {
        let single = Distribution.uniform(min: 1000, max: 9000)
        for (correlation, factors) in [(0.5, ["x", "x"]), (0.5, ["x", "y"]), (0, ["x", "x"])] {
            let settings = SimulationSettings(seed: 9, correlation: correlation)
            let uncertainties = factors.map { Uncertainty(single, factor: $0) }
            let sum = try finishes(try network(2, [(0, 1)]), uncertainties, settings)
            let alone = try finishes(try network(1, []), [uncertainties[0]], settings)
            #expect(abs(alone.mean - single.mean) < 4 * (single.variance / 16_384).squareRoot())
            #expect(abs(alone.standardDeviation / single.variance.squareRoot() - 1) < 0.02)
            // Uniform scores of a Gaussian copula correlate by 6/π asin(ρ/2).
            let expected = correlation > 0 && factors[0] == factors[1] ? 6 / Double.pi * 0.252680255 : 0
            let found = sum.standardDeviation * sum.standardDeviation / (2 * single.variance) - 1
            #expect(abs(found - expected) < 0.025)
        }
    }

    @Test("What may not happen happens as often as its chance says, and only after what it needs")
    func chances() throws {
        let chain = try network(2, [(0, 1)])
        let samples = try finishes(
            chain,
            [
                Uncertainty(.fixed(1000), chance: 0.4),
                Uncertainty(.fixed(10), chance: 0.25, onlyAfter: "a0"),
            ])
        #expect(samples.values == [0, 1000, 1010])
        func isNear(_ value: Double, _ expected: Double) -> Bool {
            abs(value - expected) < 4 * (expected * (1 - expected) / 16_384).squareRoot()
        }
        #expect(isNear(samples.chance(ofAtMost: 0).value, 0.6))
        #expect(isNear(samples.chance(ofAtMost: 1000).value, 0.9))
    }

    @Test("Drivers of a chain of one and of what never matters")
    func drivers() throws {
        let simulation = try NetworkSimulation(
            try network(2, []),
            [Uncertainty(.uniform(min: 5000, max: 9000)), Uncertainty(.uniform(min: 100, max: 200))], start: 0)
        let drivers = simulation.drivers(ofWindow: nil, in: simulation.run(0..<10_000))
        #expect(drivers[0].criticality.value == 1)
        #expect(abs(drivers[0].cruciality - 1) < 1e-12)
        #expect(abs(drivers[0].rankCorrelation - 1) < 1e-12)
        #expect(abs(drivers[0].sensitivity - 1) < 1e-12)
        #expect(abs((drivers[0].low ?? 0) - 5200) < 20)
        #expect(abs((drivers[0].high ?? 0) - 8800) < 20)
        #expect(drivers[1].criticality.successes == 0)
        #expect(abs(drivers[1].cruciality) < 0.05)
        #expect(abs(drivers[1].rankCorrelation) < 0.05)
        #expect(drivers[1].sensitivity == 0)
        #expect(abs(drivers[1].swing) < 200)
    }
}

@Suite("Simulation: agreement with the critical path")
struct SimulationAgreementTests {
    /// Distributions around the durations, some that may not happen.
    private func uncertainties(
        _ activities: [Activity], mayBeEmpty: Bool, using generator: inout SeededGenerator
    ) -> [Uncertainty] {
        activities.map { activity in
            let likely = Double(activity.duration)
            switch Int.random(in: 0..<(mayBeEmpty ? 5 : 3), using: &generator) {
            case 0: return .fixed(activity.duration)
            case 1: return Uncertainty(.uniform(min: likely / 2, max: 2 * likely))
            case 2: return Uncertainty(.triangular(min: likely / 2, likely: likely, max: 3 * likely), unit: 60)
            case 3: return Uncertainty(.pert(min: 0, likely: likely, max: 2 * likely + 480), unit: 480)
            default: return Uncertainty(.fixed(likely), chance: 0.5)
            }
        }
    }

    /// Solves every sample again by the general rules.
    private func check(
        _ random: RandomNetwork, calendars: [WorkingTime], mayBeEmpty: Bool = true, seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let network = try ActivityNetwork(
            activities: random.activities, relations: random.relations, calendars: calendars)
        let uncertainties = uncertainties(random.activities, mayBeEmpty: mayBeEmpty, using: &generator)
        let simulation = try NetworkSimulation(
            network, uncertainties, start: random.start, settings: SimulationSettings(seed: seed))
        let runs = 20
        let part = simulation.run(0..<runs, detail: .criticality)
        var room = simulation.sampler.room()
        simulation.sampler.draw(block: 0, into: &room)
        var critical = [Int](repeating: 0, count: network.activities.count)
        for sample in 0..<runs {
            let durations = network.position.map {
                Int(room.durations[Int($0) * SampleBlock.vectors + sample / 8][sample % 8])
            }
            let schedule = CriticalPath.solve(network.with(durations: durations), start: random.start)
            let own = network.calendars[Int(network.calendarOf.first ?? 0)]
            let finish = simulation.instant(ofFinish: Int(part.finishes[sample]))
            // A closing and the opening after it are the same moment of work on all calendars.
            let isSame =
                calendars.allSatisfy { $0.work(from: finish, to: schedule.projectFinish) == 0 }
                || (LanePass(
                    network, longest: simulation.sampler.longest, mayBeAbsent: simulation.sampler.mayBeAbsent) != nil
                    && own.work(from: finish, to: schedule.projectFinish) == 0)
            #expect(isSame, "seed \(seed), sample \(sample)")
            for activity in critical.indices where schedule.isCritical(activity) {
                // What does not happen is not critical.
                if durations[activity] > 0 || uncertainties[activity].chance == 1 { critical[activity] += 1 }
            }
        }
        #expect(network.order.map { critical[Int($0)] } == part.critical[0], "seed \(seed)")
    }

    @Test("On one calendar, lanes give the dates and floats of the general rules", arguments: 0..<40 as Range<UInt64>)
    func lanes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for features in [RandomNetwork.Features.plain, .oneCalendar] {
            let random = RandomNetwork(features, using: &generator)
            try check(random, calendars: Calendars.all, seed: seed)
        }
    }

    @Test(
        "On working and calendar days, days give the dates and floats of the general rules",
        arguments: 0..<60 as Range<UInt64>)
    func days(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        var random = RandomNetwork(.mixed, using: &generator)
        for index in random.activities.indices {
            random.activities[index].calendar %= 2
            // Milestones with days off are left to the general rules.
            if random.activities[index].duration == 0 { random.activities[index].calendar = 1 }
        }
        for index in random.relations.indices {
            switch random.relations[index].lagCalendar {
            case .elapsed: random.relations[index].lagCalendar = .calendar(1)
            case .calendar(let calendar): random.relations[index].lagCalendar = .calendar(calendar % 2)
            default: break
            }
        }
        try check(random, calendars: [Calendars.working, Calendars.everyDay], mayBeEmpty: false, seed: seed)
    }

    @Test("Networks with constraints and hours that differ go by the general rules", arguments: 0..<10 as Range<UInt64>)
    func general(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 2000)
        try check(RandomNetwork(.constrained, using: &generator), calendars: Calendars.all, seed: seed)
    }
}

@Suite("Simulation: samples and parts")
struct SimulationPartTests {
    private func simulation(_ settings: SimulationSettings = SimulationSettings(seed: 11), count: Int = 12) throws
        -> NetworkSimulation
    {
        let network = try ActivityNetwork(
            activities: (0..<count).map { Activity("a\($0)", duration: 480, calendar: $0 % 2) },
            relations: (2..<count).map { Relation("a\($0 - 2)", "a\($0)", $0 == 5 ? .startToStart : .finishToStart) },
            calendars: [Calendars.working, Calendars.everyDay])
        let uncertainties = (0..<count).map { number in
            Uncertainty(
                .pert(min: 480, likely: 960, max: 4800), unit: 480, chance: number == 4 ? 0.3 : 1,
                factor: "x\(number % 3)")
        }
        let window = TimeWindow(
            from: [0], begins: [0], to: [count - 1], counted: Set(1..<count), calendar: 0)
        return try NetworkSimulation(
            network, uncertainties, start: at("2024-09-13 17:00"), settings: settings, windows: [window],
            emptyStays: true)
    }

    @Test(
        "However samples are divided and in whatever order they are run, the bits are the same",
        arguments: [
            SimulationSettings(seed: 11), SimulationSettings(seed: 11, latinHypercube: true, correlation: 0.4),
        ])
    func division(settings: SimulationSettings) throws {
        let simulation = try simulation(settings)
        let runs = 2000
        let whole = simulation.run(0..<runs)
        for size in [256, 512, 1280] {
            let ranges = stride(from: 0, to: runs, by: size).map { $0..<min(runs, $0 + size) }
            let parts = Dictionary(uniqueKeysWithValues: ranges.reversed().map { ($0.lowerBound, simulation.run($0)) })
            var joined = simulation.run(0..<0)
            for range in ranges { joined.append(parts[range.lowerBound]!) }
            #expect(joined.finishes == whole.finishes)
            #expect(joined.measures == whole.measures)
            for window in [nil, 0] {
                #expect(
                    simulation.drivers(ofWindow: window, in: joined) == simulation.drivers(ofWindow: window, in: whole))
            }
        }
    }

    @Test("An activity takes the same time in the same sample whatever is around it")
    func commonRandomNumbers() throws {
        let (small, large) = (try simulation(count: 6), try simulation(count: 12))
        var rooms = (small.sampler.room(), large.sampler.room())
        small.sampler.draw(block: 3, into: &rooms.0)
        large.sampler.draw(block: 3, into: &rooms.1)
        for index in 0..<6 {
            let (a, b) = (Int(small.network.position[index]), Int(large.network.position[index]))
            #expect(
                rooms.0.durations[a * SampleBlock.vectors..<(a + 1) * SampleBlock.vectors]
                    == rooms.1.durations[b * SampleBlock.vectors..<(b + 1) * SampleBlock.vectors])
        }
    }

    @Test("Another seed gives other samples")
    func seeds() throws {
        #expect(
            try simulation().run(0..<256).finishes != simulation(SimulationSettings(seed: 12)).run(0..<256).finishes)
    }
}

@Suite("Outcome distributions")
struct OutcomeDistributionTests {
    @Test("Order statistics, their intervals and shares")
    func quantiles() {
        let distribution = OutcomeDistribution((1...1000).map { ($0 * 37) % 1000 + 1 })
        #expect(distribution.quantile(0.8) == 800)
        #expect(distribution.quantile(0) == 1)
        #expect(distribution.quantile(1) == 1000)
        // 800 ± 1.96 √160 = 775.2…824.8
        #expect(distribution.quantileInterval(0.8) == 776...825)
        #expect(distribution.chance(ofAtMost: 250).successes == 250)
        #expect(distribution.chance(ofAtMost: 0).successes == 0)
        #expect(abs(distribution.mean - 500.5) < 1e-9)
        #expect(OutcomeDistribution([Int]()).quantile(0.5) == nil)
    }

    @Test("Values far apart are counted too")
    func farApart() {
        let distribution = OutcomeDistribution([5_000_000, -7, 5_000_000, 12])
        #expect(distribution.values == [-7, 12, 5_000_000])
        #expect(distribution.cumulative == [1, 2, 4])
    }

    @Test("Wilson's interval of 8 in 10")
    func wilson() {
        let interval = ChanceEstimate(successes: 8, of: 10).interval
        #expect(abs(interval.lowerBound - 0.4901625) < 1e-6)
        #expect(abs(interval.upperBound - 0.9433178) < 1e-6)
        #expect(ChanceEstimate(successes: 0, of: 10).interval.lowerBound == 0)
    }

    @Test("Bins hold every sample once, end at whole units and are few")
    func histogram() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<50 {
            let samples = (0..<200).map { _ in Int.random(in: -3000...90_000, using: &generator) }
            let distribution = OutcomeDistribution(samples)
            let bins = distribution.histogram(unit: 480, origin: 100, atMost: 12)
            #expect(bins.count <= 12)
            #expect(bins.reduce(0) { $0 + $1.count } == samples.count)
            for bin in bins {
                #expect((bin.to - 100) % 480 == 0)
                #expect(bin.count == samples.count { bin.from < $0 && $0 <= bin.to })
            }
            #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.to == $1.from })
        }
    }

    @Test("The curve rises to one")
    func curve() {
        let distribution = OutcomeDistribution((0..<5000).map { ($0 * 7919) % 4999 })
        let curve = distribution.curve(atMost: 50)
        #expect(curve.count <= 50)
        #expect(curve.last?.p == 1)
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.x < $1.x && $0.p < $1.p })
    }
}
