import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

@Suite("Reading workflows")
struct WorkflowReadingTests {
    private func read(_ text: String) -> FileReading<WorkflowDefinition> {
        WorkflowFile.read(text, path: "a.yaml")
    }

    @Test("What a file says is what comes out")
    func values() throws {
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
        let workflow = try #require(read(text).value)
        #expect(workflow.facts.map(\.type) == [.number, .oneOf(["report", "form", "none"]), .boolean, .text])
        #expect(workflow.facts[1].defaultValue == .text("none"))
        #expect(workflow.materials.map(\.validFor) == [.calendar(180), nil, nil])
        #expect(workflow.targets[0].counts == [.gov, .tech] && workflow.targets[0].measure == .sum)
        #expect(workflow.stages[0].budget == .working(12) && workflow.stages[0].closes == .anyMilestoneItem)
        let items = workflow.items
        #expect(items[1].takes == DurationEstimate(min: .working(1), likely: .working(3), max: .working(5)))
        #expect(
            items[1].statutory == StatutoryLimit(limit: .working(20), extension: .working(10), basis: "行政许可法 art.42"))
        #expect(items[1].tolerance == .working(10))
        #expect(items[1].materials.map(\.isMinor) == [false, true])
        #expect(items[2].clock == .gov && items[2].department == "housing" && items[2].outputs == ["opinion"])
        #expect(
            items[2].after == [
                Dependency(item: "entered"),
                Dependency(item: "permit", type: .startToStart, lag: .calendar(-2)),
            ])
        #expect(workflow.simulation == SimulationDefaults(distribution: .pert, departmentCorrelation: 0.3))
        let correction = DurationEstimate(min: .working(2), likely: .working(4), max: .working(6))
        #expect(items[1].correction == CorrectionChance(chance: 0.2, applicant: correction))
        #expect(items[1].special?.procedure == .hearing && items[1].special?.chance == 0.05)
        #expect(items[1].distribution == .uniform && items[2].distribution == nil)
        let joint = try #require(items[2].joint)
        #expect(joint.passes == .atLeast(1, of: 2) && joint.admittedBy == "office")
        #expect(joint.rectification?.failedOnly == true && joint.rectification?.chance == 0.4)
        #expect(joint.participants[1].when?.text == "large and area in [100..500)")
        #expect(joint.participants[1].silence == .neverDeemed)
        #expect(items[3].after == [Dependency(item: "acceptance", phase: .merge)])
        #expect(items[4].after == [Dependency(item: "acceptance", phase: .participant("planning"))])
    }

    @Test("Mistakes that follow from one mistake are not reported again")
    func rootCauses() throws {
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
        func diagnostics(_ old: String, _ new: String) -> [String] {
            #expect(text.contains(old))
            return read(text.replacing(old, with: new)).diagnostics.map(\.code.rawValue)
        }
        // A fact that cannot be read is still declared; so are a department, a material and a joint item.
        #expect(diagnostics("{type: number, unit: m2}", "{type: numbr, unit: m2}") == ["YML023"])
        #expect(diagnostics("housing: {zh: 住建, en: Housing}", "housing: 住建") == ["YML021"])
        #expect(diagnostics("title: {zh: 总平面图, en: Site plan}", "title: Site plan") == ["YML021"])
        #expect(diagnostics("joint: acceptance", "joint: aceptance") == ["YML023"])
        // A misspelt key is not missing as well.
        #expect(diagnostics("takes: 1/3/5 wd", "take: 1/3/5 wd") == ["YML017"])
        #expect(diagnostics("lead: housing\n        admittedBy", "leads: housing\n        admittedBy") == ["YML017"])
        #expect(diagnostics("workflow: complete", "worflow: complete") == ["YML017"])
        // Without a dependency the window's order is not known, so nothing is said about it.
        #expect(diagnostics("after: [acceptance.merge]", "after: [aceptance.merge]") == ["WF003"])
        #expect(diagnostics("rectification: {applicant", "rectification: {aplicant") == ["YML017"])
    }

    @Test("Several mistakes are reported in one run, in their order")
    func several() throws {
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
            .replacing("takes: 1/3/5 wd", with: "takes: 5/3/1 wd").replacing("1 of 2", with: "3 of 2")
            .replacing("department: office", with: "department: ofice")
        let reading = read(text)
        #expect(reading.value == nil)
        #expect(Set(reading.errors.map(\.code)) == [.estimateOutOfOrder, .impossiblePassRule, .unknownDepartment])
        #expect(reading.diagnostics.map(\.place.span.start) == reading.diagnostics.map(\.place.span.start).sorted())
    }

    @Test("Whatever happens to a file, reading it ends with a value or with an error that lies inside the file")
    func mutations() throws {
        let lines = try ProjectFiles.text("Workflows/wf-02-cq-social-general.yaml").components(separatedBy: "\n")
        for seed in 1...60 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var mutated = lines
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let index = Int.random(in: mutated.indices, using: &generator)
                let other = mutated[Int.random(in: mutated.indices, using: &generator)]
                let line = mutated[index]
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: mutated.remove(at: index)
                case 1: mutated.insert(line, at: index)
                case 2: mutated[index] = other
                case 3: mutated[index] = String(line.prefix(Int.random(in: 0...line.count, using: &generator)))
                default:
                    mutated[index] = line + ["[", "}", ": ", " #", "\"", ",", "wd"].randomElement(using: &generator)!
                }
            }
            let reading = read(mutated.joined(separator: "\n"))
            #expect((reading.value == nil) == !reading.errors.isEmpty, "seed \(seed)")
            for diagnostic in reading.diagnostics {
                let start = diagnostic.place.span.start
                #expect((1...mutated.count + 1).contains(start.line) && start.column >= 1, "seed \(seed)")
                #expect(!DiagnosticRenderer(language: .zh).text(for: diagnostic).isEmpty, "seed \(seed)")
            }
        }
    }

    @Test("A circle is reported exactly where items cannot be put in an order")
    func circles() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...7, using: &generator)
            let after = (0..<count).map { item in
                (0..<count).filter { $0 != item && Int.random(in: 0..<5, using: &generator) == 0 }
            }
            var open = Set(0..<count)
            while let free = open.first(where: { open.isDisjoint(with: after[$0]) }) { open.remove(free) }
            let codes = read(OrderExample.text(after: after)).diagnostics.map(\.code)
            #expect(codes.contains(.cycle) == !open.isEmpty, "seed \(seed)")
            #expect(codes.allSatisfy { $0 == .cycle }, "seed \(seed)")
        }
    }

    @Test("The edit distance agrees with the textbook's table wherever it is small")
    func editDistances() {
        for seed in 1...500 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let (a, b) = (word(&generator), word(&generator))
            let table = Self.optimalStringAlignment(a, b)
            for most in 0...3 {
                #expect(editDistance(a[...], b[...], atMost: most) == (table <= most ? table : nil), "seed \(seed)")
            }
        }
        #expect(nearestName(to: "deparment", among: ["department", "lead"]) == "department")
        #expect(nearestName(to: "gov", among: ["tech", "none"]) == nil)
        #expect(nearestName(to: "Floorarea", among: ["floorArea"]) == "floorArea")
    }

    private func word(_ generator: inout SeededGenerator) -> [Character] {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in ["a", "b", "c"].randomElement(using: &generator)! }
    }

    private static func optimalStringAlignment(_ a: [Character], _ b: [Character]) -> Int {
        var d = (0...a.count).map { i in (0...b.count).map { j in i == 0 ? j : j == 0 ? i : 0 } }
        for i in a.indices {
            for j in b.indices {
                d[i + 1][j + 1] = min(d[i][j + 1] + 1, d[i + 1][j] + 1, d[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    d[i + 1][j + 1] = min(d[i + 1][j + 1], d[i - 1][j - 1] + 1)
                }
            }
        }
        return d[a.count][b.count]
    }
}

/// A workflow of which only the order of items matters.
private enum OrderExample {
    static func text(after: [[Int]]) -> String {
        let items = after.enumerated().map { index, others in
            "      - {id: i\(index), title: {zh: 事项, en: Item}, kind: approval, department: office, takes: 1 wd, "
                + "milestone: true, source: generated, after: [\(others.map { "i\($0)" }.joined(separator: ", "))]}"
        }
        return """
            workflow: order
            version: "1"
            title: {zh: 次序, en: Order}
            processType: 10
            source: generated
            calendar: cn
            facts: {}
            departments: {office: {zh: 窗口, en: Office}}
            targets: []
            stages:
              - id: works
                title: {zh: 施工许可, en: Construction permit}
                national: 3
                lead: office
                items:
            \(items.joined(separator: "\n"))
            """
    }
}
