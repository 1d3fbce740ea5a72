import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

@Suite("Levers")
struct LeverTests {
    private func complete() throws -> WorkflowDefinition {
        try #require(WorkflowFile.read(ProjectFiles.text("Fixtures/complete.yaml"), path: "complete.yaml").value)
    }

    static let large: [String: FactValue] = ["large": .boolean(true)]

    @Test("What a file says of its levers is what comes out")
    func values() throws {
        let levers = try complete().levers
        #expect(levers.map(\.cost) == [250, 0, 100, 100])
        #expect(levers.map(\.kind) == [.commitment, .startEarlier, .exemption, .merge])
        #expect(levers[1].when?.text == "large" && levers[1].requires == ["permit-commitment"])
        #expect(levers[1].excludes == ["no-record"])
        #expect(
            levers[1].effects[0]
                == .change(
                    ItemChange(
                        item: "acceptance", notAfter: [Dependency(item: "permit")],
                        alsoAfter: [Dependency(item: "entered", lag: .working(1))], chance: 0.1)))
        guard case .merge(let merge) = levers[3].effects[0] else {
            Issue.record("no merge")
            return
        }
        #expect(merge.items == ["filing", "record"] && merge.keepsPredecessors)
    }

    @Test("A lever changes what it names, and nothing else")
    func changes() throws {
        let before = try complete()
        let after = try before.applying(["permit-commitment", "early-acceptance"], facts: Self.large)
        func item(_ id: String) throws -> Item { try #require(after.items.first { $0.id == id }) }
        let permit = try item("permit")
        #expect(permit.takes?.likely == .working(1) && permit.limit == .working(2) && permit.handling == .ordinary)
        #expect(permit.tolerance == .working(5) && permit.materials.allSatisfy(\.isMinor))
        #expect(try item("filing").takes?.likely == DayAmount(minutes: 240, unit: .working))
        #expect(try item("filing").after == [Dependency(item: "acceptance")])
        let acceptance = try item("acceptance")
        #expect(acceptance.after == [Dependency(item: "entered", lag: .working(1))])
        #expect(acceptance.joint?.rectification?.chance == 0.1)
        #expect(acceptance.joint?.participants[0].takes?.likely == .working(2))
        #expect(acceptance.joint?.participants[0].limit == .working(3))
        #expect(acceptance.joint?.participants[1] == before.items[2].joint?.participants[1])
        // The check stands right after the item that it follows.
        #expect(after.items.map(\.id).prefix(4) == ["entered", "permit", "permit-check", "acceptance"])
        #expect(after.version == "1+permit-commitment+early-acceptance" && after.levers.isEmpty)
        #expect(after.targets == before.targets && after.materials == before.materials)
    }

    @Test("A merged item takes the first one's place, waits for all, and all that waited wait for it")
    func merges() throws {
        let after = try complete().applying(["one-filing"], facts: Self.large)
        #expect(after.items.map(\.id) == ["entered", "permit", "acceptance", "closing", "completed"])
        #expect(
            after.items[3].after == [
                Dependency(item: "acceptance", phase: .merge),
                Dependency(item: "acceptance", phase: .participant("planning")),
            ])
        #expect(after.items[4].after == [Dependency(item: "closing")])
    }

    @Test("What a lever drops hands on what it waited for, as an item whose condition is false does")
    func drops() throws {
        let workflow = try complete().applying(["no-record"], facts: Self.large)
        let plan = Plan.resolve(workflow, facts: Self.large)
        #expect(plan.notNeeded == ["record"])
        #expect(
            plan["completed"]?.after.map(\.reference) == ["filing", "acceptance.planning"])
    }

    @Test("Levers that the facts leave out change nothing, nor does what requires them")
    func unavailable() throws {
        let workflow = try complete()
        #expect(workflow.availableLevers(facts: [:]).map(\.id) == ["permit-commitment", "no-record", "one-filing"])
        #expect(
            try workflow.applying(["permit-commitment", "early-acceptance"], facts: [:])
                == workflow.applying(["permit-commitment"], facts: [:]))
        #expect(try workflow.applying([], facts: Self.large) == workflow)
    }

    @Test("Levers that do not go together are refused with the reason")
    func refusals() throws {
        let workflow = try complete()
        func refusal(_ ids: String...) -> LeverChoiceError? {
            do {
                _ = try workflow.applying(ids, facts: Self.large)
                return nil
            } catch { return error }
        }
        #expect(refusal("no-recrd") == .unknown("no-recrd", known: workflow.levers.map(\.id)))
        #expect(refusal("no-recrd")?.text.en == "the workflow has no lever “no-recrd”: did you mean “no-record”?")
        #expect(refusal("early-acceptance") == .requires("early-acceptance", "permit-commitment"))
        // Said by one of the two, it binds both.
        #expect(refusal("no-record", "one-filing") == .excludes("one-filing", "no-record"))
        #expect(refusal("one-filing", "no-record") == .excludes("one-filing", "no-record"))
    }

    @Test("The order in which levers are named does not matter", arguments: try ShippedFileTests.workflows())
    func order(path: String) throws {
        let workflow = try #require(WorkflowFile.read(try ProjectFiles.text(path), path: path).value)
        #expect(!workflow.levers.isEmpty, "\(path) has no levers")
        for seed in UInt64(1)...8 {
            var random = SeededGenerator(seed: seed)
            let facts = Dictionary(
                uniqueKeysWithValues: workflow.facts.filter { $0.type == .boolean }
                    .map { ($0.id, FactValue.boolean(Bool.random(using: &random))) })
            var chosen: [String] = []
            for lever in workflow.levers.shuffled(using: &random) where Bool.random(using: &random) {
                if (try? workflow.applying(chosen + [lever.id], facts: facts)) != nil { chosen.append(lever.id) }
            }
            let one = try workflow.applying(chosen, facts: facts)
            #expect(try workflow.applying(chosen.shuffled(using: &random), facts: facts) == one, "seed \(seed)")
            // What comes out is a workflow again: it has a plan, and its windows stand.
            let plan = Plan.resolve(one, facts: one.resolvedFacts(facts))
            #expect(plan.order.count == plan.items.count)
            for (place, index) in plan.order.enumerated() {
                let before = Set(plan.order[..<place].map { plan.items[$0].id })
                #expect(plan.items[index].after.allSatisfy { before.contains($0.item) }, "\(path) \(chosen)")
            }
        }
    }

    @Test("Shares of a duration are exact to the minute and add up in the order of the file")
    func percent() {
        let item = PlanFixture.item("a", takes: PlanFixture.days(10))
        func minutes(_ changes: ItemChange...) -> Int? { item.changed(by: changes).takes?.likely.minutes }
        #expect(minutes(ItemChange(item: "a", percent: 33)) == 1584)
        #expect(minutes(ItemChange(item: "a", percent: 50), ItemChange(item: "a", percent: 50)) == 1200)
        #expect(minutes(ItemChange(item: "a", percent: 50), ItemChange(item: "a", takes: PlanFixture.days(2))) == 480)
    }

    @Test("A file with many levers is read, pairs tried and all")
    func large() {
        let items = (0..<60).map { index in
            "      - {id: i\(index), title: {zh: 事项, en: Item}, kind: approval, department: d, takes: 2 wd, "
                + "after: [\(index == 0 ? "" : "i\(index - 1)")], source: assumed}\n"
        }
        let levers = (0..<19).map { index in
            "  - {id: l\(index), title: {zh: 措施, en: Lever}, kind: parallel, cost: 1, source: assumed, "
                + "effects: [{item: i\(3 * index + 2), after: [i\(3 * index)]}, "
                + "{item: i59, alsoAfter: [i\(3 * index + 1)]}]}\n"
        }
        let text = """
            workflow: large
            version: "1"
            title: {zh: 大, en: Large}
            processType: 3
            source: assumed
            calendar: cn
            facts: {}
            departments: {d: {zh: 部门, en: Department}}
            targets: [{id: t, limit: 50 wd, from: i0, to: i59, counts: [gov], source: assumed}]
            stages:
              - id: s
                title: {zh: 阶段, en: Stage}
                national: 5
                items:

            """
        let reading = WorkflowFile.read(text + items.joined() + "levers:\n" + levers.joined(), path: "large.yaml")
        #expect(reading.diagnostics.map(\.code.rawValue) == [])
        #expect(reading.value?.levers.count == 19)
    }
}
