import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// What a target's window has used up to the day of a forecast (已用时限).
struct UsedTime {
    let opened: LocalDate?
    let closed: LocalDate?
    /// In the order of `WindowMeasure`; the path so far is 0 while the window is open, as it is in `leads`.
    let measures: SIMD4<Int32>
    /// By node, the counted minutes of the heaviest chain up to it; −1 when none leads there.
    let leads: [Int]

    init(
        _ window: ForecastGraph.Window, _ state: CaseState, _ held: [HeldTime], on date: LocalDate,
        in graph: ForecastGraph, _ progress: CaseProgress, _ calendar: WorkCalendar
    ) {
        opened = state.items[window.fromItem].finishedOn
        closed = opened == nil ? nil : state.items[window.toItem].finishedOn
        guard let opened else {
            measures = .zero
            leads = Self.leads([:], window, graph, progress)
            return
        }
        let unit = window.target.limit?.unit ?? .working
        let to = max(opened, closed ?? state.closedOn ?? date)
        let counted = held.filter { window.target.counts($0.holder, of: $0.item) }
        func measured(_ times: [HeldTime]) -> Measures {
            Measures(of: times.map(\.period), after: opened, through: to, on: calendar, unit: unit)
        }
        let all = measured(counted)
        let span = unit == .working ? calendar.workingDays(after: opened, through: to) : to.days(since: opened)
        var used: [Int: Int] = [:]
        for (id, times) in Dictionary(grouping: counted, by: \.activity) {
            if let node = graph.index(of: id) { used[node, default: 0] += measured(times).sum.minutes }
        }
        let leads = Self.leads(used, window, graph, progress)
        self.leads = leads
        let path = window.to.map { leads[$0] }.max() ?? 0
        measures = SIMD4(
            Int32(all.union.minutes), Int32(max(0, span) * DayAmount.minutesPerDay), Int32(all.sum.minutes),
            Int32(closed == nil ? 0 : max(0, path)))
    }

    /// Chains run through what is over; what still waits begins none, but where the window begins.
    private static func leads(
        _ used: [Int: Int], _ window: ForecastGraph.Window, _ graph: ForecastGraph, _ progress: CaseProgress
    ) -> [Int] {
        var leads = [Int?](repeating: nil, count: graph.nodes.count)
        func lead(_ node: Int) -> Int {
            if let known = leads[node] { return known }
            var best = window.begins.contains(node) ? 0 : -1
            for number in graph.incoming[node] {
                let before = graph.relations[number].predecessor
                if progress.standings[before].isPast || progress.standings[before].isNever {
                    best = max(best, lead(before))
                }
            }
            if best >= 0 { best += used[node] ?? 0 }
            leads[node] = best
            return best
        }
        return graph.nodes.indices.map(lead)
    }
}

extension HeldTime {
    /// The activity of the plan's graph that held it.
    fileprivate var activity: String { phase.map { "\(item).\($0.name)" } ?? item }
}
