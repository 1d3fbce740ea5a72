/// Eight samples side by side.
typealias SampleLanes = SIMD8<Float>

/// How samples are grouped: a block is what is drawn and solved at once.
public enum SampleBlock {
    /// Samples in a block.
    public static let size = 256
    static let vectors = size / SampleLanes.scalarCount
}

extension SampleLanes {
    /// Lanes that are less become those of the other. (`pointwiseMax` is several times slower.)
    @inline(__always)
    mutating func raise(to other: SampleLanes) { replace(with: other, where: other .> self) }

    /// Lanes that are greater become those of the other.
    @inline(__always)
    mutating func lower(to other: SampleLanes) { replace(with: other, where: other .< self) }

    /// To the nearest whole number, ties to even; for lanes within ±2²².
    @inline(__always)
    var nearestWhole: SampleLanes {
        // The sum lies where floats are whole numbers.
        (self + 0x1.8p23) - 0x1.8p23
    }

    /// Square roots of normal, non-negative lanes; of 0 it is 0.
    ///
    /// The standard library takes them one by one; so the lanes go through three steps of Newton for the reciprocal root,
    /// which leaves about the last bit uncertain, the same on every machine.
    /// - Source: for the first guess, C. Lomont, *Fast inverse square root* (2003).
    @inline(__always)
    var root: SampleLanes {
        // Both types are eight times four bytes, and every bit pattern is a value of each.
        let bits = 0x5F37_5A86 &- (unsafeBitCast(self, to: SIMD8<UInt32>.self) &>> 1)
        var guess = unsafeBitCast(bits, to: SampleLanes.self)
        let half = self * 0.5
        guess *= 1.5 - half * guess * guess
        guess *= 1.5 - half * guess * guess
        guess *= 1.5 - half * guess * guess
        return self * guess
    }
}
