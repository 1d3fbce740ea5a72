import Foundation
import TestSupport
import Testing

@Suite("binglian simulate")
struct SimulateTests {
    private func simulate(_ binglian: Binglian, _ more: String...) async throws -> Binglian.Output {
        let wf = Shipped("wf-02")
        return try await binglian.run(
            ["simulate", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--format", "json"] + more)
    }

    @Test("The same seed gives the same document on 1, 2 and 8 threads, another seed another")
    func threads() async throws {
        let binglian = try Binglian()
        let one = try await simulate(binglian, "--runs", "5000", "--threads", "1").succeeded()
        for threads in ["2", "8"] {
            let other = try await simulate(binglian, "--runs", "5000", "--threads", threads).succeeded()
            #expect(other == one)
        }
        #expect(try await simulate(binglian, "--runs", "5000", "--seed", "2").succeeded() != one)
    }

    @Test("With a precision it goes on until every chance is known so well, and stops at the same run on any threads")
    func precision() async throws {
        let binglian = try Binglian()
        var runs: Set<Int> = []
        for threads in ["1", "3"] {
            let report = try #require(
                try await simulate(binglian, "--precision", "0.02", "--threads", threads).json() as? [String: Any])
            runs.insert(try #require(report["runs"] as? Int))
            for target in try #require(report["targets"] as? [[String: Any]]) {
                guard let chance = target["chance"] as? [String: Double], let low = chance["low"],
                    let high = chance["high"]
                else { continue }
                #expect(high - low <= 0.04 + 1e-6)
            }
        }
        #expect(runs.count == 1)
    }

    @Test("What cannot be simulated is said with the way out")
    func refusals() async throws {
        let binglian = try Binglian()
        let target = try await simulate(binglian, "--target", "t99")
        #expect(target.exitCode == 1 && target.err.contains("there is no target 't99'; there are: t50"))
        for (option, value, says) in [
            ("--runs", "5", "100 to 1000000"), ("--correlation", "1", "0 to 0.99"), ("--threads", "0", "1 to 256"),
            ("--precision", "0", "0.0005 to 0.5"),
        ] {
            let output = try await simulate(binglian, option, value)
            #expect(output.exitCode == 64 && output.err.contains(says), "\(option)")
        }
    }
}
