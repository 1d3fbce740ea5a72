import Foundation
import TestSupport
import Testing

@Suite("binglian case forecast")
struct ForecastCommandTests {
    private func opened() async throws -> Binglian {
        let binglian = try Binglian()
        let wf = Shipped("wf-09")
        _ = try await binglian.run(
            ["case", "open", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--id", "c"]
        ).succeeded()
        return binglian
    }

    private func forecast(_ binglian: Binglian, _ more: String...) async throws -> [String: Any] {
        let output = try await binglian.run(["case", "forecast", "c", "--format", "json"] + more)
        return try #require(try output.json() as? [String: Any])
    }

    @Test("The same case, date and seed give the same document; a later date a later finish")
    func documents() async throws {
        let binglian = try await opened()
        let options = ["case", "forecast", "c", "--on", "2024-03-01", "--format", "json", "--runs", "500"]
        let first = try await binglian.run(options).succeeded()
        #expect(try await binglian.run(options).succeeded() == first)
        #expect(try await binglian.run(options + ["--seed", "2"]).succeeded() != first)
        let now = try await forecast(binglian, "--on", "2024-03-01")
        let later = try await forecast(binglian, "--on", "2024-09-02")
        #expect(now["asOf"] as? String == "2024-03-01" && later["asOf"] as? String == "2024-03-01")
        func mean(_ forecast: [String: Any]) throws -> String {
            try #require((forecast["finish"] as? [String: Any])?["mean"] as? String)
        }
        #expect(try mean(now) < (try mean(later)) && "2024-09-02" <= (try mean(later)))
        #expect(try await forecast(binglian, "--on", "2020-01-01")["on"] as? String == "2024-03-01")
    }

    @Test("A number of runs out of range and a case that is not there are refused")
    func refusals() async throws {
        let binglian = try await opened()
        for runs in ["99", "100001", "x"] {
            let output = try await binglian.run(["case", "forecast", "c", "--runs", runs])
            #expect(output.exitCode == 64)
        }
        let output = try await binglian.run(["case", "forecast", "nobody"])
        #expect(output.exitCode == 1)
    }
}
