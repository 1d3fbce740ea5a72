import WorkCalendar

/// A workflow resolved for one project's facts (方案): the actual graph.
///
/// Items whose condition is false are gone, their predecessors handed on to their successors; so are participants.
/// Every dependency names an item of the plan.
public struct Plan: Sendable {
    public let workflow: WorkflowDefinition
    /// Facts with defaults filled in.
    public let facts: [String: FactValue]
    /// In the order of the file; `after` and the participants of joint items are resolved.
    public let items: [PlannedItem]
    /// Items left out because their condition is false, in the order of the file.
    public let notNeeded: [String]
    /// Positions in `items`, predecessors before successors; where there is a choice, in the order of the file.
    public let order: [Int]

    private let positions: [String: Int]

    /// A plan of items that are resolved already; `resolve` makes them from a workflow.
    ///
    /// - Precondition: item ids are unique.
    public init(workflow: WorkflowDefinition, facts: [String: FactValue], items: [PlannedItem], notNeeded: [String]) {
        self.workflow = workflow
        self.facts = facts
        self.items = items
        self.notNeeded = notNeeded
        self.positions = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.id, $0) })
        self.order = Self.topologicalOrder(of: items, positions: positions)
    }

    /// The position in `items` of the item with that id.
    public func index(of id: String) -> Int? { positions[id] }

    public subscript(id: String) -> PlannedItem? { positions[id].map { items[$0] } }

    /// Items that wait for nothing.
    public var roots: [PlannedItem] { items.filter { $0.after.isEmpty } }
}

/// An item of a plan together with its stage.
public struct PlannedItem: Sendable, Hashable {
    /// With conditions resolved: dependencies and participants are those of this project.
    public let item: Item
    public let stage: String

    public init(item: Item, stage: String) {
        self.item = item
        self.stage = stage
    }

    public var id: String { item.id }
    public var after: [Dependency] { item.after }
}
