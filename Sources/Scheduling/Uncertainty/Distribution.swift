/// How long something takes, when that is not certain (工期分布). Amounts are minutes, ≥ 0.
///
/// - Source: the beta distribution of PERT: D. G. Malcolm et al., *Application of a technique for research and development
///   program evaluation*, Operations Research 7 (1959), doi:10.1287/opre.7.5.646; its weight of the mode made free as in
///   D. Vose, *Risk Analysis* (3rd ed. 2008).
public enum Distribution: Sendable, Hashable {
    case fixed(Double)
    case uniform(min: Double, max: Double)
    /// 三角分布
    case triangular(min: Double, likely: Double, max: Double)
    /// Beta distribution over min...max with mean (min + weight × likely + max) / (weight + 2); PERT's weight is 4.
    case pert(min: Double, likely: Double, max: Double, weight: Double = 4)
    /// Each of these durations is as likely as the others 经验分布; in any order, not empty.
    case observed([Double])
    /// Straight lines between quantiles 分位数: `quantiles[i]` is not exceeded with chance i / (count − 1); ascending, at
    /// least two.
    case quantiles([Double])
}

extension Distribution {
    /// Whether the figures make a distribution: ordered, finite, not negative.
    public var isValid: Bool {
        switch self {
        case .fixed(let value): Self.ascending([value])
        case .uniform(let min, let max): Self.ascending([min, max])
        case .triangular(let min, let likely, let max): Self.ascending([min, likely, max])
        case .pert(let min, let likely, let max, let weight):
            Self.ascending([min, likely, max]) && (0...1000).contains(weight)
        case .observed(let values): !values.isEmpty && Self.ascending(values.sorted())
        case .quantiles(let values): values.count >= 2 && Self.ascending(values)
        }
    }

    private static func ascending(_ values: [Double]) -> Bool {
        values.allSatisfy { $0 >= 0 && $0.isFinite } && zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    }

    /// The least and the greatest duration.
    public var bounds: ClosedRange<Double> {
        switch self {
        case .fixed(let value): value...value
        case .uniform(let min, let max): min...max
        case .triangular(let min, _, let max), .pert(let min, _, let max, _): min...max
        case .observed(let values): (values.min() ?? 0)...(values.max() ?? 0)
        case .quantiles(let values): values[0]...values[values.count - 1]
        }
    }

