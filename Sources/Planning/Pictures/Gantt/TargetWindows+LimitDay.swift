import Scheduling
import WorkCalendar
import WorkflowModel

extension TargetWindows {
    /// The day by whose closing a target's limit is used up (时限用尽之日); `nil` without a limit.
    ///
    /// When the limit is met, that is the day on which it would be if one counted clock ran on after the window's end.
    ///
    /// - Complexity: O(n²) at worst, n = counted activities that run at once.
    func limitDay(of report: TargetReport) -> LocalDate? {
        let target = report.target
        guard let limit = target.limit?.minutes, let window = window(of: target) else { return nil }
        let time = target.limit?.unit == .calendar ? times.everyDay : times.working
        let periods = countedPeriods(of: target).filter { !$0.isEmpty }
        var used = 0
        let ends = Set([window.lowerBound, window.upperBound] + periods.flatMap { [$0.lowerBound, $0.upperBound] })
            .sorted()
        for (from, to) in zip(ends, ends.dropFirst()) {
            let running = periods.count { $0.lowerBound <= from && to <= $0.upperBound }
            let rate =
                switch target.measure {
                case .union: min(1, running)
                case .span: 1
                case .sum: running
                }
            let work = time.work(from: from, to: to)
            if rate > 0, used + rate * work >= limit {
                return times.finishDate(of: time.add((limit - used + rate - 1) / rate, to: from))
            }
            used += rate * work
        }
        return times.finishDate(of: time.add(limit - used, to: window.upperBound))
    }
}
