import CaseEngine
import Foundation
import Planning
import Scheduling
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Forecasts keep their word")
struct CalibrationTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    /// Cases and moments of one workflow: what its forecasts said, and what came.
    private struct Tally {
        var pairs = 0
        var inside = 0
        var foretold = 0.0
        var met = 0

        /// Where the finishes lay in their forecasts: uniform on 0...1 when those are as sure as they say.
        var places: [Double] = []

        var mean: Double { places.reduce(0, +) / Double(places.count) }
        var variance: Double { places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(places.count) }
        var coverage: Double { Double(inside) / Double(pairs) }
    }

    private static let moments = [0.25, 0.5, 0.75]

    private func tally(_ network: Int, cases: Range<Int>, runs: Int) throws -> Tally {
        let machine = CaseMachine(
            plan: try ShippedWorkflow(network).plan, calendar: try #require(try PlannerTests.calendars().last))
        let forecaster = Forecaster(
            machine, assumptions: ForecastAssumptions(risk: RiskAssumptions(seed: 77), runs: runs))
        var tally = Tally()
        for number in cases {
            let start = LocalDate("2020-03-02")?.adding(days: number % 366) ?? .earliest
            let run = try DrawnCase(machine, start: start, seed: UInt64(number))
            let end = try #require(run.state.closedOn)
            let last = try forecaster.forecast(run.state, on: end)
            for share in Self.moments {
                let moment = run.moments[Int(share * Double(run.moments.count))]
                let forecast = try forecaster.forecast(moment.state, on: moment.on)
                guard case .ahead(let dates) = forecast.finish else { continue }
                var draw = SeededDraw(seed: 5, name: "\(number) \(share)")
                // Days are whole, so the ends of an interval are shared by lot: else it would cover too much.
                let place = dates.place(of: end, share: draw.unit())
                tally.pairs += 1
                if (0.05...0.95).contains(place) { tally.inside += 1 }
                tally.places.append(place)
                for (target, outcome) in zip(forecast.targets, last.targets) {
                    tally.foretold += target.chance?.value ?? 0
                    if outcome.standing == .kept { tally.met += 1 }
                }
            }
        }
        return tally
    }

    @Test("Finishes lie anywhere in their forecasts, nine in ten in the 90 % intervals")
    func quick() throws {
        let tally = try tally(2, cases: 1..<21, runs: 100)
        #expect(tally.pairs >= 55)
        // Three standard errors of 20 cases whose moments go together; 1/12 is the variance of what is uniform.
        #expect((0.7...1).contains(tally.coverage), "\(tally)")
        #expect((0.3...0.7).contains(tally.mean), "\(tally)")
        #expect((0.04...0.13).contains(tally.variance), "\(tally)")
    }

    @Test(
        "Over 2,400 forecasts of drawn cases the 90 % intervals cover 88–92 %, targets are met as often as foretold",
        .enabled(if: isLong), arguments: [2, 9])
    func campaign(network: Int) throws {
        let tally = try tally(network, cases: 1..<801, runs: 250)
        #expect(tally.pairs >= 2_000)
        #expect((0.88...0.92).contains(tally.coverage), "\(tally.coverage)")
        #expect(abs(tally.mean - 0.5) < 0.04, "\(tally.mean)")
        #expect(abs(tally.foretold - Double(tally.met)) / Double(tally.pairs) < 0.05, "\(tally.foretold), \(tally.met)")
    }
}
