import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// Foretells the cases of one plan (预测器): made once, asked after every event and on every day.
///
/// What has happened is fact: dates, rounds, opinions, stops. What runs takes what is left of its duration, given how long
/// it has taken; what is ahead takes what the plan says. Where a clock stands still the stop ends as far as that is known,
/// else as assumed, and no work begins before the day of the forecast. An application that is refused is filed again at
/// once, and beyond the refusal after next nothing is foreseen.
public struct Forecaster: Sendable {
    public let machine: CaseMachine
    public let assumptions: ForecastAssumptions
    let graph: ForecastGraph
    let times: OfficeTimes

    public init(_ machine: CaseMachine, assumptions: ForecastAssumptions = ForecastAssumptions()) {
        self.machine = machine
        self.assumptions = assumptions
        graph = ForecastGraph(machine.plan, assumptions.risk)
        times = OfficeTimes(calendar: machine.calendar)
    }

    /// Samples whose activities are looked at for what an outcome depends on.
    static let driverSamples = 2 * SampleBlock.size

    /// The forecast of a case of this plan, by its state alone: the same state, date and seed give the same bits.
    ///
    /// - Parameters:
    ///   - state: of a case that was opened.
    ///   - date: never taken earlier than the last event; a case that is over is looked at on its last day.
    /// - Throws: `NetworkError` or `SimulationError` when the plan is no network; a workflow that was read without errors
    ///   always is one.
    /// - Complexity: O(runs × (activities + relations) of what is left).
    public func forecast(_ state: CaseState, on date: LocalDate) throws -> Forecast {
        let asOf = state.asOf ?? date
        let on = state.status == .open ? max(asOf, date) : asOf
        let progress = CaseProgress(of: state, on: on, in: graph, machine, assumptions)
        let held = machine.heldTimes(in: state)
        let used = graph.windows.map {
            UsedTime($0, state, held, on: on, in: graph, progress, machine.calendar)
        }
        var outlook: Outlook?
        if state.status == .open {
            outlook = try Outlook(
                RemainingNetwork(graph, progress, on: on, times, machine.calendar), used, self, on: on)
        }
        let finish: Forecast.Finish =
            switch state.status {
            case .completed: .past(state.closedOn ?? asOf)
            case .withdrawn, .cancelled: .never
            case .open, .unopened: outlook.map { .ahead($0.dates()) } ?? .never
            }
        return Forecast(
            plan: machine.plan, calendar: machine.calendar, assumptions: assumptions, status: state.status, on: on,
            asOf: asOf, finish: finish,
            targets: graph.windows.indices.map { number in
                target(graph.windows[number], used[number], outlook?.samples(ofWindow: number), state.status) {
                    outlook?.drivers(ofWindow: number) ?? []
                }
            },
            holders: outlook?.holders(progress, state) ?? [], drivers: outlook?.drivers(ofWindow: nil) ?? [])
    }

    private func target(
        _ window: ForecastGraph.Window, _ used: UsedTime, _ samples: [SIMD4<Int32>]?, _ status: CaseStatus,
        drivers: () -> [Forecast.Driver]
    ) -> Forecast.TargetForecast {
        let limit = window.target.limit
        let own = window.target.measure.windowMeasure.rawValue
        let standing: Forecast.Standing =
            if let limit, used.opened != nil, Int(used.measures[own]) > limit.minutes {
                .lost
            } else if used.closed != nil {
                limit == nil ? .measured : .kept
            } else if status != .open {
                .ended
            } else { used.opened == nil ? .ahead : .open }
        let isOpen = standing == .ahead || standing == .open || (standing == .lost && used.closed == nil)
        return Forecast.TargetForecast(
            target: window.target, standing: standing, opened: used.opened, closed: used.closed,
            measures: WindowMeasure.allCases.map { measure in
                let values = isOpen ? samples.map { $0.map { $0[measure.rawValue] } } : nil
                let outcome = OutcomeDistribution(values ?? [used.measures[measure.rawValue]])
                return Forecast.MeasureForecast(
                    measure: measure, used: usedSoFar(measure, used, window), mean: outcome.mean,
                    chance: limit.map { outcome.chance(ofAtMost: $0.minutes) },
                    percentiles: outcome.percentiles { $0 })
            },
            drivers: standing == .ahead || standing == .open ? drivers() : [])
    }

    /// The heaviest chain so far is that which leads furthest.
    private func usedSoFar(_ measure: WindowMeasure, _ used: UsedTime, _ window: ForecastGraph.Window) -> Int {
        guard measure == .path, used.closed == nil else { return Int(used.measures[measure.rawValue]) }
        return used.opened == nil ? 0 : max(0, used.leads.max() ?? 0)
    }
}

extension OutcomeDistribution {
    func percentiles<Value>(_ read: (Int) -> Value) -> [SimulationReport.Percentile<Value>] {
        Forecast.percentiles.compactMap { p in
            guard let value = quantile(p), let interval = quantileInterval(p) else { return nil }
            return .init(p: p, value: read(value), low: read(interval.lowerBound), high: read(interval.upperBound))
        }
    }
}
