import WorkCalendar
import WorkflowModel

/// Workflows as short as the tests of plans need them.
enum PlanFixture {
    static let text = LocalizedText(zh: "", en: "")

    /// True for ids in the fact of that name: `when("a")` holds when `facts["a"]` is true.
    static func when(_ fact: String) -> Condition { Condition(text: fact, expression: .fact(fact)) }

    static func days(_ days: Int) -> DurationEstimate {
        DurationEstimate(min: .working(days), likely: .working(days), max: .working(days))
    }

    static func item(
        _ id: String, after: [Dependency] = [], when: Condition? = nil, takes: DurationEstimate? = days(1),
        joint: JointProcedure? = nil
    ) -> Item {
        Item(
            id: id, code: nil, title: text, kind: joint == nil ? .approval : .joint, department: "housing", clock: .gov,
            takes: takes, limit: nil, statutory: nil, after: after, when: when, isMilestoneItem: false,
            handling: .ordinary, tolerance: nil, materials: [], outputs: [], chain: [], silence: .escalate, basis: nil,
            source: nil, joint: joint)
    }

    /// Participants are written `id` or `id?fact`.
    static func joint(
        _ participants: [String], admission: DurationEstimate? = nil, passes: PassRule = .all
    ) -> JointProcedure {
        JointProcedure(
            kind: .acceptance, admittedBy: nil, admission: admission,
            participants: participants.map { written in
                let parts = written.split(separator: "?").map(String.init)
                return Participant(
                    id: parts[0], title: text, department: "housing", takes: days(1), limit: nil, statutory: nil,
                    when: parts.count > 1 ? when(parts[1]) : nil, silence: .escalate, basis: nil)
            },
            passes: passes, merge: nil, rectification: nil, conclusion: nil)
    }

    static func workflow(_ items: [Item], facts: [FactDeclaration] = []) -> WorkflowDefinition {
        WorkflowDefinition(
            id: "w", version: "1", title: text, processType: 3, source: "", calendar: "cn", facts: facts,
            appliesWhen: nil, departments: [], materials: [], targets: [],
            stages: [
                Stage(
                    id: "s", title: text, national: 1, lead: "housing", budget: nil, closes: .allMilestoneItems,
                    source: nil, items: items)
            ])
    }

    /// `P`, `P SS`, `P FF+3wd`, `J.admission`, `J.fire FS-1cd`.
    static func dependency(_ written: String) -> Dependency {
        let parts = written.split(separator: " ").map(String.init)
        let reference = parts[0].split(separator: ".").map(String.init)
        let phase: JointPhase? =
            switch reference.dropFirst().first {
            case nil: nil
            case "admission": .admission
            case "merge": .merge
            case "conclusion": .conclusion
            case let id?: .participant(id)
            }
        let relation = parts.count > 1 ? parts[1] : "FS"
        let lag = relation.dropFirst(2).drop { $0 == "+" }
        return Dependency(
            item: reference[0], phase: phase,
            type: RelationType(rawValue: String(relation.prefix(2))) ?? .finishToStart,
            lag: DayAmount(String(lag)) ?? .zero)
    }

    /// The same, written back.
    static func written(_ dependency: Dependency) -> String {
        let lag = dependency.lag.description.filter { $0 != " " }
        let isPlain = dependency.type == .finishToStart && dependency.lag.minutes == 0
        let sign = dependency.lag.minutes > 0 ? "+" : ""
        return dependency.reference
            + (isPlain ? "" : " \(dependency.type.rawValue)\(dependency.lag.minutes == 0 ? "" : sign + lag)")
    }
}
