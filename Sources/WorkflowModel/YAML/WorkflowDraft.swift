import WorkCalendar

/// A value together with the mapping that it was read from, for the places of its parts.
struct Placed<Value> {
    let value: Value
    let fields: Fields
}

/// A workflow as far as it could be read, with places: what the rules check.
///
/// What could not be read is left out, or stands for itself with a placeholder that no rule complains about; the
/// report has its error, so the placeholder goes nowhere.
struct WorkflowDraft {
    let fields: Fields
    /// Everything but the stages.
    let header: WorkflowDefinition
    /// All departments and materials that are declared, also those that could not be read.
    let departmentNames: Set<String>
    let materialNames: Set<String>
    let materials: [Placed<Material>]
    let targets: [Placed<Target>]
    let stages: [StageDraft]
    let levers: [LeverDraft]
    /// The offices of the escalation chain, as far as the file names them.
    let escalation: [(id: String, span: TextSpan)]
    /// Of all stages, in the order of the file.
    let items: [ItemDraft]

    init(
        fields: Fields, header: WorkflowDefinition, departmentNames: Set<String>, materialNames: Set<String>,
        materials: [Placed<Material>], targets: [Placed<Target>], stages: [StageDraft],
        levers: [LeverDraft], escalation: [(id: String, span: TextSpan)]
    ) {
        self.fields = fields
        self.header = header
        self.departmentNames = departmentNames
        self.materialNames = materialNames
        self.materials = materials
        self.targets = targets
        self.stages = stages
        self.levers = levers
        self.escalation = escalation
        self.items = stages.flatMap(\.items)
    }

    var definition: WorkflowDefinition {
        WorkflowDefinition(
            id: header.id, version: header.version, title: header.title, processType: header.processType,
            source: header.source, calendar: header.calendar, facts: header.facts, appliesWhen: header.appliesWhen,
            departments: header.departments, materials: materials.map(\.value), targets: targets.map(\.value),
            stages: stages.map(\.stage), levers: levers.map(\.lever), simulation: header.simulation,
            supervision: header.supervision)
    }
}

struct StageDraft {
    let stage: Stage
    let fields: Fields
    let items: [ItemDraft]
    /// Whether items are missing here because they could not be read.
    let itemsAreComplete: Bool
}

/// An item with the places of what it names. An item whose id could not be read has an empty one.
struct ItemDraft {
    let item: Item
    let fields: Fields
    /// `false` when nothing says what the item is; then nothing says which keys it needs.
    let kindIsKnown: Bool
    let after: [(dependency: Dependency, span: TextSpan)]
    /// `false` when the list of dependencies could not be read whole.
    let afterIsComplete: Bool
    let materials: [(requirement: MaterialRequirement, span: TextSpan)]
    let outputs: [(material: String, span: TextSpan)]
    let chain: [(reviewer: String, span: TextSpan)]
    let participants: [Placed<Participant>]
    /// Whether each participant of the item is conditional, by its id.
    let participantIsConditional: [String: Bool]
    /// Whether the item is left out of some plans: by its own condition, or because nobody takes part.
    let mayBeDropped: Bool
    /// Whether some plan ties what waits for this item, or for a part of it, to what the item itself waits for.
    let handsOn: Bool

    init(
        item: Item, fields: Fields, kindIsKnown: Bool, after: [(dependency: Dependency, span: TextSpan)],
        afterIsComplete: Bool, materials: [(requirement: MaterialRequirement, span: TextSpan)],
        outputs: [(material: String, span: TextSpan)], chain: [(reviewer: String, span: TextSpan)],
        participants: [Placed<Participant>]
    ) {
        self.item = item
        self.fields = fields
        self.kindIsKnown = kindIsKnown
        self.after = after
        self.afterIsComplete = afterIsComplete
        self.materials = materials
        self.outputs = outputs
        self.chain = chain
        self.participants = participants
        let participantIsConditional = Dictionary(
            participants.map { ($0.value.id, $0.fields.has("when")) }, uniquingKeysWith: { first, _ in first })
        self.participantIsConditional = participantIsConditional
        let conditions = participantIsConditional.values
        self.mayBeDropped = fields.has("when") || (!conditions.isEmpty && conditions.allSatisfy(\.self))
        self.handsOn = mayBeDropped || (fields.lacks("admission") && conditions.contains(true))
    }

    var id: String { item.id }
    var isConditional: Bool { fields.has("when") }
    /// Where the item is named.
    var span: TextSpan { fields.heading }
}
