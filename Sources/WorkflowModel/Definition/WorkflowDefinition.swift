import WorkCalendar

/// A versioned definition of an approval process (审批流程), as a planning bureau publishes it.
///
/// A published version never changes: a running case keeps the version that it opened with.
public struct WorkflowDefinition: Sendable, Hashable {
    public let id: String
    public let version: String
    public let title: LocalizedText
    /// National code of the process type 审批流程类型, 1…10.
    public let processType: Int
    /// Where the workflow comes from.
    public let source: String
    /// The id of the calendar that its working days are counted on.
    public let calendar: String
    public let facts: [FactDeclaration]
    /// When the catalogue picks this workflow; `nil` never picks it.
    public let appliesWhen: Condition?
    public let departments: [Department]
    public let materials: [Material]
    public let targets: [Target]
    public let stages: [Stage]
    public let simulation: SimulationDefaults
    /// Reforms that the bureau may carry out; none of them is in force.
    public let levers: [Lever]
    /// When supervision warns, and what it follows up.
    public let supervision: SupervisionPolicy

    public init(
        id: String, version: String, title: LocalizedText, processType: Int, source: String, calendar: String,
        facts: [FactDeclaration], appliesWhen: Condition?, departments: [Department], materials: [Material],
        targets: [Target], stages: [Stage], levers: [Lever] = [],
        simulation: SimulationDefaults = SimulationDefaults(), supervision: SupervisionPolicy = .standard
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.processType = processType
        self.source = source
        self.calendar = calendar
        self.facts = facts
        self.appliesWhen = appliesWhen
        self.departments = departments
        self.materials = materials
        self.targets = targets
        self.stages = stages
        self.simulation = simulation
        self.levers = levers
        self.supervision = supervision
    }

    /// All items, stage by stage, in the order of the file.
    public var items: [Item] { stages.flatMap(\.items) }
}

/// An office, company or firm that holds items (部门).
public struct Department: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    /// Review teams 审查组, each of which works on one activity at a time; `nil` when nobody waits for one.
    public let teams: Int?

    public init(id: String, title: LocalizedText, teams: Int? = nil) {
        self.id = id
        self.title = title
        self.teams = teams
    }
}

/// A document that an item asks for or issues (材料).
public struct Material: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    /// The law, rule or standard that allows it to be asked for.
    public let basis: String
    public let owner: Owner
    /// How long it stays valid after it was supplied or issued; `nil` without end.
    public let validFor: DayAmount?
    /// The register that a department keeps of it 共享数据, so that it is looked up rather than handed in; `nil` when there is
    /// none.
    public let shared: String?

    /// Whose document it is, which decides where it can be reused.
    public enum Owner: String, Sendable, Hashable, CaseIterable {
        case project, applicant, department
    }

    public init(
        id: String, title: LocalizedText, basis: String, owner: Owner, validFor: DayAmount?, shared: String? = nil
    ) {
        self.id = id
        self.title = title
        self.basis = basis
        self.owner = owner
        self.validFor = validFor
        self.shared = shared
    }
}

/// A time limit of the whole project (时限目标): a window between two items and the clocks that count in it.
public struct Target: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText?
    /// `nil` for a window that is only measured.
    public let limit: DayAmount?
    public let from: String
    public let to: String
    public let counts: Set<ClockHolder>
    public let measure: Measure
    public let source: String

    /// Which of the measures is held against the limit.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Union 并集: days on which at least one counted clock runs.
        case union
        /// Span 跨度: days from the window's start to its end.
        case span
        /// Sum 累计: counted days of all items added up.
        case sum
    }

    public init(
        id: String, title: LocalizedText?, limit: DayAmount?, from: String, to: String, counts: Set<ClockHolder>,
        measure: Measure, source: String
    ) {
        self.id = id
        self.title = title
        self.limit = limit
        self.from = from
        self.to = to
        self.counts = counts
        self.measure = measure
        self.source = source
    }
}

/// One of the four stages (阶段) or the parallel lane 并行推进.
public struct Stage: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    /// 1…4, or 5 for the parallel lane, which is not a stage of its own.
    public let national: Int
    /// Lead department 牵头部门; `nil` only in the parallel lane.
    public let lead: String?
    public let budget: DayAmount?
    public let closes: ClosingRule
    public let source: String?
    public let items: [Item]

    /// When a stage is over (national code LCBSXLX).
    public enum ClosingRule: String, Sendable, Hashable, CaseIterable {
        case allMilestoneItems, anyMilestoneItem
    }

    public init(
        id: String, title: LocalizedText, national: Int, lead: String?, budget: DayAmount?, closes: ClosingRule,
        source: String?, items: [Item]
    ) {
        self.id = id
        self.title = title
        self.national = national
        self.lead = lead
        self.budget = budget
        self.closes = closes
        self.source = source
        self.items = items
    }
}
