/// The random bits of a search: the same seed, the same schedules on every machine.
///
/// - Source: SplitMix64; Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014,
///   doi:10.1145/2660193.2660195.
struct SearchRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0..<count, for a count below 2³¹; nearly even.
    mutating func below(_ count: Int) -> Int { Int(((next() >> 33) &* UInt64(count)) >> 31) }

    /// In [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
