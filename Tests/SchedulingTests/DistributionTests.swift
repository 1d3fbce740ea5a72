import TestSupport
import Testing

@testable import Scheduling

@Suite("Distributions")
struct DistributionTests {
    static let examples: [Distribution] = [
        .fixed(2400), .uniform(min: 480, max: 4800), .triangular(min: 480, likely: 960, max: 4800),
        .triangular(min: 480, likely: 480, max: 4800), .triangular(min: 480, likely: 4800, max: 4800),
        .pert(min: 480, likely: 960, max: 4800), .pert(min: 480, likely: 480, max: 4800),
        .pert(min: 480, likely: 4800, max: 4800), .pert(min: 0, likely: 3000, max: 4000, weight: 10),
        .pert(min: 100, likely: 3000, max: 4000, weight: 1), .observed([960, 480, 480, 2400, 9600]),
        .quantiles([480, 480, 960, 1440, 4800]),
    ]

    /// A network of one activity, drawn as it is.
    static func sample(
        _ uncertainty: Uncertainty, seed: UInt64 = 1, count: Int = 16_384, _ settings: SimulationSettings? = nil
    ) throws -> [Int] {
        let network = try ActivityNetwork(
            activities: [Activity("a", duration: 0)], calendars: [.continuous])
        let simulation = try NetworkSimulation(
            network, [uncertainty], start: 0, settings: settings ?? SimulationSettings(seed: seed))
        return simulation.run(0..<count, detail: .outcomes).finishes.map { Int($0) }
    }

    @Test("Means and variances of samples are those of the formulas within four standard errors", arguments: examples)
    func moments(distribution: Distribution) throws {
        let samples = OutcomeDistribution(try Self.sample(Uncertainty(distribution)))
        let n = Double(samples.count)
        let centred = zip(samples.values, [0] + samples.cumulative).enumerated().reduce(0.0) { sum, entry in
            let count = samples.cumulative[entry.offset] - entry.element.1
            let deviation = Double(entry.element.0) - samples.mean
            return sum + deviation * deviation * deviation * deviation * Double(count)
        }
        // Rounding to whole minutes adds a twelfth to the variance.
        let variance = distribution.variance
        let error = (variance / n).squareRoot()
        #expect(abs(samples.mean - distribution.mean) <= 4 * error + 1e-9)
        let drawn = samples.standardDeviation * samples.standardDeviation
        let errorOfVariance = max(0, (centred / n - drawn * drawn) / n).squareRoot()
        #expect(abs(drawn - variance) <= 4 * errorOfVariance + 0.1)
        #expect(samples.values.first ?? 0 >= Int(distribution.bounds.lowerBound))
        #expect(samples.values.last ?? 0 <= Int(distribution.bounds.upperBound))
    }

    @Test(
        "Samples follow the distribution function: Kolmogorov's distance stays below its 99.99 % bound",
        arguments: examples)
    func shape(distribution: Distribution) throws {
        let samples = OutcomeDistribution(try Self.sample(Uncertainty(distribution), seed: 7))
        let bound = 2.23 / Double(samples.count).squareRoot()
        for value in samples.values {
            // A sample stands for the half minute on both sides.
            let drawn = samples.chance(ofAtMost: value).value
            let above = distribution.chance(ofAtMost: Double(value) + 0.5)
            let below = distribution.chance(ofAtMost: Double(value) - 0.5)
            guard drawn <= above + bound, drawn >= below - bound else {
                Issue.record("at \(value): \(drawn), expected \(below) to \(above)")
                return
            }
        }
    }

    @Test("Quantiles and chances undo each other", arguments: examples)
    func inverse(distribution: Distribution) {
        for step in 1..<100 {
            let p = Double(step) / 100
            let value = distribution.quantile(p)
            #expect(distribution.bounds.contains(value))
            #expect(distribution.chance(ofAtMost: value) >= p - 1e-9)
            #expect(distribution.chance(ofAtMost: value - 1e-6) <= p + 1e-6)
        }
    }

    @Test("PERT has the mean and variance of its beta distribution, summed over its quantiles")
    func pert() {
        let distribution = Distribution.pert(min: 1, likely: 3, max: 9)
        #expect(abs(distribution.mean - 22.0 / 6) < 1e-12)
        let steps = 20_000
        let values = (0..<steps).map { distribution.quantile((Double($0) + 0.5) / Double(steps)) }
        let mean = values.reduce(0, +) / Double(steps)
        #expect(abs(mean - distribution.mean) < 1e-4)
        #expect(abs(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps) - distribution.variance) < 1e-3)
    }

