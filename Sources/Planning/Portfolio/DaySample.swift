/// Whole days that were observed (天数样本), and what they say together.
public struct DaySample: Sendable, Hashable {
    /// In order of size.
    public let sorted: [Int]

    public init(_ days: some Sequence<Int>) { sorted = days.sorted() }

    public var count: Int { sorted.count }
    public var total: Int { sorted.reduce(0, +) }

    /// `nil` when nothing was observed.
    public var mean: Double? { sorted.isEmpty ? nil : Double(total) / Double(count) }

    /// The least value that so large a share of the sample does not exceed; `nil` when nothing was observed.
    ///
    /// - Precondition: 0 < share ≤ 1.
    /// - Source: the inverse of the empirical distribution, definition 1 of Hyndman and Fan, The American Statistician 50
    ///   (1996), doi:10.1080/00031305.1996.10473566.
    public func quantile(_ share: Double) -> Int? {
        precondition(share > 0 && share <= 1, "a share of a sample")
        guard !sorted.isEmpty else { return nil }
        return sorted[min(count, max(1, Int((share * Double(count)).rounded(.up)))) - 1]
    }
}
