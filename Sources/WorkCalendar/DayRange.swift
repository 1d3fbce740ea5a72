/// The days of a half-open range of closings: after `after`, up to and including `through`.
struct DayRange: Hashable, Sendable {
    var after: LocalDate
    var through: LocalDate

    /// What lies in both ranges, or `nil` when no day does.
    func clipped(to bounds: DayRange) -> DayRange? {
        let after = max(after, bounds.after)
        let through = min(through, bounds.through)
        return after < through ? DayRange(after: after, through: through) : nil
    }

    /// The ranges in order, those that overlap or touch joined into one.
    /// - Complexity: O(n log n)
    static func joined(_ ranges: [DayRange]) -> [DayRange] {
        var result: [DayRange] = []
        for range in ranges.sorted(by: { $0.after < $1.after }) where range.after < range.through {
            if let last = result.last, range.after <= last.through {
                result[result.count - 1].through = max(last.through, range.through)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// What remains of this range without the joined ranges.
    /// - Complexity: O(gaps)
    func subtracting(_ gaps: [DayRange]) -> [DayRange] {
        var result: [DayRange] = []
        var rest = self
        for gap in gaps {
            if rest.after < min(gap.after, rest.through) {
                result.append(DayRange(after: rest.after, through: min(gap.after, rest.through)))
            }
            rest.after = max(rest.after, gap.through)
        }
        if rest.after < rest.through { result.append(rest) }
        return result
    }
}
