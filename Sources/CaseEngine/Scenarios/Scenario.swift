import WorkCalendar
import WorkflowModel

/// A rule shown by example (情形): what had happened, what somebody wants on which date, and what comes of it.
///
/// A lawyer reads and signs it, and every program that claims to follow the rule is held to it. How one is written stands
/// in `Fixtures/scenarios/README.md`.
public struct Scenario: Sendable {
    public let id: String
    public let title: LocalizedText
    /// The article that it shows.
    public let source: String
    public let rules: [LawRule]
    /// The numbers of the requirements in `docs/seeds.md`.
    public let seeds: [Int]
    public let workflow: WorkflowDefinition
    /// The text that gives ``workflow``, for who publishes it.
    public let workflowText: String
    public let calendar: WorkCalendar
    /// `nil` for plain weekdays, which need no text.
    public let calendarText: String?
    public let project: Project
    /// With defaults filled in.
    public let facts: [String: FactValue]
    /// What stood in the registry when the case was opened.
    public let registry: [Entry]
    /// What lay at hand outside the case all the time.
    public let atHand: MaterialsAtHand
    /// When the case would be finished at the earliest, for rules that look ahead, in the engine alone.
    public let earliestFinish: LocalDate?
    public let opened: Act
    /// Later versions of the workflow that the case may be put under, each with its text.
    public let versions: [(workflow: WorkflowDefinition, text: String)]
    /// Later versions of the calendar, each with its text.
    public let laterCalendars: [(calendar: WorkCalendar, text: String)]
    public let steps: [Step]
    let text: SourceText

    /// An entry of the registry: when, and by whom.
    public struct Entry: Sendable {
        public let on: LocalDate
        public let by: Actor
        public let entry: RegistryEntry
    }

    /// What somebody does, and when (行为).
    public struct Act: Sendable {
        public let on: LocalDate
        public let by: Actor
        public let command: CaseCommand
        /// Where it stands in the file.
        public let place: Diagnostic.Place
        let span: TextSpan
    }

    /// Something that had happened, something that is tried, and what then holds.
    public struct Step: Sendable {
        public let title: LocalizedText?
        /// What goes its course before the step.
        let meanwhile: Meanwhile?
        public let given: [Act]
        public let when: Act?
        let then: Expectation?
    }

    /// Who makes the entries of ``registry`` that say nothing else: whoever keeps it.
    public static let keeper = Actor(role: .department, department: "registry", name: "名册管理员")

    /// The rules that a governing stands for, by the texts of this scenario.
    public func machine(for governing: CaseGoverning) -> CaseMachine? {
        CaseMachine(
            governing,
            definition: { version, _ in
                ([workflow] + versions.map(\.workflow)).first { $0.version == version }
            },
            calendarOf: { version in
                ([calendar] + laterCalendars.map(\.calendar)).first { $0.version == version }
            })
    }

    public var plan: Plan {
        Plan.resolve(workflow.divided(into: project.works, facts: facts), facts: facts)
    }
}

/// What a step expects (预期), as it stands in the file.
struct Expectation: Sendable {
    let span: TextSpan
    let refusal: Refusal?
    /// Exactly these, in this order.
    let events: [YAMLNode]?
    /// These and perhaps others.
    let including: [YAMLNode]
    /// Parts of the state, by name.
    let state: [YAMLEntry]

    struct Refusal: Sendable {
        let span: TextSpan
        let code: String
        let zh: String
        let en: String?
    }
}

/// The texts that a scenario may name (流程库).
public struct ScenarioLibrary: Sendable {
    /// The text of a file, by its path in the folder of workflows.
    let text: @Sendable (String) -> String?

    /// - Parameter text: gives a file by its path in the folder of workflows, such as `calendars/cn.yaml`.
    public init(text: @escaping @Sendable (String) -> String?) { self.text = text }
}
