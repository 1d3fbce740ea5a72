/// Numbers as the references in scripts/benchmarks draw them, so that both sides measure the same problems.
///
/// - Source: G. L. Steele, D. Lea, C. H. Flood, *Fast splittable pseudorandom number generators*, OOPSLA (2014),
///   doi:10.1145/2660193.2660195.
struct SplitMix64 {
    var state: UInt64 = 1

    mutating func next(_ count: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (z ^ (z >> 31)) % count
    }

    mutating func next(below count: Int) -> Int { Int(next(UInt64(count))) }
}
