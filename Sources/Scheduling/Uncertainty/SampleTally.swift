#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Samples in order, equal ones counted (样本计数).
struct SampleTally: Sendable {
    /// Ascending, each once.
    let values: [Double]
    /// How many samples are at most `values[i]`.
    let atMost: [Int]
    /// Samples are rounded to multiples of it, > 0.
    let resolution: Double

    /// - Precondition: not empty.
    init(_ samples: [Double], resolution: Double) {
        var values: [Double] = []
        var atMost: [Int] = []
        for (index, sample) in samples.sorted().enumerated() {
            if sample == values.last {
                atMost[atMost.count - 1] = index + 1
            } else {
                values.append(sample)
                atMost.append(index + 1)
            }
        }
        self.values = values
        self.atMost = atMost
        self.resolution = resolution
    }

    var count: Int { atMost[atMost.count - 1] }
    var min: Double { values[0] }
    var max: Double { values[values.count - 1] }
    func count(_ index: Int) -> Int { atMost[index] - (index > 0 ? atMost[index - 1] : 0) }

    // MARK: Moments

    var mean: Double { values.indices.reduce(0) { $0 + values[$1] * Double(count($1)) } / Double(count) }

    /// The mean of a power of the deviation from the mean.
    func centralMoment(_ power: Int) -> Double {
        let mean = mean
        return values.indices.reduce(0) { sum, index in
            let deviation = values[index] - mean
            return sum + (1..<power).reduce(deviation) { product, _ in product * deviation } * Double(count(index))
        } / Double(count)
    }

    // MARK: Quantiles

    /// - Source: definition 7 of R. J. Hyndman, Y. Fan, *Sample quantiles in statistical packages*, The American
    ///   Statistician 50 (1996), doi:10.1080/00031305.1996.10473566.
    func quantile(_ p: Double) -> Double {
        let place = p * Double(count - 1)
        let (low, rest) = (Int(place), place - place.rounded(.down))
        let below = sample(low)
        return rest > 0 ? below + rest * (sample(low + 1) - below) : below
    }

    /// Twenty steps, or as many as there are gaps between samples.
    var quantiles: [Double] {
        let steps = Swift.max(1, Swift.min(20, count - 1))
        return (0...steps).map { quantile(Double($0) / Double(steps)) }
    }

    /// The sample of a rank, from 0.
    private func sample(_ rank: Int) -> Double {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if atMost[middle] > rank { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }

    // MARK: Fit

    /// Kolmogorov's distance between the samples and a distribution rounded as they are.
    func distance(from distribution: Distribution) -> Double {
        if case .fixed(let value) = distribution, value == min, value == max { return 0 }
        var distance = 0.0
        var before = 0.0
        for (index, value) in values.enumerated() {
            let share = Double(atMost[index]) / Double(count)
            distance = Swift.max(
                distance, abs(distribution.chance(ofAtMost: value - resolution / 2) - before),
                abs(distribution.chance(ofAtMost: value + resolution / 2) - share))
            before = share
        }
        return distance
    }

    /// The logarithm of the density that a distribution gives to the samples, each spread over what rounds to it.
    func logLikelihood(of distribution: Distribution) -> Double {
        values.indices.reduce(0) { sum, index in
            let chance =
                distribution.chance(ofAtMost: values[index] + resolution / 2)
                - distribution.chance(ofAtMost: values[index] - resolution / 2)
            return sum + Double(count(index)) * log(Swift.max(chance, 1e-300) / resolution)
        }
    }

    /// The samples before they were rounded, as far as that can be known: equal ones lie evenly over what rounds to
    /// them, up to sixteen places.
    var spread: [(value: Double, weight: Double)] {
        var points: [(value: Double, weight: Double)] = []
        points.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            let number = count(index)
            let places = Swift.min(number, 16)
            let low = Swift.max(0, value - resolution / 2)
            let width = value + resolution / 2 - low
            for place in 0..<places {
                let offset = places == 1 ? value - low : width * (Double(place) + 0.5) / Double(places)
                points.append((low + offset, Double(number) / Double(places)))
            }
        }
        return points
    }
}
