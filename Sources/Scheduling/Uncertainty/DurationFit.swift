/// How past durations are spread (工期拟合): the distributions tried, and the one that they speak for.
///
/// Tried are one fixed value, uniform, triangular and PERT, and a table of quantiles, which always fits. A family is held
/// against the samples by Kolmogorov's distance; as its figures come from the same samples, the chance of a distance as
/// great is found by fitting it again to samples drawn from it (parametric bootstrap). Of the families that are not
/// rejected the one with the fewest figures is chosen, of equally many the one with the lesser AIC; else the table.
///
/// - Complexity: O(r · n log n) for n samples and r replicates; no replicates for what is far off.
/// - Source: W. Stute, W. González Manteiga, M. Presedo Quindimil, *Bootstrap based goodness-of-fit tests*, Metrika 40
///   (1993), doi:10.1007/BF02613687; H. Akaike, *A new look at the statistical model identification*, IEEE TAC 19 (1974),
///   doi:10.1109/TAC.1974.1100705.
public struct DurationFit: Sendable, Hashable {
    public let count: Int
    /// How many samples are equal to one before them: where durations are recorded roughly, most are.
    public let ties: Int
    public let min: Double
    public let median: Double
    public let max: Double
    public let mean: Double
    /// From simple to complicated; the quantile table is the last.
    public let candidates: [Candidate]
    /// The index of the chosen one.
    let choice: Int

    public var chosen: Candidate { candidates[choice] }
    /// What so many samples can tell.
    public var evidence: Evidence { count < 5 ? .tooFew : count < 20 ? .few : .enough }

    /// The nearest that three figures and a shape can say, for where no table can be written.
    ///
    /// The chosen one, if it is no table; else the candidate with the least distance.
    public var nearest: Candidate {
        let written = candidates.filter { $0.family != .quantiles }
        guard chosen.family == .quantiles, let first = written.first else { return chosen }
        if evidence == .tooFew { return written.last ?? first }
        return written.dropFirst().reduce(first) { $1.distance < $0.distance ? $1 : $0 }
    }

    /// Below this chance of a distance as great, a family is rejected.
    public static let level = 0.05

    public enum Family: String, Sendable, Hashable, CaseIterable {
        case fixed, uniform, triangular, pert, quantiles

        var figures: Int {
            switch self {
            case .fixed: 1
            case .uniform: 2
            case .triangular, .pert: 3
            case .quantiles: Int.max
            }
        }
    }

    public enum Evidence: String, Sendable, Hashable, CaseIterable {
        /// Less than five: nothing is tested and nothing is known about what was not seen.
        case tooFew
        /// Less than twenty: a test rejects only what is far off.
        case few
        case enough
    }

    /// A distribution tried.
    public struct Candidate: Sendable, Hashable {
        public let family: Family
        public let distribution: Distribution
        /// The greatest difference between the shares of the samples and the chances of the distribution, 0...1.
        public let distance: Double
        /// The chance of such a distance, or a greater one, if the samples are from this family; `nil` if not tested.
        public internal(set) var p: Double?
        /// Akaike's criterion, less is better; `nil` for what has no density.
        public let aic: Double?

        public var isRejected: Bool { p.map { $0 < DurationFit.level } ?? false }
    }

    /// Fits samples.
    ///
    /// - Parameters:
    ///   - samples: minutes, ≥ 0, finite; in any order, not empty.
    ///   - resolution: what they are whole multiples of, > 0: 480 for whole days. A sample stands for all durations that
    ///     round to it, and so do the samples drawn in the test.
    ///   - replicates: how many samples are drawn at most for each family; p-values are multiples of 1 / (replicates + 1).
    ///   - seed: what is drawn depends on it and on the family alone.
    public init(of samples: [Double], resolution: Double = 1, replicates: Int = 199, seed: UInt64 = 1) {
        precondition(!samples.isEmpty && samples.allSatisfy { $0 >= 0 && $0.isFinite }, "durations are ≥ 0")
        precondition(resolution > 0 && replicates > 0, "a resolution and replicates are positive")
        let tally = SampleTally(samples, resolution: resolution)
        count = tally.count
        ties = tally.count - tally.values.count
        (min, median, max, mean) = (tally.min, tally.quantile(0.5), tally.max, tally.mean)
        guard tally.min < tally.max else {
            candidates = [tally.candidate(.fixed, .fixed(tally.min))]
            choice = 0
            return
        }
        var candidates: [Candidate] = []
        if tally.count < 5 {
            candidates.append(tally.candidate(.uniform, .uniform(min: tally.min, max: tally.max)))
            candidates.append(
                tally.candidate(.triangular, .triangular(min: tally.min, likely: tally.quantile(0.5), max: tally.max)))
        } else {
            let bootstrap = FitBootstrap(tally: tally, replicates: replicates, seed: seed)
            for family in [Family.uniform, .triangular, .pert] {
                guard let distribution = tally.fitted(family) else { continue }
                var candidate = tally.candidate(family, distribution)
                candidate.p = bootstrap.p(of: candidate)
                candidates.append(candidate)
            }
        }
        let passing = candidates.indices.filter { candidates[$0].p != nil && !candidates[$0].isRejected }
        candidates.append(tally.candidate(.quantiles, .quantiles(tally.quantiles)))
        choice =
            passing.min {
                let (a, b) = (candidates[$0], candidates[$1])
                return (a.family.figures, a.aic ?? 0, $0) < (b.family.figures, b.aic ?? 0, $1)
            } ?? candidates.count - 1
        self.candidates = candidates
    }
}

