import Scheduling
import WorkCalendar
import WorkflowModel

extension ReformNetwork {
    /// Minutes of the target's measure under these levers, as `TargetWindows` counts them; `nil` when the levers cannot
    /// be pulled together, because something would wait for itself.
    func minutes(under pulled: LeverSet) -> Int? {
        guard let dates = dates(under: pulled), let opens = lastFinish(of: from, dates),
            let ends = lastFinish(of: to, dates)
        else { return nil }
        let window = opens..<max(opens, ends)
        let time = unit == .calendar ? times.everyDay : times.working
        if target.measure == .span { return time.work(from: window.lowerBound, to: window.upperBound) }
        var periods: [Range<Int>] = []
        for index in activities.indices where dates.isPlanned[index] && activities[index].counts {
            let period = (min(dates.ready[index], dates.finish[index])..<dates.finish[index]).clamped(to: window)
            if period.isEmpty { continue }
            periods.append(time.work(before: period.lowerBound)..<time.work(before: period.upperBound))
        }
        if target.measure == .sum { return periods.reduce(0) { $0 + $1.count } }
        return Self.union(&periods)
    }

    /// The unit that the target counts in.
    var unit: DayUnit { target.limit?.unit ?? .working }

    private func lastFinish(of node: Int, _ dates: Dates) -> Minute? {
        nodes[node].last.lazy.filter { dates.isPlanned[$0] }.map { dates.finish[$0] }.max()
    }

    private static func union(_ periods: inout [Range<Int>]) -> Int {
        periods.sort { $0.lowerBound < $1.lowerBound }
        var covered = 0
        var reached = Int.min
        for period in periods where period.upperBound > reached {
            covered += period.upperBound - max(reached, period.lowerBound)
            reached = period.upperBound
        }
        return covered
    }
}
