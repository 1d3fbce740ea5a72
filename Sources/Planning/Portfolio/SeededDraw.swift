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

    /// A duration from the triangular distribution over the estimate, to the nearest whole day between its ends.
    public mutating func duration(_ estimate: DurationEstimate) -> DayAmount {
        let (low, mode, high) = (estimate.min.days, estimate.likely.days, estimate.max.days)
        guard low < high else { return estimate.likely }
        let u = unit()
        let split = (mode - low) / (high - low)
        let value =
            u < split
            ? low + (u * (high - low) * (mode - low)).squareRoot()
            : high - ((1 - u) * (high - low) * (high - mode)).squareRoot()
        let days = min(max(value.rounded(), low), high)
        return DayAmount(minutes: Int((days * Double(DayAmount.minutesPerDay)).rounded()), unit: estimate.unit)
    }
}
