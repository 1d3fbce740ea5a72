import CaseEngine
import Foundation
import Planning
import Testing
import WorkflowModel

@Suite("Forecasts keep their word")
struct CalibrationTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    private func calibration(_ network: Int, cases: Range<Int>, runs: Int) throws -> ForecastCalibration {
        let machine = CaseMachine(
            plan: try ShippedWorkflow(network).plan, calendar: try #require(try PlannerTests.calendars().last))
        return try ForecastCalibration(of: machine, cases: cases, runs: runs)
    }

    @Test("Finishes lie anywhere in their forecasts, nine in ten in the 90 % intervals")
    func quick() throws {
        let found = try calibration(2, cases: 1..<21, runs: 100)
        #expect(found.forecasts >= 55)
        // Three standard errors of 20 cases whose moments go together; 1/12 is the variance of what is uniform.
        #expect((0.7...1).contains(found.coverage), "\(found)")
        #expect((0.3...0.7).contains(found.mean), "\(found)")
        #expect((0.04...0.13).contains(found.variance), "\(found)")
    }

    @Test(
        "Over 2,400 forecasts of drawn cases the 90 % intervals cover about 90 %, targets are met as often as foretold",
        .enabled(if: isLong), arguments: 1...12)
    func campaign(network: Int) throws {
        let found = try calibration(network, cases: 1..<801, runs: 250)
        #expect(found.forecasts >= 2_000)
        // 88 to 92 %, and a standard error of 800 cases.
        #expect((0.87...0.93).contains(found.coverage), "\(found.coverage)")
        #expect(abs(found.mean - 0.5) < 0.06, "\(found.mean)")
        #expect(
            abs(found.foretold - Double(found.met)) / Double(found.forecasts) < 0.05,
            "\(found.foretold), \(found.met)")
    }
}
