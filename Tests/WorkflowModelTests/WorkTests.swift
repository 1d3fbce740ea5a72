import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

/// Projects of several works: what is there once, what once for each work, and what waits for what.
@Suite("Works of a project")
struct WorkTests {
    private static let works = [
        Work(id: "tower", title: LocalizedText(zh: "塔楼", en: "Tower"), facts: ["deep": .boolean(true)]),
        Work(id: "hall", title: LocalizedText(zh: "大厅", en: "Hall")),
    ]

    private static func stage(_ id: String, _ national: Int, _ items: [Item]) -> Stage {
        Stage(
            id: id, title: PlanFixture.text, national: national, lead: "housing", budget: nil,
            closes: .allMilestoneItems,
            source: nil, items: items)
    }

    private static func workflow() -> WorkflowDefinition {
        func item(_ id: String, _ after: [String], scope: ItemScope? = nil, when: Condition? = nil) -> Item {
            Item(
                id: id, code: nil, title: LocalizedText(zh: id, en: id), kind: .approval, department: "housing",
                clock: .gov, takes: PlanFixture.days(1), limit: nil, statutory: nil,
                after: after.map { PlanFixture.dependency($0) }, when: when, isMilestoneItem: false,
                handling: .ordinary, tolerance: nil,
                materials: id == "permit"
                    ? ["drawing", "licence", "land"].map { MaterialRequirement(material: $0, isMinor: false) } : [],
                outputs: id == "entry" ? ["land"] : id == "permit" ? ["certificate"] : [], chain: [],
                silence: .escalate, basis: nil, source: nil, joint: nil, scope: scope)
        }
        func material(_ id: String, _ owner: Material.Owner = .project) -> Material {
            Material(id: id, title: LocalizedText(zh: id, en: id), basis: "", owner: owner, validFor: nil)
        }
        return WorkflowDefinition(
            id: "w", version: "1", title: PlanFixture.text, processType: 3, source: "", calendar: "cn", facts: [],
            appliesWhen: nil, departments: [],
            materials: [
                material("drawing"), material("licence", .applicant), material("land"), material("certificate"),
            ],
            targets: [
                Target(
                    id: "all", title: nil, limit: .working(9), from: "entry", to: "opened", counts: [.gov],
                    measure: .union, source: ""),
                Target(
                    id: "early", title: nil, limit: .working(9), from: "entry", to: "assessment", counts: [.gov],
                    measure: .union, source: ""),
            ],
            stages: [
                stage("one", 1, [item("entry", [])]),
                stage("two", 2, [item("scheme", ["entry"]), item("traffic", ["entry"], scope: .project)]),
                stage(
                    "three", 3,
                    [item("pit", ["scheme"], when: PlanFixture.when("deep")), item("permit", ["pit", "traffic"])]),
                stage(
                    "lane", 5,
                    [
                        item("assessment", ["entry"]), item("water", ["permit"]), item("opened", ["water"]),
                        item("party", ["opened"], scope: .project),
                    ]),
            ])
    }

    @Test("Stages 2 to 4 and what waits for them are there for each work, the rest once")
    func divides() {
        let divided = Self.workflow().divided(into: Self.works, facts: [:])
        #expect(
            divided.stages.map(\.id) == ["one", "two", "tower:two", "tower:three", "hall:two", "hall:three", "lane"])
        #expect(
            divided.items.map(\.id) == [
                "entry", "traffic", "tower:scheme", "tower:pit", "tower:permit", "hall:scheme", "hall:pit",
                "hall:permit", "assessment", "tower:water", "hall:water", "tower:opened", "hall:opened", "party",
            ])
        #expect(divided.stages[2].items[0].title == LocalizedText(zh: "塔楼 · scheme", en: "Tower · scheme"))
    }

    @Test("A work waits for itself and the project; the project waits for all works")
    func waits() {
        let plan = Plan.resolve(Self.workflow().divided(into: Self.works, facts: [:]), facts: [:])
        func after(_ id: String) -> [String] { plan[id]?.after.map(\.reference) ?? [] }
        #expect(after("tower:scheme") == ["entry"])
        #expect(after("tower:permit") == ["tower:pit", "traffic"])
        #expect(after("hall:permit") == ["hall:scheme", "traffic"], "the hall has no deep pit, which hands on")
        #expect(after("party") == ["tower:opened", "hall:opened"])
        #expect(plan.notNeeded == ["hall:pit"])
    }

    @Test("Drawings and certificates are of a work; licences and what the project holds are not")
    func materials() {
        let divided = Self.workflow().divided(into: Self.works, facts: [:])
        let permit = divided.items.first { $0.id == "hall:permit" }
        #expect(permit?.materials.map(\.material) == ["hall:drawing", "licence", "land"])
        #expect(permit?.outputs == ["hall:certificate"])
        #expect(
            divided.materials.map(\.id) == [
                "tower:drawing", "hall:drawing", "licence", "land", "tower:certificate", "hall:certificate",
            ])
    }

    @Test("A target that ends with a work is there for each, and counts no other work's time")
    func targets() {
        let targets = Self.workflow().divided(into: Self.works, facts: [:]).targets
        #expect(targets.map(\.id) == ["tower:all", "hall:all", "early"])
        #expect(targets[0].from == "entry")
        #expect(targets[0].to == "tower:opened")
        #expect(targets[0].counts(.gov, of: "tower:permit.merge"))
        #expect(targets[0].counts(.gov, of: "traffic"))
        #expect(!targets[0].counts(.gov, of: "hall:permit"))
        #expect(!targets[0].counts(.applicant, of: "tower:permit"))
        #expect(targets[2].counts(.gov, of: "hall:permit"))
    }

    @Test("Without works nothing changes, and one work is the same plan under other names", arguments: 1...12)
    func oneWork(number: Int) throws {
        let path = try #require(
            try ShippedFileTests.workflows().first { $0.contains("/wf-\(number < 10 ? "0" : "")\(number)") })
        let workflow = try #require(WorkflowFile.read(try ProjectFiles.text(path), path: path).value)
        #expect(workflow.divided(into: [], facts: [:]) == workflow)
        let facts = workflow.resolvedFacts([:])
        let whole = Plan.resolve(workflow, facts: facts)
        let divided = Plan.resolve(workflow.divided(into: [Self.works[1]], facts: facts), facts: facts)
        func bare(_ id: String) -> String { Work.id(in: id) == nil ? id : String(id.dropFirst("hall:".count)) }
        #expect(Set(divided.items.map { bare($0.id) }) == Set(whole.items.map(\.id)))
        for planned in divided.items {
            let original = try #require(whole[bare(planned.id)])
            #expect(planned.after.map { bare($0.reference) } == original.after.map(\.reference))
            #expect(planned.item.takes == original.item.takes)
        }
    }

    @Test("Levers reach every work")
    func levers() throws {
        let path = "Workflows/wf-02-cq-social-general.yaml"
        let workflow = try #require(WorkflowFile.read(try ProjectFiles.text(path), path: path).value)
        let facts = workflow.resolvedFacts([:])
        for lever in workflow.availableLevers(facts: facts) where lever.requires.isEmpty {
            let first = try workflow.applying([lever.id], facts: facts).divided(into: Self.works, facts: facts)
            let second = try workflow.divided(into: Self.works, facts: facts).applying([lever.id], facts: facts)
            let plans = [first, second].map { Plan.resolve($0, facts: facts) }
            #expect(Set(plans[0].items.map(\.item)) == Set(plans[1].items.map(\.item)), "lever \(lever.id)")
        }
    }
}