extension SampleTally {
    func candidate(_ family: DurationFit.Family, _ distribution: Distribution) -> DurationFit.Candidate {
        let hasDensity = family != .fixed && family != .quantiles
        return DurationFit.Candidate(
            family: family, distribution: distribution, distance: distance(from: distribution), p: nil,
            aic: hasDensity ? 2 * Double(family.figures) - 2 * logLikelihood(of: distribution) : nil)
    }
}

/// How far samples of a fitted distribution lie from what is fitted to them in turn.
struct FitBootstrap {
    let tally: SampleTally
    let replicates: Int
    let seed: UInt64

    /// So many distances at least as great settle the chance.
    ///
    /// - Source: J. Besag, P. Clifford, *Sequential Monte Carlo p-values*, Biometrika 78 (1991),
    ///   doi:10.1093/biomet/78.2.301.
    private static let enough = 20
    /// √n times the distance beyond which nothing is drawn: with known figures the chance would be below 4 · 10⁻⁸.
    private static let farOff = 3.0

    func p(of candidate: DurationFit.Candidate) -> Double {
        guard candidate.distance * Double(tally.count).squareRoot() < Self.farOff else {
            return 1 / Double(replicates + 1)
        }
        let draw = FitDraw(candidate.distribution, seed: seed, family: candidate.family)
        var asGreat = 0
        for replicate in 0..<replicates {
            let drawn = draw.samples(tally.count, replicate: replicate, resolution: tally.resolution)
            let other = SampleTally(drawn, resolution: tally.resolution)
            // Of samples that are all equal nothing is fitted but a fixed value, which is no distance away.
            guard let refitted = other.fitted(candidate.family, near: candidate.distribution) else { continue }
            if other.distance(from: refitted) >= candidate.distance - 1e-12 { asGreat += 1 }
            if asGreat == Self.enough { return Double(asGreat) / Double(replicate + 1) }
        }
        return Double(asGreat + 1) / Double(replicates + 1)
    }
}

/// Samples of a distribution, each replicate by itself.
private struct FitDraw {
    let distribution: Distribution
    let bits: Philox
    /// Quantiles between 0 and 1 where to find one takes long.
    let table: QuantileTable?

    init(_ distribution: Distribution, seed: UInt64, family: DurationFit.Family) {
        self.distribution = distribution
        bits = Philox(seed: seed, name: family.rawValue)
        if case .pert = distribution {
            let (a, b) = distribution.betaShape
            table = QuantileTable(betaShape: a, b)
        } else {
            table = nil
        }
    }

    func samples(_ count: Int, replicate: Int, resolution: Double) -> [Double] {
        let blocks = (count + SampleBlock.size - 1) / SampleBlock.size
        let bounds = distribution.bounds
        var lanes = [SampleLanes](repeating: .zero, count: SampleBlock.vectors)
        var samples: [Double] = []
        samples.reserveCapacity(blocks * SampleBlock.size)
        for block in 0..<blocks {
            bits.fillUnit(&lanes, block: replicate * blocks + block)
            for lane in lanes {
                let units = table?.value(lane) ?? lane
                for place in 0..<SampleLanes.scalarCount {
                    let unit = Double(units[place])
                    let value =
                        table == nil
                        ? distribution.quantile(unit)
                        : bounds.lowerBound + unit * (bounds.upperBound - bounds.lowerBound)
                    samples.append((value / resolution).rounded() * resolution)
                }
            }
        }
        samples.removeLast(samples.count - count)
        return samples
    }
}