    public var mean: Double {
        switch self {
        case .fixed(let value): return value
        case .uniform(let min, let max): return (min + max) / 2
        case .triangular(let min, let likely, let max): return (min + likely + max) / 3
        case .pert(let min, let likely, let max, let weight): return (min + weight * likely + max) / (weight + 2)
        case .observed(let values): return values.reduce(0, +) / Double(values.count)
        case .quantiles(let values):
            return zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } / Double(values.count - 1)
        }
    }

    public var variance: Double {
        switch self {
        case .fixed: return 0
        case .uniform(let min, let max): return (max - min) * (max - min) / 12
        case .triangular(let a, let c, let b): return (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        case .pert(let min, _, let max, let weight): return (mean - min) * (max - mean) / (weight + 3)
        case .observed(let values):
            let mean = mean
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        case .quantiles(let values):
            let squares = zip(values, values.dropFirst()).reduce(0) {
                $0 + ($1.0 * $1.0 + $1.0 * $1.1 + $1.1 * $1.1) / 3
            }
            return max(0, squares / Double(values.count - 1) - mean * mean)
        }
    }

    /// The chance that it takes at most so long.
    /// - Complexity: O(1); O(n log n) for n observations, O(log n) for n quantiles.
    public func chance(ofAtMost value: Double) -> Double {
        if value < bounds.lowerBound { return 0 }
        if value >= bounds.upperBound { return 1 }
        switch self {
        case .fixed: return 1
        case .uniform(let min, let max): return (value - min) / (max - min)
        case .triangular(let min, let likely, let max):
            return value < likely
                ? (value - min) * (value - min) / ((max - min) * (likely - min))
                : 1 - (max - value) * (max - value) / ((max - min) * (max - likely))
        case .pert(let min, _, let max, _):
            let (a, b) = betaShape
            return SpecialFunctions.incompleteBeta((value - min) / (max - min), a, b)
        case .observed(let values): return Double(values.count { $0 <= value }) / Double(values.count)
        case .quantiles(let values):
            // The last quantile not above the value, then along the line.
            var low = 0
            var high = values.count
            while low < high {
                let middle = (low + high) / 2
                if values[middle] <= value { low = middle + 1 } else { high = middle }
            }
            let step = low - 1
            return (Double(step) + (value - values[step]) / (values[low] - values[step])) / Double(values.count - 1)
        }
    }

    /// The duration that is not exceeded with chance p, 0...1.
    public func quantile(_ p: Double) -> Double {
        switch self {
        case .fixed(let value): return value
        case .uniform(let min, let max): return min + p * (max - min)
        case .triangular(let min, let likely, let max):
            guard max > min else { return min }
            return p < (likely - min) / (max - min)
                ? min + (p * (max - min) * (likely - min)).squareRoot()
                : max - ((1 - p) * (max - min) * (max - likely)).squareRoot()
        case .pert(let min, _, let max, _):
            guard max > min else { return min }
            return min + (max - min) * betaQuantile(p)
        case .observed(let values):
            return values.sorted()[Swift.min(values.count - 1, Int(p * Double(values.count)))]
        case .quantiles(let values):
            let place = p * Double(values.count - 1)
            let step = Swift.min(values.count - 2, Int(place))
            return values[step] + (place - Double(step)) * (values[step + 1] - values[step])
        }
    }

    /// That of the longest of so many independent durations, by 1,024 evenly spaced quantiles.
    public func longest(of count: Int) -> Distribution {
        guard count > 1, bounds.lowerBound < bounds.upperBound else { return self }
        return stepped { quantile(SpecialFunctions.root($0, count)) }
    }

    /// That of the duration where something ends it after so many minutes, by 1,024 evenly spaced quantiles.
    public func capped(at most: Double) -> Distribution {
        guard most < bounds.upperBound else { return self }
        guard most > bounds.lowerBound else { return .fixed(most) }
        return stepped { Swift.min(most, quantile($0)) }
    }

    /// By 1,024 evenly spaced chances, with its ends as they are, so that rounding keeps within them.
    private func stepped(_ value: (Double) -> Double) -> Distribution {
        let steps = 1024
        var values = (0..<steps).map { value((Double($0) + 0.5) / Double(steps)) }
        values[0] = value(0)
        values[steps - 1] = value(1)
        return .observed(values)
    }

    /// How much longer it takes when it has lasted `elapsed` minutes already (条件分布).
    ///
    /// What has lasted as long as it can, or longer, is about to end: nothing remains. Of a beta distribution 1,025
    /// quantiles are kept.
    public func remaining(after elapsed: Double) -> Distribution {
        guard elapsed > 0 else { return self }
        let bounds = bounds
        if case .fixed(let value) = self { return .fixed(max(0, value - elapsed)) }
        if elapsed >= bounds.upperBound { return .fixed(0) }
        switch self {
        case .observed(let values): return .observed(values.filter { $0 > elapsed }.map { $0 - elapsed })
        case .uniform(let min, let max): return .uniform(min: Swift.max(0, min - elapsed), max: max - elapsed)
        default:
            let past = chance(ofAtMost: elapsed)
            let steps = 1024
            return .quantiles(
                (0...steps).map { step in
                    max(0, quantile(past + (1 - past) * Double(step) / Double(steps)) - elapsed)
                })
        }
    }

    // MARK: Beta

    /// The two shapes of the beta distribution behind PERT; 1 and 1 for others.
    var betaShape: (Double, Double) {
        guard case .pert(let min, let likely, let max, let weight) = self, max > min else { return (1, 1) }
        return (1 + weight * (likely - min) / (max - min), 1 + weight * (max - likely) / (max - min))
    }

    private func betaQuantile(_ p: Double) -> Double {
        if p <= 0 { return 0 }
        if p >= 1 { return 1 }
        let (a, b) = betaShape
        var low = 0.0
        var high = 1.0
        for _ in 0..<52 {
            let middle = (low + high) / 2
            if SpecialFunctions.incompleteBeta(middle, a, b) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
