import ClockHistories
import Foundation
import Testing

@Suite("Random histories against counting day by day")
struct ClockHistoryTests {
    /// `LONG=1` counts a million, as `binglian-bench histories` does in a tenth of the time.
    private static let count: UInt64 = ProcessInfo.processInfo.environment["LONG"] == "1" ? 125_000 : 500

    @Test(
        "Any history of corrections, pauses, extensions and notices has the dates of counting day by day",
        arguments: UInt64(0)..<8)
    func dayByDay(part: UInt64) throws {
        let definitions = ClockHistory.Definitions()
        for seed in part * Self.count..<(part + 1) * Self.count {
            var history = ClockHistory(seed: seed, definitions)
            if let difference = try history.difference() {
                Issue.record("seed \(seed): \(difference)\n\(history.told.joined(separator: "\n"))")
                return
            }
        }
    }
}
