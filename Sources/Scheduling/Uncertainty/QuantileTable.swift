/// Quantiles at equal steps of chance, to draw from by one look-up.
struct QuantileTable: Sendable {
    static let steps = 1024
    /// Value and rise of each step, from number 1 on; 0 stands before the first.
    private let cells: [SIMD2<Float>]

    /// - Parameter quantiles: `steps` + 1 of them, ascending.
    private init(quantiles: [Double]) {
        cells = [.zero] + zip(quantiles, quantiles.dropFirst()).map { SIMD2(Float($0), Float($1 - $0)) }
    }

    /// The standard beta distribution, on 0...1.
    ///
    /// Its distribution function is summed over the density by Simpson's rule and inverted as a cubic on each interval.
    init(betaShape a: Double, _ b: Double) {
        let intervals = 256
        let width = 1 / Double(intervals)
        let logBeta = SpecialFunctions.logBeta(a, b)
        func density(_ x: Double) -> Double { SpecialFunctions.betaDensity(x, a, b, logBeta: logBeta) }
        var densities = [density(0)]
        var sums = [0.0]
        for interval in 0..<intervals {
            let end = density(Double(interval + 1) * width)
            let middle = density((Double(interval) + 0.5) * width)
            sums.append(sums[interval] + (densities[interval] + 4 * middle + end) * width / 6)
            densities.append(end)
        }
        let total = sums[intervals]
        var interval = 0
        let quantiles = (0...Self.steps).map { step -> Double in
            let wanted = total * Double(step) / Double(Self.steps)
            if step == 0 { return 0 }
            if step == Self.steps { return 1 }
            while interval + 1 < intervals, sums[interval + 1] < wanted { interval += 1 }
            let t = Self.inverse(
                of: wanted - sums[interval], rise: sums[interval + 1] - sums[interval],
                slopes: (densities[interval] * width, densities[interval + 1] * width))
            return (Double(interval) + t) * width
        }
        self.init(quantiles: quantiles)
    }

    /// Straight lines between quantiles at other steps.
    init(_ distribution: Distribution) {
        self.init(quantiles: (0...Self.steps).map { distribution.quantile(Double($0) / Double(Self.steps)) })
    }

    /// Where the cubic from (0, 0) to (1, rise) with those slopes reaches a height, by bisection.
    private static func inverse(of height: Double, rise: Double, slopes: (Double, Double)) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<30 {
            let t = (low + high) / 2
            let value =
                slopes.0 * t * (1 - t) * (1 - t) + rise * t * t * (3 - 2 * t) - slopes.1 * t * t * (1 - t)
            if value < height { low = t } else { high = t }
        }
        return (low + high) / 2
    }

    @inline(__always)
    func value(_ unit: SampleLanes) -> SampleLanes {
        let place = unit * Float(Self.steps)
        // One more than the whole part, as the low bits of a float of 2²³ and more. Both types are eight times four bytes.
        let shifted = (place + 0.5) + 0x1p23
        let step = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) & 0x7F_FFFF
        var value = SampleLanes.zero
        var rise = SampleLanes.zero
        for lane in 0..<SampleLanes.scalarCount {
            let cell = cells[Int(step[lane])]
            value[lane] = cell.x
            rise[lane] = cell.y
        }
        return value + (place - (shifted - (0x1p23 + 1))) * rise
    }
}
