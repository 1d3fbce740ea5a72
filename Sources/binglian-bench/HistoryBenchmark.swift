import ArgumentParser
import ClockHistories
import Foundation

/// Random lives of an application under the real rules, held against counting day by day; no matter of speed.
struct HistoryBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "histories", abstract: "How many random histories have the dates of counting day by day.")

    @Option(help: "How many histories, one a seed.")
    var count: UInt64 = 1_000_000

    @Option(help: "The seed of the first.")
    var first: UInt64 = 0

    @Option(help: "How many threads.")
    var tasks: UInt64 = 2

    func run() async throws {
        let definitions = ClockHistory.Definitions()
        let clock = ContinuousClock()
        let begin = clock.now
        let equal = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var equal: UInt64 = 0
                    for seed in stride(from: first + task, to: first + count, by: Int(tasks)) {
                        try Task.checkCancellation()
                        var history = ClockHistory(seed: seed, definitions)
                        if let difference = try history.difference() {
                            let told = history.told.joined(separator: "\n  ")
                            FileHandle.standardError.write(Data("seed \(seed): \(difference)\n  \(told)\n".utf8))
                        } else {
                            equal += 1
                        }
                    }
                    return equal
                }
            }
            return try await group.reduce(0, +)
        }
        report([
            "histories": Double(count), "equal": Double(equal), "seconds": (clock.now - begin) / .seconds(1),
        ])
        if equal < count { throw ExitCode.failure }
    }
}
