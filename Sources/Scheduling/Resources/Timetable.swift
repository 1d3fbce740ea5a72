/// Places activities one after another, each as early as its relations and the teams left allow: the serial schedule
/// generation scheme (串行进度生成机制).
///
/// Backward, the same is done on the project read from its end, so that activities lie as late as they can. A pass
/// backward and one forward are a *justification*.
/// - Source: Kolisch, *Serial and parallel resource-constrained project scheduling methods revisited*, EJOR 90 (1996)
///   320–333, doi:10.1016/0377-2217(95)00357-6; Valls, Ballestín, Quintanilla, *Justification and RCPSP: a technique
///   that pays*, EJOR 165 (2005) 375–386, doi:10.1016/j.ejor.2004.04.008.
struct Timetable: Sendable {
    private let problem: PackedProblem
    /// Guarded units left, `words` a period.
    private var left: [UInt64]
    /// Periods that the last pass touched.
    private var touched = 0
    /// What of `left` stands for the first periods of the last pass: the project's first period for a forward pass.
    private var hasCalendar = false
    /// Activities placed, over all passes.
    private(set) var placements = 0

    init(_ problem: PackedProblem) {
        self.problem = problem
        left = []
        left.reserveCapacity(4096)
    }

    /// One pass.
    ///
    /// - Parameters:
    ///   - backward: read the project from the end.
    ///   - order: ranks; everything that must be placed before a rank stands before it.
    ///   - ready: the first period allowed for each rank, counted from where the pass begins.
    ///   - end: for a backward pass, the period that its first period ends with; windows are found by it.
    ///   - limit: a pass that must finish later is given up, as soon as what follows a rank shows it.
    ///   - finish: receives the finish of each rank, counted from where the pass begins.
    /// - Returns: the latest finish; `nil` when given up.
    /// - Complexity: O(relations + Σ durations · words + periods waited).
    mutating func place(
        backward: Bool, order: [Int32], ready: [Int32], end: Int = 0, limit: Int = .max,
        finish: inout [Int32]
    ) -> Int? {
        reset(backward: backward, end: end)
        let links = problem.links[backward ? 1 : 0]
        return problem.words == 1
            ? placeNarrow(links, order, ready, backward ? problem.heads : problem.tails, limit, &finish)
            : placeWide(links, order, ready, &finish)
    }

    private mutating func reset(backward: Bool, end: Int) {
        let words = problem.words
        let calendarEnd = backward ? end : problem.windowEnd
        if words == 1 {
            let base = problem.base[0]
            for period in 0..<min(left.count, max(touched, hasCalendar ? left.count : 0)) { left[period] = base }
        } else {
            for word in left.indices { left[word] = problem.base[word % words] }
        }
        hasCalendar = !problem.calendar.isEmpty
        touched = 0
        guard hasCalendar, calendarEnd > 0 else { return }
        reserve(periods: calendarEnd)
        let windows = problem.windowEnd
        for period in 0..<calendarEnd {
            let real = backward ? end - 1 - period : period
            guard (0..<windows).contains(real) else { continue }
            for word in 0..<words { left[period * words + word] = problem.calendar[real * words + word] }
        }
    }

    private mutating func reserve(periods: Int) {
        let words = problem.words
        while left.count < periods * words { left.append(problem.base[left.count % words]) }
    }

    /// Looks at a window of periods from its far end: the first that lacks something rules out every start up to it,
    /// and what lies behind it needs no second look. Each period is looked at once.
    private mutating func placeNarrow(
        _ links: PackedProblem.Links, _ order: [Int32], _ ready: [Int32], _ following: [Int32], _ limit: Int,
        _ finish: inout [Int32]
    ) -> Int? {
        let guards = PackedProblem.guards
        var latest = 0
        for entry in order {
            let rank = Int(entry)
            var start = ready[rank]
            for link in links.range(rank) {
                start = max(start, finish[Int(links.ends[link])] &+ links.distances[link])
            }
            let need = problem.needs[rank]
            let duration = Int(problem.duration[rank])
            var begin = Int(start)
            var end = begin + duration
            if need != 0 {
                if end > left.count { reserve(periods: end + 256) }
                var known = begin
                var period = end
                while period > known {
                    period -= 1
                    if (left[period] &- need) & guards != guards {
                        known = end
                        begin = period + 1
                        end = begin + duration
                        period = end
                        if end > left.count { reserve(periods: end + 256) }
                    }
                }
                for period in begin..<end { left[period] &-= need }
                touched = max(touched, end)
            }
            placements += 1
            if end + Int(following[rank]) > limit { return nil }
            finish[rank] = Int32(truncatingIfNeeded: end)
            latest = max(latest, end)
        }
        return latest
    }

    private mutating func placeWide(
        _ links: PackedProblem.Links, _ order: [Int32], _ ready: [Int32], _ finish: inout [Int32]
    ) -> Int {
        let words = problem.words
        var latest = 0
        for entry in order {
            let rank = Int(entry)
            var start = ready[rank]
            for link in links.range(rank) {
                start = max(start, finish[Int(links.ends[link])] &+ links.distances[link])
            }
            let duration = Int(problem.duration[rank])
            var begin = Int(start)
            var end = begin + duration
            reserve(periods: end)
            var known = begin
            var period = end
            while period > known {
                period -= 1
                if !suffices(period, for: rank) {
                    known = end
                    begin = period + 1
                    end = begin + duration
                    period = end
                    reserve(periods: end)
                }
            }
            for period in begin..<end {
                for word in 0..<words { left[period * words + word] &-= problem.needs[rank * words + word] }
            }
            finish[rank] = Int32(truncatingIfNeeded: end)
            latest = max(latest, end)
        }
        placements += order.count
        touched = latest
        return latest
    }

    private func suffices(_ period: Int, for rank: Int) -> Bool {
        let words = problem.words
        for word in 0..<words {
            let rest = left[period * words + word] &- problem.needs[rank * words + word]
            if rest & PackedProblem.guards != PackedProblem.guards { return false }
        }
        return true
    }
}
