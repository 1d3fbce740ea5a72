/// A set of levers (改革措施), each by its index; at most 64.
public struct LeverSet: Sendable, Hashable {
    /// Bit i is lever i.
    public var bits: UInt64

    /// As many levers as one set can hold.
    public static let capacity = 64

    public init(bits: UInt64 = 0) { self.bits = bits }

    /// - Precondition: every lever is within 0..<64.
    public init(_ levers: some Sequence<Int>) {
        bits = 0
        for lever in levers { insert(lever) }
    }

    /// The levers 0..<count.
    public init(first count: Int) {
        precondition((0...Self.capacity).contains(count), "\(count) levers")
        bits = count == Self.capacity ? .max : (1 << UInt64(count)) - 1
    }

    public static let none = LeverSet()

    public var isEmpty: Bool { bits == 0 }
    public var count: Int { bits.nonzeroBitCount }

    public func contains(_ lever: Int) -> Bool {
        (0..<Self.capacity).contains(lever) && bits >> UInt64(lever) & 1 == 1
    }

    public mutating func insert(_ lever: Int) {
        precondition((0..<Self.capacity).contains(lever), "lever \(lever)")
        bits |= 1 << UInt64(lever)
    }

    public mutating func remove(_ lever: Int) {
        precondition((0..<Self.capacity).contains(lever), "lever \(lever)")
        bits &= ~(1 << UInt64(lever))
    }

    public func inserting(_ lever: Int) -> LeverSet {
        var set = self
        set.insert(lever)
        return set
    }

    public func removing(_ lever: Int) -> LeverSet {
        var set = self
        set.remove(lever)
        return set
    }

    public func union(_ other: LeverSet) -> LeverSet { LeverSet(bits: bits | other.bits) }
    public func intersection(_ other: LeverSet) -> LeverSet { LeverSet(bits: bits & other.bits) }
    public func subtracting(_ other: LeverSet) -> LeverSet { LeverSet(bits: bits & ~other.bits) }
    public func isSubset(of other: LeverSet) -> Bool { bits & ~other.bits == 0 }
    public func isDisjoint(with other: LeverSet) -> Bool { bits & other.bits == 0 }
}

extension LeverSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral levers: Int...) { self.init(levers) }
}

/// In ascending order.
extension LeverSet: Sequence {
    public struct Iterator: IteratorProtocol {
        var left: UInt64

        public mutating func next() -> Int? {
            guard left != 0 else { return nil }
            defer { left &= left - 1 }
            return left.trailingZeroBitCount
        }
    }

    public func makeIterator() -> Iterator { Iterator(left: bits) }
}

extension LeverSet: CustomStringConvertible {
    public var description: String { "{\(map { "\($0)" }.joined(separator: ", "))}" }
}
