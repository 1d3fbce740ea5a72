import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// What forecasts of drawn cases said beside what came (预测校准): a quarter, a half and three quarters of the way
/// through each case.
///
/// - Source: the randomised probability integral transform, Brockwell 2007, doi:10.1016/j.spl.2007.02.008.
public struct ForecastCalibration: Sendable {
    /// Forecasts whose finish lay ahead.
    public private(set) var forecasts = 0
    /// How many finishes lay in the 90 % interval.
    public private(set) var inside = 0
    /// How many windows of targets the forecasts expected to be met, as a sum of chances.
    public private(set) var foretold = 0.0
    /// How many were met.
    public private(set) var met = 0
    /// Where the finishes lay in their forecasts: uniform on 0...1 when those are as sure as they say.
    public private(set) var places: [Double] = []

    /// The share of finishes in the 90 % intervals; 0 of none.
    public var coverage: Double { forecasts == 0 ? 0 : Double(inside) / Double(forecasts) }
    public var mean: Double { places.reduce(0, +) / Double(max(1, places.count)) }
    public var variance: Double {
        places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, places.count))
    }

    /// - Parameters:
    ///   - cases: their seeds; each opens on another day of the year from 2 March 2020.
    ///   - runs: samples of a forecast.
    /// - Throws: what ``Forecaster/forecast(_:on:)`` and ``DrawnCase`` throw.
    public init(of machine: CaseMachine, cases: Range<Int>, runs: Int) throws {
        let forecaster = Forecaster(
            machine, assumptions: ForecastAssumptions(risk: RiskAssumptions(seed: 77), runs: runs))
        for number in cases {
            let start = LocalDate(dayNumber: 18_323).adding(days: number % 366)
            let run = try DrawnCase(machine, start: start, seed: UInt64(number))
            guard let end = run.state.closedOn else { continue }
            let last = try forecaster.forecast(run.state, on: end)
            for share in [0.25, 0.5, 0.75] {
                let moment = run.moments[Int(share * Double(run.moments.count))]
                let forecast = try forecaster.forecast(moment.state, on: moment.on)
                guard case .ahead(let dates) = forecast.finish else { continue }
                var draw = SeededDraw(seed: 5, name: "\(number) \(share)")
                // Days are whole, so the ends of an interval are shared by lot: else it would cover too much.
                note(dates.place(of: end, share: draw.unit()))
                for (target, outcome) in zip(forecast.targets, last.targets) {
                    foretold += target.chance?.value ?? 0
                    if outcome.standing == .kept { met += 1 }
                }
            }
        }
    }

    private mutating func note(_ place: Double) {
        forecasts += 1
        if (0.05...0.95).contains(place) { inside += 1 }
        places.append(place)
    }
}
