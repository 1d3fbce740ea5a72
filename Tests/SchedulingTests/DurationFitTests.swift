import Foundation
import TestSupport
import Testing

@testable import Scheduling

@Suite("Distributions fitted to past durations")
struct DurationFitTests {
    private func draw(_ distribution: Distribution, _ count: Int, seed: UInt64, unit: Double = 1) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let p = Double(generator.next() >> 11) * 0x1p-53
            return (distribution.quantile(p) / unit).rounded() * unit
        }
    }

    private func expect(_ value: Double, near wanted: Double, within: Double, _ seed: UInt64) {
        #expect(abs(value - wanted) <= within, "\(value) for \(wanted), seed \(seed)")
    }

    // MARK: Known distributions

    @Test(
        "The three figures of a triangular distribution are found again within a fifth of its width",
        arguments: [(480.0, 1440.0, 4800.0), (0, 0, 2400), (1000, 5000, 5000), (960, 2400, 3840)])
    func triangular(min: Double, likely: Double, max: Double) throws {
        for seed: UInt64 in 1...4 {
            let samples = draw(.triangular(min: min, likely: likely, max: max), 300, seed: seed)
            let fit = DurationFit(of: samples, replicates: 9, seed: seed)
            let candidate = try #require(fit.candidates.first { $0.family == .triangular })
            guard case .triangular(let low, let mode, let high) = candidate.distribution else {
                Issue.record("\(candidate.distribution)")
                return
            }
            expect(low, near: min, within: 0.1 * (max - min), seed)
            expect(mode, near: likely, within: 0.2 * (max - min), seed)
            expect(high, near: max, within: 0.1 * (max - min), seed)
            expect(candidate.distribution.mean, near: (min + likely + max) / 3, within: 0.05 * (max - min), seed)
        }
    }

    @Test("No other triangle on a grid over ends and modes is likelier than the one found")
    func likeliest() throws {
        for seed: UInt64 in 1...8 {
            let samples = draw(.triangular(min: 100, likely: 150 * Double(seed % 3 + 1), max: 600), 12, seed: seed)
            let tally = SampleTally(samples, resolution: 1)
            let fitted = try #require(tally.fitted(.triangular))
            let found = logDensity(of: samples, fitted)
            let (least, greatest) = (tally.min, tally.max)
            let reach = greatest - least
            for low in 0...10 {
                for high in 0...10 {
                    let a = max(0, least - reach * Double(low) / 10)
                    let b = greatest + reach * Double(high) / 10
                    for mode in tally.values {
                        let other = logDensity(of: samples, .triangular(min: a, likely: mode, max: b))
                        #expect(other <= found + 0.02, "seed \(seed): \(a) \(mode) \(b) beats \(fitted)")
                    }
                }
            }
        }
    }

    /// Written out from the definition; samples at an end have no density.
    private func logDensity(of samples: [Double], _ distribution: Distribution) -> Double {
        guard case .triangular(let a, let c, let b) = distribution else { return -.infinity }
        return samples.reduce(0) { sum, x in
            let density =
                x < c
                ? 2 * (x - a) / ((b - a) * (c - a)) : x > c ? 2 * (b - x) / ((b - a) * (b - c)) : 2 / (b - a)
            return sum + log(density)
        }
    }

    @Test("The figures of a PERT distribution are found again, and so are those of a uniform one")
    func pertAndUniform() throws {
        for seed: UInt64 in 1...3 {
            let pert = DurationFit(
                of: draw(.pert(min: 480, likely: 1920, max: 4800), 300, seed: seed), replicates: 19, seed: seed)
            let fitted = try #require(pert.candidates.first { $0.family == .pert })
            #expect(!fitted.isRejected, "seed \(seed)")
            expect(fitted.distribution.mean, near: 2160, within: 150, seed)
            expect(fitted.distribution.variance.squareRoot(), near: 793, within: 120, seed)
            let uniform = DurationFit(
                of: draw(.uniform(min: 480, max: 4800), 200, seed: seed), replicates: 39, seed: seed)
            #expect(uniform.chosen.family == .uniform, "seed \(seed)")
            expect(uniform.chosen.distribution.bounds.lowerBound, near: 480, within: 200, seed)
            expect(uniform.chosen.distribution.bounds.upperBound, near: 4800, within: 200, seed)
        }
    }

    // MARK: Tests

    @Test("If the family is right, p-values are spread evenly over 0...1, for exact durations and for whole days")
    func underTheNull() {
        for unit in [1.0, 480] {
            var values: [Double] = []
            for seed in 1...UInt64(ProcessInfo.processInfo.environment["LONG"] == "1" ? 1000 : 40) {
                let samples = draw(.triangular(min: 960, likely: 1440, max: 4800), 30, seed: seed, unit: unit)
                let tally = SampleTally(samples, resolution: unit)
                guard let distribution = tally.fitted(.triangular) else { continue }
                values.append(
                    FitBootstrap(tally: tally, replicates: 39, seed: seed).p(
                        of: tally.candidate(.triangular, distribution)))
            }
            let n = Double(values.count)
            // Four standard errors: of a mean of uniform numbers, of a share of a tenth and of a half.
            #expect(abs(values.reduce(0, +) / n - 0.5) < 4 * (1 / (12 * n)).squareRoot() + 0.02, "unit \(unit)")
            for share in [0.1, 0.5] {
                let below = Double(values.count { $0 <= share }) / n
                #expect(abs(below - share) < 4 * (share * (1 - share) / n).squareRoot() + 0.02, "unit \(unit) \(below)")
            }
        }
    }

    @Test("A wrong family is rejected, and then the quantile table is chosen if no other is left")
    func wrongFamily() {
        for seed: UInt64 in 1...4 {
            let skewed = DurationFit(
                of: draw(.triangular(min: 0, likely: 0, max: 4800), 200, seed: seed), replicates: 59, seed: seed)
            #expect(skewed.candidates.first { $0.family == .uniform }?.isRejected == true, "seed \(seed)")
            #expect(skewed.chosen.family == .triangular || skewed.chosen.family == .pert, "seed \(seed)")
            let twoHumps = DurationFit(
                of: draw(.uniform(min: 0, max: 480), 60, seed: seed)
                    + draw(.uniform(min: 4320, max: 4800), 60, seed: seed + 9),
                replicates: 59, seed: seed)
            #expect(twoHumps.chosen.family == .quantiles, "seed \(seed)")
            #expect(twoHumps.chosen.p == nil && twoHumps.nearest.family != .quantiles)
        }
    }

    // MARK: Odd samples

    @Test("Equal samples, and a single one, are a fixed value")
    func fixed() {
        for samples in [[960.0], [960, 960, 960], [Double](repeating: 0, count: 50)] {
            let fit = DurationFit(of: samples)
            #expect(fit.chosen.distribution == .fixed(samples[0]) && fit.chosen.distance == 0)
            #expect(fit.count == samples.count && fit.ties == samples.count - 1 && fit.chosen.p == nil)
        }
        #expect(DurationFit(of: [960]).evidence == .tooFew)
    }

    @Test("Less than five are not tested; three figures are read off them")
    func tooFew() {
        let fit = DurationFit(of: [480, 2400, 960])
        #expect(fit.evidence == .tooFew && fit.candidates.allSatisfy { $0.p == nil })
        #expect(fit.chosen.distribution == .quantiles([480, 960, 2400]))
        #expect(fit.nearest.distribution == .triangular(min: 480, likely: 960, max: 2400))
        #expect(DurationFit(of: draw(.uniform(min: 0, max: 9), 19, seed: 1)).evidence == .few)
        #expect(DurationFit(of: draw(.uniform(min: 0, max: 9), 20, seed: 1)).evidence == .enough)
    }

    @Test("Many zeros beside long durations make finite figures that are not negative")
    func zeros() {
        let fit = DurationFit(of: [Double](repeating: 0, count: 40) + draw(.uniform(min: 0, max: 9600), 40, seed: 3))
        #expect(fit.chosen.family == .quantiles)
        for candidate in fit.candidates {
            #expect(candidate.distribution.isValid && candidate.distance.isFinite && candidate.distance <= 1)
        }
    }

    @Test("The same samples in another order have the same fit")
    func order() {
        let samples = draw(.pert(min: 0, likely: 400, max: 900), 20, seed: 5)
        #expect(DurationFit(of: samples, replicates: 19) == DurationFit(of: samples.reversed(), replicates: 19))
    }
}
