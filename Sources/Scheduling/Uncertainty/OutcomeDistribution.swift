/// The values that an outcome took in all samples (结果分布): quantiles, chances, bins, each with how sure it is.
public struct OutcomeDistribution: Sendable, Hashable {
    /// The different values, ascending.
    public let values: [Int]
    /// How many samples have at most each value.
    public let cumulative: [Int]
    public let mean: Double
    /// Of the samples (with n − 1); 0 for fewer than two.
    public let standardDeviation: Double

    /// How many samples there are.
    public var count: Int { cumulative.last ?? 0 }

    /// - Complexity: O(n) where the values lie close together, else O(n log n).
    public init(_ samples: [Int]) { self.init(counting: samples) }

    /// - Complexity: O(n) where the values lie close together, else O(n log n).
    public init(_ samples: [Int32]) { self.init(counting: samples) }

    private init(counting samples: [some FixedWidthInteger]) {
        var least = Int(samples.first ?? 0)
        var greatest = least
        for sample in samples {
            least = Swift.min(least, Int(sample))
            greatest = Swift.max(greatest, Int(sample))
        }
        var values: [Int] = []
        var cumulative: [Int] = []
        if greatest - least < 4 * samples.count + 65_536 {
            var table = [Int32](repeating: 0, count: greatest - least + 1)
            for sample in samples { table[Int(sample) - least] += 1 }
            let different = table.count { $0 > 0 }
            values.reserveCapacity(different)
            cumulative.reserveCapacity(different)
            var sum = 0
            for (offset, count) in table.enumerated() where count > 0 {
                sum += Int(count)
                values.append(least + offset)
                cumulative.append(sum)
            }
        } else {
            for (rank, sample) in samples.sorted().enumerated() {
                if values.last == Int(sample) {
                    cumulative[cumulative.count - 1] = rank + 1
                } else {
                    values.append(Int(sample))
                    cumulative.append(rank + 1)
                }
            }
        }
        self.values = values
        self.cumulative = cumulative
        let n = Double(samples.count)
        func sum(_ term: (Double) -> Double) -> Double {
            var total = 0.0
            var before = 0
            for index in values.indices {
                total += term(Double(values[index])) * Double(cumulative[index] - before)
                before = cumulative[index]
            }
            return total
        }
        let mean = samples.isEmpty ? 0 : sum { $0 } / n
        self.mean = mean
        standardDeviation = samples.count < 2 ? 0 : (sum { ($0 - mean) * ($0 - mean) } / (n - 1)).squareRoot()
    }

    /// The least value that at least the share p of the samples do not exceed; `nil` without samples.
    public func quantile(_ p: Double) -> Int? {
        count == 0 ? nil : value(ofRank: Int((p * Double(count)).rounded(.up)))
    }

    /// Values between which the quantile of all possible samples lies with confidence 95 %: two order statistics.
    /// - Source: W. J. Conover, *Practical Nonparametric Statistics* (3rd ed. 1999) §3.2, with the normal approximation.
    public func quantileInterval(_ p: Double) -> ClosedRange<Int>? {
        guard count > 0 else { return nil }
        let n = Double(count)
        let spread = Self.z * (n * p * (1 - p)).squareRoot()
        let low = value(ofRank: Int((n * p - spread).rounded(.up)))
        return low...max(low, value(ofRank: Int((n * p + spread).rounded(.up))))
    }

    /// The 1-based order statistic, held within the samples.
    private func value(ofRank rank: Int) -> Int {
        let wanted = min(max(1, rank), count)
        return values[first(in: cumulative) { $0 >= wanted }]
    }

    /// The share of samples that are at most so much.
    public func chance(ofAtMost value: Int) -> ChanceEstimate {
        let place = first(in: values) { $0 > value }
        return ChanceEstimate(successes: place == 0 ? 0 : cumulative[place - 1], of: count)
    }

    private func first(in values: [Int], where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if holds(values[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// 97.5 % of a standard normal distribution lie below it.
    package static let z = 1.959963984540054

    // MARK: Charts

    /// A bin of a histogram: samples above `from` and at most `to`.
    public struct Bin: Sendable, Hashable {
        public let from: Int
        public let to: Int
        public let count: Int
    }

    /// Samples counted in bins of equal width: the least of 1, 2, 5, 10, 20, … units that needs at most so many bins.
    /// - Parameters:
    ///   - unit: bins end at whole multiples of it from `origin`.
    public func histogram(unit: Int, origin: Int = 0, atMost bins: Int = 20) -> [Bin] {
        guard let least = values.first, let greatest = values.last else { return [] }
        var width = unit
        var factors = [2, 5, 10].makeIterator()
        var scale = unit
        func number(_ value: Int) -> Int { -((origin - value).flooredDivision(by: width).quotient) }  // rounded up
        while number(greatest) - number(least) + 1 > bins {
            if let factor = factors.next() {
                width = scale * factor
            } else {
                scale *= 10
                factors = [2, 5, 10].makeIterator()
            }
        }
        return (number(least)...number(greatest)).map { bin in
            let to = origin + bin * width
            let until = chance(ofAtMost: to).successes
            return Bin(from: to - width, to: to, count: until - chance(ofAtMost: to - width).successes)
        }
    }

    /// A point of the S-curve: the share p of the samples is at most x.
    public struct Point: Sendable, Hashable {
        public let x: Int
        public let p: Double
    }

    /// The S-curve (累积概率曲线): all steps, or evenly spaced quantiles when there are more than so many.
    public func curve(atMost points: Int = 100) -> [Point] {
        func point(_ index: Int) -> Point {
            Point(x: values[index], p: Double(cumulative[index]) / Double(max(1, count)))
        }
        if values.count <= points { return values.indices.map(point) }
        var curve: [Point] = []
        for step in 1...points {
            let rank = max(1, count * step / points)
            let next = point(first(in: cumulative) { $0 >= rank })
            if curve.last != next { curve.append(next) }
        }
        return curve
    }
}

/// A chance estimated from samples.
public struct ChanceEstimate: Sendable, Hashable, Codable {
    public let successes: Int
    public let samples: Int

    public init(successes: Int, of samples: Int) {
        self.successes = successes
        self.samples = samples
    }

    public var value: Double { samples == 0 ? 0 : Double(successes) / Double(samples) }

    /// Where the true chance lies with confidence 95 %: Wilson's score interval. Even spreading makes it narrower still.
    /// - Source: E. B. Wilson, JASA 22 (1927), doi:10.1080/01621459.1927.10502953.
    public var interval: ClosedRange<Double> {
        guard samples > 0 else { return 0...1 }
        let n = Double(samples)
        let z2 = OutcomeDistribution.z * OutcomeDistribution.z
        let centre = (value + z2 / (2 * n)) / (1 + z2 / n)
        let half =
            OutcomeDistribution.z / (1 + z2 / n) * (value * (1 - value) / n + z2 / (4 * n * n)).squareRoot()
        return max(0, centre - half)...min(1, centre + half)
    }

    /// Half the width of the interval.
    public var precision: Double { (interval.upperBound - interval.lowerBound) / 2 }
}
