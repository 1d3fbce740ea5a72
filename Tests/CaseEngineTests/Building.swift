import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Small plans, built by hand.
func both(_ text: String) -> LocalizedText { LocalizedText(zh: text, en: text) }

extension DurationEstimate {
    static func days(_ days: Int) -> DurationEstimate {
        DurationEstimate(min: .working(days), likely: .working(days), max: .working(days))
    }
}

extension LocalDate: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = LocalDate(text)! }
}

extension Item {
    static func make(
        _ id: String, _ kind: ItemKind = .approval, department: String? = "planning", takes: Int? = 3,
        limit: DayAmount? = nil, statutory: StatutoryLimit? = nil, after: [Dependency] = [],
        isMilestoneItem: Bool = false, handling: Handling = .ordinary, tolerance: DayAmount? = nil,
        materials: [MaterialRequirement] = [], outputs: [String] = [], chain: [String] = [],
        silence: Silence = .escalate, joint: JointProcedure? = nil, scope: ItemScope? = nil,
        _ provide: (inout Provisions) -> Void = { _ in }
    ) -> Item {
        var provisions = Provisions()
        provide(&provisions)
        return Item(
            id: id, code: nil, title: both(id), kind: kind, department: kind == .milestone ? nil : department,
            clock: kind.defaultClock, takes: kind == .milestone ? nil : takes.map { .days($0) }, limit: limit,
            statutory: statutory, after: after, when: nil, isMilestoneItem: isMilestoneItem, handling: handling,
            tolerance: tolerance, materials: materials, outputs: outputs, chain: chain, silence: silence, basis: nil,
            source: nil, joint: joint, scope: scope, provisions: provisions)
    }

    static func milestone(_ id: String, after: [Dependency] = []) -> Item { make(id, .milestone, after: after) }
}

extension Dependency {
    static func on(_ item: String, _ type: RelationType = .finishToStart, lag: DayAmount = .zero) -> Dependency {
        Dependency(item: item, type: type, lag: lag)
    }
}

extension Participant {
    static func make(
        _ id: String, department: String? = nil, takes: Int? = 5, limit: DayAmount? = nil, silence: Silence = .escalate,
        materials: [String] = []
    ) -> Participant {
        Participant(
            id: id, title: both(id), department: department ?? id, takes: takes.map { .days($0) }, limit: limit,
            statutory: nil, when: nil, silence: silence, basis: nil, materials: materials)
    }
}

extension JointProcedure {
    static func make(
        kind: JointKind = .acceptance, admittedBy: String? = nil, admission: Int? = 2, _ participants: [Participant],
        passes: PassRule = .all, merge: Int? = 1, rectification: Rectification? = nil, conclusion: Int? = 1
    ) -> JointProcedure {
        JointProcedure(
            kind: kind, admittedBy: admittedBy, admission: admission.map { .days($0) }, participants: participants,
            passes: passes, merge: merge.map { .days($0) }, rectification: rectification,
            conclusion: conclusion.map { .days($0) })
    }
}

extension Rectification {
    static func make(_ applicant: Int = 10, recheck: Int? = 2, failedOnly: Bool = true, rounds: Int = 2)
        -> Rectification
    {
        Rectification(
            applicant: .days(applicant), recheck: recheck.map { .days($0) }, failedOnly: failedOnly, chance: 0.4,
            rounds: rounds)
    }
}

extension Plan {
    /// A plan of one stage, or of several when items are listed by stage.
    static func make(
        _ items: [Item], later: [Item] = [], materials: [Material] = [], closes: Stage.ClosingRule = .allMilestoneItems,
        departments: [Department] = []
    ) -> Plan {
        func stage(_ id: String, _ national: Int, _ items: [Item]) -> Stage {
            Stage(
                id: id, title: both(id), national: national, lead: "housing", budget: nil, closes: closes, source: nil,
                items: items)
        }
        let stages = [stage("first", 3, items)] + (later.isEmpty ? [] : [stage("second", 4, later)])
        let workflow = WorkflowDefinition(
            id: "test", version: "1", title: both("test"), processType: 3, source: "test", calendar: "weekdays",
            facts: [], appliesWhen: nil, departments: departments, materials: materials, targets: [], stages: stages)
        return Plan.resolve(workflow, facts: [:])
    }
}

extension Material {
    static func make(_ id: String, validFor: DayAmount? = nil) -> Material {
        Material(id: id, title: both(id), basis: "test", owner: .project, validFor: validFor)
    }
}

extension SuppliedMaterial {
    static func of(_ material: String, _ hash: String = "a") -> SuppliedMaterial {
        SuppliedMaterial(material: material, hash: hash)
    }
}

extension Actor {
    static let owner = Actor(role: .applicant, name: "Owner")
    static let agent = Actor(role: .agent, name: "Agent")
    static let window = Actor(role: .window, name: "Window")
    static let supervisor = Actor(role: .supervisor, name: "Supervisor")
    static let designer = Actor(role: .designer, name: "Designer")
    static func of(_ department: String, _ name: String? = nil) -> Actor {
        Actor(role: .department, department: department, name: name ?? "Officer of \(department)")
    }
}
