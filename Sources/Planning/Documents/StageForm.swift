import WorkCalendar
import WorkflowModel

/// The one form of a stage for one project (一表申请): every field once, filled in as far as the office knows.
///
/// - Source: 重庆“全渝通办”工作方案 (2019) 二(二), 二(五) 多业务申请表信息复用.
public struct StageForm: Sendable {
    public let workflow: WorkflowDefinition
    public let catalogue: ItemCatalogue?
    public let project: Project
    public let stage: Stage
    public let date: LocalDate
    public let entries: [Entry]
    /// How many fields the forms of all items have together.
    public let demands: Int

    /// A field with its answer.
    public struct Entry: Sendable, Hashable {
        public let field: FormField
        /// Ids of the items that use it.
        public let items: [String]
        public let answer: Answer
    }

    /// What is known of a field.
    public enum Answer: Sendable, Hashable {
        /// The project file tells it.
        case prefilled(String, from: FieldSource)
        /// An earlier form has it.
        case collected(String, stage: String, on: LocalDate)
        /// An earlier form had it, and it is too old.
        case outdated(String, stage: String, on: LocalDate)
        /// A stage before asks for it; its form has not been handed over here.
        case askedBefore(stage: String)
        /// The applicant fills it in.
        case open

        public var value: String? {
            switch self {
            case .prefilled(let value, _), .collected(let value, _, _): value
            default: nil
            }
        }

        public var isMissing: Bool {
            switch self {
            case .open, .outdated: true
            default: false
            }
        }
    }

    /// - Parameters:
    ///   - collected: forms of earlier stages; of several answers to a field the latest counts.
    ///   - date: by which answers are too old.
    /// - Returns: `nil` when the plan has nothing to apply for in a stage of that id.
    public init?(
        _ plan: Plan, stage id: String, project: Project, catalogue: ItemCatalogue?, collected: [FilledForm],
        on date: LocalDate
    ) {
        let workflow = plan.asWorkflow
        let sources = DocumentSources(workflow, catalogue)
        let stages = sources.stages
        guard let index = stages.firstIndex(where: { $0.stage.id == id }), !stages[index].items.isEmpty else {
            return nil
        }
        let (stage, items) = stages[index]
        self.workflow = workflow
        self.catalogue = catalogue
        self.project = project
        self.stage = stage
        self.date = date
        var order: [FormField] = []
        var users: [String: [String]] = [:]
        for item in items {
            for field in Self.fields(of: item, sources) {
                if users[field.id] == nil { order.append(field) }
                users[field.id, default: []].append(item.id)
            }
        }
        var earlier: [String: String] = [:]
        for (before, items) in stages[..<index] where before.national < stage.national {
            for field in items.flatMap({ Self.fields(of: $0, sources) }) {
                earlier[field.id] = earlier[field.id] ?? before.id
            }
        }
        demands = users.values.reduce(0) { $0 + $1.count }
        let work = id.lastIndex(of: ":").map { String(id[..<$0]) }
        let own = project.works.first { $0.id == work }?.facts ?? [:]
        let known = KnownAnswers(
            project: project, facts: plan.facts.merging(own) { _, own in own },
            forms: collected.enumerated().sorted { ($0.element.on, $0.offset) < ($1.element.on, $1.offset) }
                .map(\.element),
            date: date)
        entries = order.map { field in
            Entry(field: field, items: users[field.id] ?? [], answer: known.answer(to: field, earlier[field.id]))
        }
    }

    /// The fields that an item asks for: those of the catalogue or, where it has none, who applies for which project and
    /// the facts that decide whether the item is needed.
    static func fields(of item: Item, _ sources: DocumentSources) -> [FormField] {
        if let form = sources.listed(item)?.form { return form.compactMap { sources.catalogue?.field($0) } }
        let facts = item.factsAskedFor.compactMap { id in sources.workflow.facts.first { $0.id == id } }
        return FormField.common + facts.map(FormField.init)
    }
}

/// What the office knows of a project before it asks.
private struct KnownAnswers {
    let project: Project
    let facts: [String: FactValue]
    /// Oldest first.
    let forms: [FilledForm]
    let date: LocalDate

    func answer(to field: FormField, _ earlier: String?) -> StageForm.Answer {
        if let source = field.source, let value = value(of: source) { return .prefilled(value, from: source) }
        let found = forms.last { form in form.answers.contains { $0.field == field.id } }
        if let found, let value = found.answers.last(where: { $0.field == field.id })?.value {
            return isFresh(found, field)
                ? .collected(value, stage: found.stage, on: found.on)
                : .outdated(value, stage: found.stage, on: found.on)
        }
        return earlier.map { .askedBefore(stage: $0) } ?? .open
    }

    /// Whether an answer still counts. A form is an office's record of a day, so validity is counted in calendar days; five
    /// working days are taken as seven.
    private func isFresh(_ form: FilledForm, _ field: FormField) -> Bool {
        guard let validFor = field.validFor else { return true }
        let days = validFor.unit == .calendar ? validFor.wholeDaysRoundedUp : validFor.wholeDaysRoundedUp * 7 / 5
        return date <= form.on.adding(days: days)
    }

    private func value(of source: FieldSource) -> String? {
        switch source {
        case .projectCode: project.code
        case .projectTitle: project.title.zh
        case .ownerName: project.owner?.zh
        case .ownerCode: project.ownerCode?.description
        case .fact(let name): facts[name]?.answer
        }
    }
}

extension FactValue {
    /// As it stands on a form and in a project file.
    var answer: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
        case .text(let value): value
        }
    }
}
