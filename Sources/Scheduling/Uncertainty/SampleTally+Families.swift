#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension SampleTally {
    /// The distribution of a family that fits best; `nil` for samples that are all equal.
    ///
    /// - Parameter near: where the search begins and may be shorter.
    func fitted(_ family: DurationFit.Family, near: Distribution? = nil) -> Distribution? {
        guard min < max else { return family == .fixed ? .fixed(min) : nil }
        switch family {
        case .fixed: return nil
        case .uniform: return .uniform(min: Swift.max(0, min - resolution / 2), max: max + resolution / 2)
        case .triangular:
            var search = TriangularSearch(spread, resolution: resolution)
            if let bounds = near?.bounds {
                search.begin(at: bounds)
                search.climb(sweeps: 2)
            } else {
                search.climbFromGrid()
            }
            return search.distribution
        case .pert: return pertByMoments()
        case .quantiles: return .quantiles(quantiles)
        }
    }

    /// The beta distribution of PERT, whose shapes add up to six, with the samples' mean, variance and skewness.
    ///
    /// Where its ends then leave a sample out they are moved, and its mode keeps the mean as far as it can.
    private func pertByMoments() -> Distribution {
        let (mean, variance) = (mean, centralMoment(2))
        let skewness = centralMoment(3) / (variance * variance.squareRoot())
        // Shapes 3 + d and 3 − d have the skewness −(√7 / 2) d / √(9 − d²).
        let square = 4 * skewness * skewness / 7
        let d = Swift.min(2, (9 * square / (1 + square)).squareRoot()) * (skewness > 0 ? -1 : 1)
        let (a, b) = (3 + d, 3 - d)
        let width = (variance * 252 / (a * b)).squareRoot()
        let low = Swift.max(0, Swift.min(min - resolution / 2, mean - width * a / 6))
        let high = Swift.max(max + resolution / 2, mean + width * b / 6)
        let likely = (6 * mean - low - high) / 4
        return .pert(min: low, likely: Swift.min(Swift.max(likely, low), high), max: high)
    }
}

/// The triangular distribution of the greatest likelihood.
///
/// For given ends the best mode is one of the samples; over the ends, which lie beyond the samples, the likelihood is
/// climbed one after the other.
///
/// - Complexity: O(n) for given ends, so O(n) for a fixed number of steps.
/// - Source: S. Kotz, J. R. van Dorp, *Beyond Beta* (2004), ch. 1, doi:10.1142/5720.
private struct TriangularSearch {
    private let values: [Double]
    private let weights: [Double]
    private let total: Double
    /// The ends lie so far beyond the samples, at most.
    private let reach: Double
    /// How far each end lies beyond the samples.
    private var beyond: (low: Double, high: Double)
    /// For every sample: the logarithms of its distances to the ends.
    private var logs: (low: [Double], high: [Double])

    /// - Precondition: two different points at least, ascending.
    init(_ points: [(value: Double, weight: Double)], resolution: Double) {
        values = points.map(\.value)
        weights = points.map(\.weight)
        total = weights.reduce(0, +)
        reach = values[values.count - 1] - values[0]
        beyond = (Swift.min(values[0], reach / 10), reach / 10)
        logs = ([], [])
        logs = (lowLogs(beyond.low), highLogs(beyond.high))
    }

    mutating func begin(at bounds: ClosedRange<Double>) {
        beyond.low = Swift.min(Swift.max(0, values[0] - bounds.lowerBound), Swift.min(values[0], reach))
        beyond.high = Swift.min(Swift.max(0, bounds.upperBound - values[values.count - 1]), reach)
        logs = (lowLogs(beyond.low), highLogs(beyond.high))
    }

