import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

extension Invariant {
    static let people: [Invariant] = [
        Invariant(
            number: 11,
            statement: "The lead alone merges and concludes, a designer changes rules, a second person approves",
            source: "行政许可法 arts. 26, 42; two-person rule",
            event: { step in
                let by = step.event.by
                switch step.event.what {
                case .merged:
                    return step.demand(by == .system || by.department == step.rule?.department, "merged by \(by.label)")
                case .refused, .changeEnded:
                    let isOwners = by.role == .applicant || by.role == .agent
                    if case .changeEnded(_, nil) = step.event.what, isOwners { return nil }
                    return step.demand(
                        by.role == .department && by.department == step.rule?.department, "refused by \(by.label)")
                case .granted, .grantedWithGaps:
                    let byWindow = by.role == .window && step.event.grounds?.authority != nil
                    let isLead = by.role == .department && by.department == step.rule?.department
                    return step.demand(by == .system || byWindow || isLead, "granted by \(by.label)")
                case .caseMigrated(let migration):
                    return step.demand(
                        by.role == .designer && !migration.reason.isEmpty, "rules changed by \(by.label)")
                case .calendarChanged(let change):
                    return step.demand(
                        by.role == .designer && !change.reason.isEmpty, "calendar changed by \(by.label)")
                case .suspended(let reason, let approver), .extended(_, let reason, let approver):
                    return step.demand(
                        !reason.isEmpty && !approver.isEmpty && approver != by.name, "approved by nobody else")
                default: return nil
                }
            }),
        Invariant(
            number: 13, statement: "Who acts had the role and department in the registry of that moment",
            source: "名册; ASVS 8.3.2", event: registered),
    ]

    @Sendable private static func registered(_ step: EventStep) -> String? {
        let by = step.event.by
        switch step.event.kind {
        case .opinionGiven:
            guard case .opinionGiven(let id, _, _, _) = step.event.what else { return nil }
            let department = step.rule?.joint?.participants.first { $0.id == id }?.department
            if by.role != .department || by.department != department { return "\(id) answered by \(by.label)" }
        case .withdrawn, .commitmentSigned, .appealFiled:
            if by.role != .applicant, by.role != .agent { return "\(step.event.kind.rawValue) by \(by.label)" }
        default: break
        }
        guard let grounds = step.event.grounds else {
            let isKnown = by.role == .system || step.office.registries.count == 1
            // Somebody may have begun just before the first entry was made.
            let age = step.office.now - (step.office.recordedAt.dropFirst().first ?? step.office.now)
            return step.demand(isKnown || age <= tolerance || by.isOutside, "\(by.label) acted unseen by the registry")
        }
        guard step.office.registries.indices.contains(grounds.registry) else {
            return "no registry \(grounds.registry)"
        }
        let registry = step.office.registries[grounds.registry]
        let unit: String? =
            switch by.role {
            case .department: by.department ?? ""
            case .window: Registry.windowUnit
            case .supervisor: Registry.supervisionUnit
            case .applicant, .agent, .designer, .system: nil
            }
        if let unit, registry.hasOfficers(unit) {
            guard let officer = registry.officers[unit]?[by.name] else { return "\(by.label) is no officer" }
            if !officer.isInOffice(on: step.event.on) { return "\(by.label) is not in office" }
            if registry.absence(of: by.name, in: unit, on: step.event.on) != nil { return "\(by.label) is absent" }
        }
        if by.role == .agent, !registry.agents.isEmpty, registry.agents[by.name] == nil {
            return "\(by.name) is no agent"
        }
        return nil
    }

    /// A node may have read the registry so many minutes before it decided, and its append may have been on its way.
    static let tolerance = 9000
}

extension Actor {
    /// Whether no registry of officers says anything of it.
    fileprivate var isOutside: Bool { role == .applicant || role == .designer }
}
