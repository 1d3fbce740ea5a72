import CaseEngine
import Orchestrator
import Planning
import Testing

@Suite("Simulated departments")
struct SimulatedPartiesTests {
    /// One joint acceptance whose rounds fail with a chance.
    private static func acceptance(chance: Double) -> String {
        """
          - id: works
            title: {zh: 验收, en: Acceptance}
            national: 4
            lead: planning
            items:
              - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
              - id: joint
                title: {zh: 联合验收, en: Joint acceptance}
                joint: acceptance
                lead: planning
                after: [entered]
                admission: 1 wd
                participants:
                  - {id: fire, title: {zh: 消防, en: Fire}, department: fire, takes: 1/3/5 wd}
                  - {id: water, title: {zh: 供水, en: Water}, department: water, takes: 1/3/5 wd}
                source: assumed
                milestone: true
                passes: all
                merge: 1 wd
                rectification: {applicant: 1/2/3 wd, recheck: 1 wd failed-only, chance: \(chance), rounds: 1}
                conclusion: 1 wd
              - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [joint]}
        """
    }

    @Test("An application that follows a refusal is judged anew: however often rounds fail, projects get through")
    func judgedAnew() async throws {
        var refused = 0
        for seed in 1...40 {
            let sample = try SampleCase(Self.acceptance(chance: 0.6))
            let end = try await sample.run(sample.parties(seed: UInt64(seed)))
            #expect(end == .closed(.completed), "seed \(seed)")
            let joint = try #require(try await sample.state.items.first { $0.id == "joint" })
            refused += joint.attempt - 1
        }
        #expect(refused > 0)
    }

    @Test("Where every round fails the applicant gives up after ten applications, and the run says that nobody goes on")
    func givesUp() async throws {
        let sample = try SampleCase(Self.acceptance(chance: 1))
        #expect(try await sample.run(sample.parties(seed: 1)) == .stuck)
        let joint = try #require(try await sample.state.items.first { $0.id == "joint" })
        #expect(joint.status == .refused)
        #expect(joint.attempt == 10)
    }
}
