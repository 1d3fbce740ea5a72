import Testing

@testable import CaseEngine

@Suite("A draw of what is checked, and by whom")
struct SpotCheckTests {
    private let objects = (1...40).map { "case-\($0)" }
    private let inspectors = ["甲", "乙", "丙", "丁", "戊"]

    @Test("the same seed and lists give the same draw, in whatever order the lists are given")
    func reproducible() throws {
        let draw = try #require(SpotCheck(seed: "2026-1", share: 20, objects: objects, inspectors: inspectors))
        #expect(draw.population == 40 && draw.drawn.count == 8)
        #expect(
            draw
                == SpotCheck(
                    seed: "2026-1", share: 20, objects: objects.reversed() + objects, inspectors: inspectors.reversed())
        )
        #expect(draw.drawn != SpotCheck(seed: "2026-2", share: 20, objects: objects, inspectors: inspectors)?.drawn)
        for assignment in draw.drawn {
            #expect(Set(assignment.inspectors).count == 2 && Set(assignment.inspectors).isSubset(of: inspectors))
            #expect(objects.contains(assignment.object))
        }
        #expect(Set(draw.drawn.map(\.object)).count == 8)
    }

    @Test("at least one is drawn, and nothing of nothing; fewer than two inspectors draw nothing")
    func ends() {
        #expect(SpotCheck(seed: "a", share: 1, objects: ["x"], inspectors: inspectors)?.drawn.count == 1)
        #expect(SpotCheck(seed: "a", share: 100, objects: objects, inspectors: inspectors)?.drawn.count == 40)
        #expect(SpotCheck(seed: "a", share: 50, objects: [], inspectors: inspectors)?.drawn == [])
        #expect(SpotCheck(seed: "a", share: 50, objects: ["x"], inspectors: ["甲", "甲"]) == nil)
    }

    /// Each of ten objects has a chance of 3 in 10; over 3,000 draws a count leaves 900 ± 130 less than once in 10^7.
    @Test("every object, and every inspector, is as likely as any other")
    func fairness() throws {
        let few = (0..<10).map { "o\($0)" }
        var objects: [String: Int] = [:]
        var inspectors: [String: Int] = [:]
        for seed in 0..<3000 {
            let draw = try #require(SpotCheck(seed: "\(seed)", share: 30, objects: few, inspectors: self.inspectors))
            for assignment in draw.drawn {
                objects[assignment.object, default: 0] += 1
                for name in assignment.inspectors { inspectors[name, default: 0] += 1 }
            }
        }
        #expect(objects.count == 10 && objects.values.allSatisfy { abs($0 - 900) < 130 }, "\(objects)")
        // 9,000 checks, two inspectors of five each: 3,600 ± 46.
        #expect(inspectors.values.allSatisfy { abs($0 - 3600) < 250 }, "\(inspectors)")
    }
}