    /// The likelihood may have several tops: climbs from the best three of a few ends on either side.
    mutating func climbFromGrid() {
        let shares = [0, 0.02, 0.1, 0.3, 0.6, 1]
        let lows = shares.map { $0 * Swift.min(reach, values[0]) }.map { ($0, lowLogs($0)) }
        let highs = shares.map { $0 * reach }.map { ($0, highLogs($0)) }
        var starts: [(search: TriangularSearch, likelihood: Double)] = []
        for low in lows {
            for high in highs {
                var search = self
                search.beyond = (low.0, high.0)
                search.logs = (low.1, high.1)
                starts.append((search, search.likelihood))
            }
        }
        starts.sort { $0.likelihood > $1.likelihood }
        var greatest = -Double.infinity
        for start in starts.prefix(3) {
            var search = start.search
            search.climb(sweeps: 4)
            if search.likelihood > greatest { (greatest, self) = (search.likelihood, search) }
        }
    }

    private var likelihood: Double { best(logs.low, logs.high, width: reach + beyond.low + beyond.high).likelihood }

    mutating func climb(sweeps: Int) {
        for _ in 0..<sweeps {
            let low = Self.greatest(upTo: Swift.min(reach, values[0])) { low in
                best(lowLogs(low), logs.high, width: reach + low + beyond.high).likelihood
            }
            beyond.low = low
            logs.low = lowLogs(low)
            let high = Self.greatest(upTo: reach) { high in
                best(logs.low, highLogs(high), width: reach + beyond.low + high).likelihood
            }
            let isSettled = abs(high - beyond.high) < 1e-6 * reach
            beyond.high = high
            logs.high = highLogs(high)
            if isSettled { return }
        }
    }

    var distribution: Distribution {
        let mode = best(logs.low, logs.high, width: reach + beyond.low + beyond.high).mode
        return .triangular(
            min: Swift.max(0, values[0] - beyond.low), likely: values[mode],
            max: values[values.count - 1] + beyond.high)
    }

    private func lowLogs(_ beyond: Double) -> [Double] { values.map { log($0 - values[0] + beyond) } }
    private func highLogs(_ beyond: Double) -> [Double] { values.map { log(values[values.count - 1] - $0 + beyond) } }

    /// The mode with the greatest likelihood, and that without constants.
    private func best(_ low: [Double], _ high: [Double], width: Double) -> (mode: Int, likelihood: Double) {
        // What stands after the mode is counted from all that there is; an end on a sample has no logarithm.
        var after = 0.0
        for index in values.indices where high[index].isFinite { after += weights[index] * high[index] }
        var weightAfter = total
        var (before, weightBefore) = (0.0, 0.0)
        var best = (mode: 0, likelihood: -Double.infinity)
        let last = values.count - 1
        for mode in values.indices {
            weightAfter -= weights[mode]
            if high[mode].isFinite { after -= weights[mode] * high[mode] }
            var likelihood = 0.0
            if mode > 0 { likelihood += before - weightBefore * low[mode] }
            if mode < last {
                likelihood += high[last].isFinite ? after - weightAfter * high[mode] : -.infinity
            }
            if likelihood > best.likelihood { best = (mode, likelihood) }
            before += weights[mode] * low[mode]
            weightBefore += weights[mode]
        }
        return (best.mode, best.likelihood - total * log(width))
    }

    /// Where a function of 0...limit is greatest: the best of steps that grow by a factor, then golden sections between
    /// its neighbours.
    private static func greatest(upTo limit: Double, _ value: (Double) -> Double) -> Double {
        guard limit > 0 else { return 0 }
        let steps = [0] + (0...10).map { limit * exp2(Double($0) - 10) }
        let values = steps.map(value)
        let best = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
        var (low, high) = (steps[Swift.max(0, best - 1)], steps[Swift.min(steps.count - 1, best + 1)])
        let ratio = (5.0.squareRoot() - 1) / 2
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (atLeft, atRight) = (value(left), value(right))
        for _ in 0..<10 {
            if atLeft > atRight {
                (high, right, atRight) = (right, left, atLeft)
                left = high - ratio * (high - low)
                atLeft = value(left)
            } else {
                (low, left, atLeft) = (left, right, atRight)
                right = low + ratio * (high - low)
                atRight = value(right)
            }
        }
        let found = (low + high) / 2
        return value(found) > values[best] ? found : steps[best]
    }
}
