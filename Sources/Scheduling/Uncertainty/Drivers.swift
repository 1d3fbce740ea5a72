/// What an activity does to an outcome: the usual measures of risk analysis (风险驱动因素).
///
/// - Source: the criticality and sensitivity measures as collected in M. Vanhoucke, *Measuring Time* (2009) ch. 5.
public struct Driver: Sendable, Hashable {
    /// Index in the network's input.
    public let activity: Int
    /// In which share of the samples it happens and has no float (关键度, criticality index).
    public let criticality: ChanceEstimate
    /// Correlation of its duration with the outcome (敏感度, cruciality), −1...1; 0 for what does not vary.
    public let cruciality: Double
    /// Spearman's correlation of ranks, over the samples that were kept.
    public let rankCorrelation: Double
    /// Schedule sensitivity index: criticality × deviation of its duration / deviation of the outcome.
    public let sensitivity: Double
    /// Mean duration in minutes, and its deviation.
    public let meanDuration: Double
    public let durationDeviation: Double
    /// Mean of the outcome where the activity was in its lowest and in its highest tenth, `nil` when it never was or
    /// does not vary: a bar of the tornado chart (龙卷风图).
    public let low: Double?
    public let high: Double?

    /// How far the bar reaches; 0 without one.
    public var swing: Double {
        guard let low, let high else { return 0 }
        return high - low
    }
}

extension NetworkSimulation {
    /// What each activity does to an outcome, in order of input.
    /// - Parameters:
    ///   - window: an index into `windows`, for its own measure; `nil` for the finish.
    ///   - part: with detail `drivers`.
    /// - Complexity: O(n log n) for each activity that varies, n = samples kept.
    public func drivers(ofWindow window: Int?, in part: SimulationPart) -> [Driver] {
        let outcome = window.map { $0 + 1 } ?? 0
        let values = part.values(ofOutcome: outcome, in: self)
        let n = part.count
        let distribution = OutcomeDistribution(values)
        let sum = values.reduce(Int128(0)) { $0 + Int128($1) }
        let ranks = Ranks(values.prefix(part.tally.kept.first?.count ?? 0))
        let tallied = Dictionary(
            uniqueKeysWithValues: part.tally.uncertain.enumerated().map { ($0.element, $0.offset) })
        return network.position.enumerated().map { index, place in
            let position = Int(place)
            let criticality = ChanceEstimate(successes: part.critical[outcome][position], of: n)
            guard n > 1, let row = tallied[position] else {
                return Driver(
                    activity: index, criticality: criticality, cruciality: 0, rankCorrelation: 0, sensitivity: 0,
                    meanDuration: uncertainties[index].duration.mean, durationDeviation: 0, low: nil, high: nil)
            }
            let tally = part.tally
            let cell = row * (windows.count + 1) + outcome
            // n times the sums of squares and products about the means, exact.
            let spread = Int128(n) * tally.squares[row] - tally.durations[row] * tally.durations[row]
            let joint = Int128(n) * tally.products[cell] - tally.durations[row] * sum
            let deviation = (Double(spread) / (Double(n) * Double(n - 1))).squareRoot()
            let covariance = Double(joint) / (Double(n) * Double(n - 1))
            let scale = deviation * distribution.standardDeviation
            func mean(_ tail: DriverTally.Tail) -> Double? {
                tail.samples == 0 ? nil : Double(tail.sum) / Double(tail.samples)
            }
            return Driver(
                activity: index, criticality: criticality,
                cruciality: scale > 0 ? min(1, max(-1, covariance / scale)) : 0,
                rankCorrelation: Ranks(tally.kept[row].map { Int($0) }).correlation(with: ranks),
                sensitivity: distribution.standardDeviation > 0
                    ? criticality.value * deviation / distribution.standardDeviation : 0,
                meanDuration: Double(tally.durations[row]) / Double(n), durationDeviation: deviation,
                low: mean(tally.short[cell]), high: mean(tally.long[cell]))
        }
    }
}

/// Ranks of numbers in their order, twice as large so that those of ties are whole.
private struct Ranks {
    let ranks: [Int]

    init(_ values: some Collection<Int>) {
        let distribution = OutcomeDistribution(Array(values))
        var before = 0
        var rankOf: [Int: Int] = [:]
        rankOf.reserveCapacity(distribution.values.count)
        for (value, upTo) in zip(distribution.values, distribution.cumulative) {
            rankOf[value] = before + upTo + 1
            before = upTo
        }
        ranks = values.map { rankOf[$0] ?? 0 }
    }

    func correlation(with other: Ranks) -> Double {
        let n = min(ranks.count, other.ranks.count)
        let mean = n + 1
        var joint = Int128(0)
        var own = Int128(0)
        var others = Int128(0)
        for index in 0..<n {
            let (a, b) = (ranks[index] - mean, other.ranks[index] - mean)
            joint += Int128(a * b)
            own += Int128(a * a)
            others += Int128(b * b)
        }
        return own > 0 && others > 0 ? Double(joint) / (Double(own).squareRoot() * Double(others).squareRoot()) : 0
    }
}
