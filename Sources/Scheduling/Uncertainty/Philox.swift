/// Random bits that are a function of a key and a counter (计数器式随机数): no state, so that any block of samples can be
/// drawn by itself, in any order and on any thread.
///
/// Philox4x32 with ten rounds, eight counters at a time in lanes.
///
/// - Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC'11,
///   doi:10.1145/2063384.2063405. Ten rounds are what the paper recommends; seven pass BigCrush.
struct Philox: Sendable {
    typealias Lanes = SIMD8<UInt32>
    typealias Words = (Lanes, Lanes, Lanes, Lanes)

    let key: (low: UInt32, high: UInt32)

    init(key: UInt64) { self.key = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)) }

    /// The key of a seed and a name: what is drawn for a name does not depend on what else there is.
    init(seed: UInt64, name: String) {
        // The FNV-1a hash of the name, then the finisher of SplitMix64 over both.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var z = hash ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        self.init(key: z ^ (z >> 31))
    }

    /// The four words of eight counters.
    @inline(__always)
    func words(at counter: Words) -> Words {
        var words = counter
        // Written out: as a loop, the lanes would not stay in registers.
        round(0, &words)
        round(1, &words)
        round(2, &words)
        round(3, &words)
        round(4, &words)
        round(5, &words)
        round(6, &words)
        round(7, &words)
        round(8, &words)
        round(9, &words)
        return words
    }

    @inline(__always)
    private func round(_ number: UInt32, _ words: inout Words) {
        let p = Self.product(words.0, 0xD251_1F53)
        let q = Self.product(words.2, 0xCD9E_8D57)
        let low = Lanes(repeating: key.low &+ number &* 0x9E37_79B9)
        let high = Lanes(repeating: key.high &+ number &* 0xBB67_AE85)
        words = (q.high ^ words.1 ^ low, q.low, p.high ^ words.3 ^ high, p.low)
    }

    @inline(__always)
    private static func product(_ lanes: Lanes, _ factor: UInt64) -> (high: Lanes, low: Lanes) {
        let wide = SIMD8<UInt64>(truncatingIfNeeded: lanes) &* SIMD8<UInt64>(repeating: factor)
        return (Lanes(truncatingIfNeeded: wide &>> 32), Lanes(truncatingIfNeeded: wide))
    }
}

/// The uniform numbers that one variable has in one block of samples.
extension Philox {
    /// What a key's numbers are drawn for; each use has counters of its own.
    enum Use: UInt32 {
        case value, shuffle
    }

    /// Fills a block with numbers in (0, 1): odd multiples of 2⁻²⁴, so neither end is ever drawn.
    @inline(never)  // alone, the loop stays in registers
    func fillUnit(_ unit: inout [SampleLanes], block: Int, use: Use = .value) {
        var unit = unit.mutableSpan
        let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        let low = Lanes(repeating: UInt32(truncatingIfNeeded: block))
        let high = Lanes(repeating: UInt32(truncatingIfNeeded: block >> 32))
        let use = Lanes(repeating: use.rawValue)
        for group in 0..<SampleBlock.vectors / 4 {
            let words = words(at: (numbers &+ Lanes(repeating: UInt32(8 * group)), low, high, use))
            unit[4 * group] = Self.unit(words.0)
            unit[4 * group + 1] = Self.unit(words.1)
            unit[4 * group + 2] = Self.unit(words.2)
            unit[4 * group + 3] = Self.unit(words.3)
        }
    }

    @inline(__always)
    private static func unit(_ bits: Lanes) -> SampleLanes {
        // Bits of a float in [1, 2), less one and plus half a step. Both types are eight times four bytes.
        unsafeBitCast((bits &>> 9) | 0x3F80_0000, to: SampleLanes.self) - (1 - 0x1p-24)
    }
}
