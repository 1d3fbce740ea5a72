import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

extension People {
    /// What is done with one form for a stage, and about materials that the office may have.
    func forming(
        _ machine: CaseMachine, _ state: CaseState, _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand)? {
        guard !state.items.isEmpty else { return nil }
        let workflow = machine.plan.workflow
        let rule = machine.rules.item(random.number(0...state.items.count - 1))
        let officer = Self.of(rule.department ?? "x", random.pick(["A", "C"]))
        let stage = random.chance(10) ? "nowhere" : random.pick(workflow.stages).id
        let form = random.chance(10) ? "nowhere-1" : state.intakes.last?.id ?? "first-1"
        let items = random.chance(60) ? [] : [rule.id]
        let documents = workflow.materials.filter { _ in random.chance(60) }.map {
            Self.document($0.id, state, &random)
        }
        let asked = workflow.materials.map(\.id).filter { _ in random.chance(30) }
        return random.pick([
            (Self.owner, .intake(.receive(stage: stage, items: items, materials: documents))),
            (Self.owner, .intake(.supply(intake: form, materials: documents))),
            (
                officer,
                .intake(.notice(intake: form, points: [ItemPoints(item: rule.id, points: [Point("sign")])]))
            ),
            (Self.window, .intake(.admit(intake: form, items: items))),
            (officer, .intake(.admit(intake: form, items: items))),
            (officer, .item(rule.id, .lookUp(materials: []))),
            (officer, .item(rule.id, .noteRepeat(materials: asked, request: "requestCorrection"))),
        ])
    }
}
