import Testing
import WorkCalendar
import WorkflowModel

@Suite("Resolving a workflow into a plan")
struct PlanResolutionTests {
    /// Items written `id?: dependency, dependency`; those with a question mark are not needed.
    private static func plan(_ lines: [String]) -> Plan {
        let items = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            let after = parts.count > 1 ? parts[1].split(separator: ",").map { PlanFixture.dependency(String($0)) } : []
            let isDropped = parts[0].hasSuffix("?")
            return PlanFixture.item(
                parts[0].filter { $0 != "?" }, after: after, when: isDropped ? PlanFixture.when("never") : nil)
        }
        return Plan.resolve(PlanFixture.workflow(items), facts: [:])
    }

    private static func after(_ id: String, in plan: Plan) -> [String] {
        (plan[id]?.after ?? []).map(PlanFixture.written)
    }

    @Test(
        "An item that is not needed hands its predecessors on to its successors",
        arguments: [
            (["P", "D?: P", "X: D"], ["P"]),
            (["P", "D?: P", "E?: D", "F?: E", "X: F"], ["P"]),
            (["P", "Q", "D?: P, Q", "X: D"], ["P", "Q"]),
            (["P", "D?: P", "X: P, D"], ["P"]),
            (["P", "D?: P", "E?: P", "F?: D, E", "X: F, E, D"], ["P"]),
            (["P", "Q: P", "D?: Q", "X: D"], ["Q"]),
            (["D?", "X: D"], []),
            (["D?", "P", "X: D, P"], ["P"]),
            (["P", "Q", "R", "D?: P, R", "X: Q, D, P"], ["Q", "P", "R"]),
            // first letter of the first link, second letter of the last link
            (["P", "D?: P SS", "X: D"], ["P SS"]),
            (["P", "D?: P", "X: D SS"], ["P"]),
            (["P", "D?: P FF", "X: D SS"], ["P"]),
            (["P", "D?: P FF", "X: D FF"], ["P FF"]),
            (["P", "D?: P SF", "X: D FF"], ["P SF"]),
            (["P", "D?: P SS", "E?: D FF", "F?: E SF", "X: F SF"], ["P SF"]),
            // lags
            (["P", "D?: P FS+2wd", "X: D FS+3wd"], ["P FS+5wd"]),
            (["P", "D?: P FS+2wd", "E?: D", "X: E FS-3wd"], ["P FS-1wd"]),
            (["P", "D?: P FS+2wd", "X: D FS-2wd"], ["P"]),
            (["P", "D?: P", "X: D FS+7cd"], ["P FS+7cd"]),
            (["P", "D?: P FS+7cd", "X: D"], ["P FS+7cd"]),
            (["P", "D?: P FS+7cd", "X: D FS+3wd"], ["P FS+10wd"]),
            // what says less is left out, what says something else stays
            (["P", "D?: P FS+2wd", "E?: P FS+5wd", "X: D, E, P"], ["P FS+5wd"]),
            (["P", "D?: P SS+2wd", "E?: P FS+5cd", "X: D, E, P"], ["P SS+2wd", "P FS+5cd", "P"]),
            (["P", "D?: P SS", "E?: P FF", "F?: D, E", "X: F"], ["P SS", "P"]),
            // nothing was handed on: as the file says
            (["P", "X: P, P FS+2wd"], ["P", "P FS+2wd"]),
            // files that were not checked
            (["P", "X: P, gone"], ["P"]),
            (["P", "D?: E, P", "E?: D", "X: E"], ["P"]),
        ] as [([String], [String])])
    func handedOn(lines: [String], expected: [String]) {
        #expect(Self.after("X", in: Self.plan(lines)) == expected)
    }

    @Test("What is left out is listed, and everything keeps the order of the file")
    func fileOrder() {
        let plan = Self.plan(["b: e", "d?", "a?: d", "e: a", "c"])
        #expect(plan.notNeeded == ["d", "a"])
        #expect(plan.items.map(\.id) == ["b", "e", "c"])
        #expect(plan.roots.map(\.id) == ["e", "c"])
        #expect(plan.index(of: "c") == 2 && plan.index(of: "d") == nil && plan["a"] == nil)
        #expect(plan.order == [1, 0, 2])
        #expect(plan.items.allSatisfy { $0.stage == "s" })
    }

    @Test("The order of items follows the file wherever the dependencies leave a choice")
    func topologicalOrder() {
        #expect(Self.plan(["a", "b", "c"]).order == [0, 1, 2])
        #expect(Self.plan(["a: d", "b", "c: b", "d"]).order == [1, 2, 3, 0])
        #expect(Self.plan(["a: b SS, b FF", "b"]).order == [1, 0])
        #expect(Self.plan(["a: b", "b: a", "c", "d: a"]).order == [2, 0, 1, 3])
        #expect(Self.plan([]).order == [])
    }

    @Test("Facts that the project does not give take their defaults, and a boolean without one is false")
    func defaults() {
        func fact(_ id: String, _ type: FactType, _ value: FactValue?) -> FactDeclaration {
            FactDeclaration(id: id, type: type, unit: nil, title: nil, defaultValue: value)
        }
        let workflow = PlanFixture.workflow(
            [
                PlanFixture.item("a", when: PlanFixture.when("plain")),
                PlanFixture.item("b", when: PlanFixture.when("usual")),
            ],
            facts: [
                fact("plain", .boolean, nil), fact("usual", .boolean, .boolean(true)), fact("area", .number, nil),
                fact("height", .number, .number(24)), fact("size", .oneOf(["small"]), .text("small")),
            ])
        #expect(
            workflow.resolvedFacts(["height": .number(3), "other": .text("x")]) == [
                "plain": .boolean(false), "usual": .boolean(true), "height": .number(3), "size": .text("small"),
                "other": .text("x"),
            ])
        let plan = Plan.resolve(workflow, facts: [:])
        #expect(plan.notNeeded == ["a"])
        #expect(plan.facts == workflow.resolvedFacts([:]))
        #expect(Plan.resolve(workflow, facts: ["plain": .boolean(true), "usual": .boolean(false)]).notNeeded == ["b"])
    }

    // MARK: Participants

    @Test("Participants that are not needed are gone, and no more passes are asked for than there are participants")
    func participants() {
        func resolved(_ participants: [String], _ passes: PassRule) -> JointProcedure? {
            let items = [PlanFixture.item("j", joint: PlanFixture.joint(participants, passes: passes))]
            return Plan.resolve(PlanFixture.workflow(items), facts: ["yes": .boolean(true)])["j"]?.item.joint
        }
        #expect(resolved(["a", "b?no", "c?yes"], .all)?.participants.map(\.id) == ["a", "c"])
        #expect(resolved(["a", "b?no", "c"], .atLeast(3, of: 3))?.passes == .atLeast(2, of: 2))
        #expect(resolved(["a", "b?no", "c"], .atLeast(1, of: 3))?.passes == .atLeast(1, of: 2))
        #expect(resolved(["a", "b?yes", "c"], .atLeast(3, of: 3))?.passes == .atLeast(3, of: 3))
        #expect(resolved(["a", "b?no"], .any)?.passes == .any)
        #expect(resolved(["a?no", "b?no"], .all) == nil)
    }

    @Test("A joint item without any participant is not needed and hands on like any other")
    func emptyJointItem() {
        let plan = Plan.resolve(
            PlanFixture.workflow([
                PlanFixture.item("p"),
                PlanFixture.item(
                    "j", after: [PlanFixture.dependency("p SS+1wd")],
                    joint: PlanFixture.joint(["fire?no", "water?no"], admission: PlanFixture.days(5))),
                PlanFixture.item("x", after: ["j", "j.admission", "j.fire FF"].map(PlanFixture.dependency)),
            ]), facts: [:])
        #expect(plan.notNeeded == ["j"])
        #expect(Self.after("x", in: plan) == ["p SS+1wd", "p SF+1wd"])
    }

    @Test(
        "Waiting for a participant that is not needed is waiting for the admission, or for what the start waits for",
        arguments: [
            (true, "j.fire", ["j.admission"]), (true, "j.fire SS", ["j.admission"]),
            (true, "j.fire FF+2wd", ["j.admission FF+2wd"]), (true, "j.water", ["j.water"]),
            (true, "j.admission", ["j.admission"]), (true, "j", ["j"]),
            // q only binds the finish of the joint item, so it never held the participant up
            (false, "j.fire", ["p FS+1wd", "r"]), (false, "j.fire FF+2wd", ["p FF+3wd", "r FF+2wd"]),
            (false, "j.water", ["j.water"]), (false, "j.merge SS", ["j.merge SS"]),
        ])
    func missingParticipant(hasAdmission: Bool, reference: String, expected: [String]) {
        let plan = Plan.resolve(
            PlanFixture.workflow([
                PlanFixture.item("x", after: [PlanFixture.dependency(reference)]),
                PlanFixture.item("p"), PlanFixture.item("q"), PlanFixture.item("r"),
                PlanFixture.item("d", after: [PlanFixture.dependency("r")], when: PlanFixture.when("no")),
                PlanFixture.item(
                    "j", after: ["p FS+1wd", "q FF", "d"].map(PlanFixture.dependency),
                    joint: PlanFixture.joint(
                        ["fire?no", "water"], admission: hasAdmission ? PlanFixture.days(5) : nil)),
            ]), facts: [:])
        #expect(Self.after("x", in: plan) == expected)
    }
}
