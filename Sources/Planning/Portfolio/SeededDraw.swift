import Scheduling
import WorkCalendar
import WorkflowModel

/// A random draw that depends on a seed and a name only, so that who is asked first, or again after a crash, changes
/// nothing (按名取数).
///
/// - Source: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) over the FNV-1a hash of the name.
public struct SeededDraw: Sendable {
    private var state: UInt64

    public init(seed: UInt64, name: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        state = hash ^ (seed &* 0x9E37_79B9_7F4A_7C15)
    }

    public mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in [0, 1).
    public mutating func unit() -> Double { Double(bits() >> 11) * 0x1p-53 }

    /// Uniform in 0..<count.
    public mutating func index(below count: Int) -> Int { min(count - 1, Int(unit() * Double(count))) }

    /// So many of 0..<count, each as likely as another, in no order.
    public mutating func choice(of taken: Int, from count: Int) -> Set<Int> {
        var places = Array(0..<count)
        for place in 0..<min(taken, count) { places.swapAt(place, place + index(below: count - place)) }
        return Set(places.prefix(taken))
    }

    /// A duration spread over the estimate, to the nearest whole day between its ends.
    ///
    /// - Parameter common: what it has in common with others: a number in 0..<1, and the correlation of the normal scores
    ///   with it, as in `SimulationSettings.correlation`.
    public mutating func duration(
        _ estimate: DurationEstimate, shape: DurationShape = .triangular,
        common: (unit: Double, correlation: Double)? = nil
    ) -> DayAmount {
        let (low, mode, high) = (estimate.min.days, estimate.likely.days, estimate.max.days)
        guard low < high, shape != .fixed else { return estimate.likely }
        var u = unit()
        if let common, common.correlation > 0 { u = Self.mixed(u, with: common.unit, common.correlation) }
        let distribution: Distribution =
            switch shape {
            case .triangular, .fixed: .triangular(min: low, likely: mode, max: high)
            case .pert: .pert(min: low, likely: mode, max: high)
            case .uniform: .uniform(min: low, max: high)
            }
        let days = min(max(distribution.quantile(u).rounded(), low), high)
        return DayAmount(minutes: Int((days * Double(DayAmount.minutesPerDay)).rounded()), unit: estimate.unit)
    }

    private static func mixed(_ own: Double, with common: Double, _ correlation: Double) -> Double {
        func score(_ unit: Double) -> Double { SpecialFunctions.normalQuantile(max(unit, 0x1p-53)) }
        let mixed = correlation.squareRoot() * score(common) + (1 - correlation).squareRoot() * score(own)
        return min(SpecialFunctions.normal(mixed), 1 - 0x1p-53)
    }
}