    @Test("The incomplete beta function gives binomial tails and powers")
    func incompleteBeta() {
        #expect(abs(SpecialFunctions.incompleteBeta(0.3, 1, 4) - (1 - 0.7 * 0.7 * 0.7 * 0.7)) < 1e-12)
        #expect(abs(SpecialFunctions.incompleteBeta(0.3, 2.5, 1) - 0.049295030175) < 1e-11)
        // P(Bin(5, 0.4) ≥ 2) = I_0.4(2, 4).
        let tail = 1 - 0.07776 - 5 * 0.4 * 0.1296
        #expect(abs(SpecialFunctions.incompleteBeta(0.4, 2, 4) - tail) < 1e-12)
        for step in 1..<20 {
            let x = Double(step) / 20
            let sum = SpecialFunctions.incompleteBeta(x, 3.7, 1.9) + SpecialFunctions.incompleteBeta(1 - x, 1.9, 3.7)
            #expect(abs(sum - 1) < 1e-12)
        }
    }

    @Test("Normal scores and chances undo each other")
    func normal() {
        #expect(abs(SpecialFunctions.normalQuantile(0.975) - 1.959963985) < 1e-6)
        for p in [1e-7, 1e-4, 0.01, 0.2, 0.5, 0.6, 0.97, 0.99999] {
            #expect(abs(SpecialFunctions.normal(SpecialFunctions.normalQuantile(p)) - p) < 1e-8 + 1e-5 * p * (1 - p))
        }
    }

    @Test("What remains after a while is the rest, on condition that it lasts longer", arguments: examples)
    func remaining(distribution: Distribution) {
        #expect(distribution.remaining(after: 0) == distribution)
        #expect(distribution.remaining(after: 10_000).bounds == 0...0)
        let elapsed = 1000.0
        let rest = distribution.remaining(after: elapsed)
        let past = distribution.chance(ofAtMost: elapsed)
        guard past < 1 else { return }
        for more in [100.0, 500, 2000] {
            let expected = (distribution.chance(ofAtMost: elapsed + more) - past) / (1 - past)
            #expect(abs(rest.chance(ofAtMost: more) - expected) < 2e-3)
        }
    }

    @Test("Whole days are the nearest ones, between the ends")
    func wholeDays() throws {
        let samples = try Self.sample(Uncertainty(.triangular(min: 480, likely: 960, max: 2400), unit: 480))
        let distribution = OutcomeDistribution(samples)
        #expect(distribution.values == [480, 960, 1440, 1920, 2400])
        let triangle = Distribution.triangular(min: 480, likely: 960, max: 2400)
        let two = distribution.chance(ofAtMost: 960).value
        let error = 4 * (two * (1 - two) / Double(samples.count)).squareRoot()
        #expect(abs(two - triangle.chance(ofAtMost: 1200)) < error)
    }

    @Test("What is not a distribution is refused")
    func mistakes() throws {
        for bad in [
            Distribution.fixed(-1), .uniform(min: 2, max: 1), .triangular(min: 1, likely: 0, max: 2), .observed([]),
            .quantiles([1]), .quantiles([2, 1]), .pert(min: 0, likely: .nan, max: 1),
            .pert(min: 0, likely: 1, max: 2, weight: -1),
        ] {
            #expect(throws: SimulationError.badFigures(activity: "a")) { try Self.sample(Uncertainty(bad)) }
        }
        #expect(throws: SimulationError.badFigures(activity: "a")) {
            try Self.sample(Uncertainty(.fixed(1), chance: 1.5))
        }
        #expect(throws: SimulationError.correlation(1)) {
            try Self.sample(.fixed(1), SimulationSettings(correlation: 1))
        }
        #expect(throws: SimulationError.notBefore("b", activity: "a")) {
            try Self.sample(Uncertainty(.fixed(1), onlyAfter: "b"))
        }
    }
}

@Suite("Philox")
struct PhiloxTests {
    /// - Source: the known answers of the Random123 distribution for philox4x32 with ten rounds.
    @Test(
        arguments: [
            ([0, 0, 0, 0], [0, 0], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
            (
                [.max, .max, .max, .max], [.max, .max],
                [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]
            ),
            (
                [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0],
                [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
            ),
        ] as [([UInt32], [UInt32], [UInt32])])
    func knownAnswers(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
        let philox = Philox(key: UInt64(key[1]) << 32 | UInt64(key[0]))
        let lanes = counter.map { Philox.Lanes(repeating: $0) }
        let words = philox.words(at: (lanes[0], lanes[1], lanes[2], lanes[3]))
        for lane in 0..<8 {
            #expect([words.0[lane], words.1[lane], words.2[lane], words.3[lane]] == answer)
        }
    }
}
