import Scheduling
import WorkCalendar

/// A duration as the whole days that it is drawn in, each with its weight (整日分布).
///
/// Drawn durations are rounded to the nearest day, so what remains of one that has lasted k days is conditioned on the
/// rounded figure: it is k days or more, and may end today.
struct WholeDays {
    /// Minutes, ascending, with weights > 0 that sum to 1.
    private var outcomes: [(minutes: Int, weight: Double)]

    init(_ distribution: Distribution) { self.init(longestOf: [distribution]) }

    /// The longest of independent durations.
    init(longestOf distributions: [Distribution]) {
        let day = Double(DayAmount.minutesPerDay)
        let low = distributions.map(\.bounds.lowerBound).max() ?? 0
        let high = distributions.map(\.bounds.upperBound).max() ?? 0
        outcomes = []
        var before = 0.0
        for number in Int((low / day).rounded())...max(Int((low / day).rounded()), Int((high / day).rounded())) {
            let upTo = number >= Int((high / day).rounded()) ? high : (Double(number) + 0.5) * day
            let chance = distributions.reduce(1) { $0 * $1.chance(ofAtMost: upTo) }
            let minutes = Int(min(max(Double(number) * day, low), high).rounded())
            if chance > before { outcomes.append((minutes, chance - before)) }
            before = chance
        }
    }

    /// What remains of it after so many minutes of its days; nothing when it has lasted longer than it can.
    ///
    /// - Complexity: O(days + `steps`).
    func remaining(after elapsed: Int) -> Distribution {
        let left = outcomes.filter { $0.minutes >= elapsed }
        guard let first = left.first, let last = left.last else { return .fixed(0) }
        if first.minutes == last.minutes { return .fixed(Double(first.minutes - elapsed)) }
        let total = left.reduce(0) { $0 + $1.weight }
        var values: [Double] = []
        values.reserveCapacity(Self.steps)
        var upTo = 0.0
        for outcome in left {
            upTo += outcome.weight
            // Those of the evenly spaced chances (i + ½) / steps that lie below.
            let count = min(Self.steps, Int((upTo / total * Double(Self.steps) + 0.5).rounded(.down)))
            while values.count < count { values.append(Double(outcome.minutes - elapsed)) }
        }
        while values.count < Self.steps { values.append(Double(last.minutes - elapsed)) }
        return .observed(values)
    }

    /// Chances are held to 1/1024 each.
    private static let steps = 1024
}
