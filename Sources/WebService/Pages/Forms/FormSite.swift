import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Where a form stands (表单所在): the case, the item, who asks and when, which decide what it asks.
struct FormSite: Sendable {
    let snapshot: CaseSnapshot
    /// The item's position in the plan; `nil` for forms of the whole case.
    let index: Int?
    let actor: Actor
    let today: LocalDate

    var machine: CaseMachine { snapshot.machine }
    var state: CaseState { snapshot.state }
    var workflow: WorkflowDefinition { machine.plan.workflow }
    var item: ItemState? { index.map { state.items[$0] } }
    var definition: Item? { index.map { machine.plan.items[$0].item } }
    /// What the reader is asked now of this item.
    var requests: [WorkRequest] {
        guard let id = item?.id else { return [] }
        return machine.requests(in: state).filter { $0.item == id && actor.answers($0, in: state) }
    }

    // MARK: What can be chosen

    func title(ofMaterial id: String) -> LocalizedText {
        workflow.materials.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
    }

    func title(ofDepartment id: String) -> LocalizedText {
        workflow.departments.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
    }

    /// What the item asks for, each with what the office has of it.
    var materials: [Input.Option] {
        (definition?.materials ?? []).map { needed in
            .init(value: needed.material, label: title(ofMaterial: needed.material), hint: standing(of: needed))
        }
    }

    private func standing(of needed: MaterialRequirement) -> LocalizedText? {
        if let held = state.materials.last(where: { $0.material == needed.material && $0.isValid(on: today) }) {
            return LocalizedText(zh: "已有，\(held.since) 收存，不必再交", en: "held since \(held.since), need not be handed in")
        }
        return needed.isMinor ? LocalizedText(zh: "可以容缺后补", en: "may follow later") : nil
    }

    /// Documents that are asked for, still to be handed in.
    func needed(_ ids: [String]) -> [Input.Option] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.map { .init(value: $0, label: title(ofMaterial: $0)) }
    }

    /// Documents of the item that the office does not have, and those that a notice names.
    var outstanding: [Input.Option] {
        let named =
            ((item?.correction?.suppliedOn == nil ? item?.correction?.points : nil) ?? [])
            + ((item?.supplement?.suppliedOn == nil ? item?.supplement?.points : nil) ?? [])
            + (item?.joint?.notice.map(\.point) ?? [])
        let missing = (definition?.materials ?? []).map(\.material).filter { id in
            !state.materials.contains { $0.material == id && $0.isValid(on: today) }
        }
        return needed(named.compactMap(\.material) + missing)
    }

    var participants: [Input.Option] {
        (definition?.joint?.participants ?? []).map { .init(value: $0.id, label: $0.title) }
    }

    /// The participants for which the reader speaks, those who are asked first.
    var ownParticipants: [Input.Option] {
        let own = (definition?.joint?.participants ?? []).filter { $0.department == actor.department }
        let asked = Set(item?.joint?.participants.filter { $0.standing == .asked }.map(\.id) ?? [])
        return (own.filter { asked.contains($0.id) } + own.filter { !asked.contains($0.id) })
            .map { .init(value: $0.id, label: $0.title) }
    }

    /// Points that were raised, as they are quoted in a conflict.
    var raised: [(value: String, point: ParticipantPoint, label: LocalizedText)] {
        (item?.joint?.participants ?? []).flatMap { participant in
            participant.points.enumerated().map { number, point in
                let title = definition?.joint?.participants.first { $0.id == participant.id }?.title
                return (
                    "\(participant.id)/\(number)", ParticipantPoint(participant: participant.id, point: point),
                    LocalizedText(
                        zh: "\(title?.zh ?? participant.id)：\(point.text)",
                        en: "\(title?.en ?? participant.id): \(point.text)")
                )
            }
        }
    }
}

extension Actor {
    /// Whether what is asked of a party is asked of this person.
    func answers(for party: Party) -> Bool {
        switch party {
        case .applicant: role == .applicant || role == .agent
        case .department(let id): (role == .department || role == .window) && department == id
        case .window: role == .window
        case .supervisor: role == .supervisor
        }
    }

    /// Whether this person is asked: not for the next signature after one's own, which takes somebody else.
    func answers(_ request: WorkRequest, in state: CaseState) -> Bool {
        guard answers(for: request.party) else { return false }
        switch request.ask {
        case .sign, .decide:
            let last = state.items.first { $0.id == request.item }?.signatures.last
            return last?.name != name && last?.onBehalfOf != name
        default: return true
        }
    }
}

/// The words of a verdict on forms.
enum VerdictWord: String, CaseIterable, Sendable {
    case pass
    case conditions = "pass-with-conditions"
    case fail
    case notInvolved = "not-involved"

    var title: LocalizedText {
        switch self {
        case .pass: LocalizedText(zh: "通过", en: "Pass")
        case .conditions: LocalizedText(zh: "有条件通过", en: "Pass with conditions")
        case .fail: LocalizedText(zh: "不通过", en: "Fail")
        case .notInvolved: LocalizedText(zh: "不涉及", en: "Not involved")
        }
    }

    func verdict(_ points: [Point]) -> Verdict {
        switch self {
        case .pass: .pass
        case .conditions: .passWithConditions(points: points)
        case .fail: .fail(points: points)
        case .notInvolved: .notInvolved
        }
    }

    init(_ verdict: Verdict) {
        self =
            switch verdict {
            case .pass: .pass
            case .passWithConditions: .conditions
            case .fail: .fail
            case .notInvolved: .notInvolved
            }
    }
}
