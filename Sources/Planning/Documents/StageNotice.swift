import WorkCalendar
import WorkflowModel

/// Everything that one project has to bring for one stage, told once (一次告知单).
///
/// - Source: 营口行政审批清障提效方案 三(三)7 一口告知; 衡阳“最多跑一次”实施方案 (2018) 五(四)2 资料一次告清; 行政许可法 (2019)
///   art. 32(4). What an earlier stage has taken in is not asked for again: 重庆“全渝通办”工作方案 (2019) 二(二).
public struct StageNotice: Sendable {
    public let workflow: WorkflowDefinition
    public let catalogue: ItemCatalogue?
    public let project: Project
    public let stage: Stage
    public let items: [Item]
    /// Items of the stage that this project does not need.
    public let notNeeded: [Item]
    /// Each material once, in the order in which items ask for it.
    public let materials: [Entry]

    /// A material and the items that use it.
    public struct Entry: Sendable, Hashable {
        public let material: AskedMaterial
        public let items: [String]
        /// The earlier stage that has taken it in already; `nil` when this one is the first.
        public let earlier: String?

        /// Whether the applicant has to bring it now.
        public var isToBring: Bool { material.provider == .applicant && earlier == nil }
    }

    /// Demands of all items of the stage, before materials are made one.
    public let demands: Int

    /// - Returns: `nil` when the plan has nothing to apply for in a stage of that id.
    public init?(_ plan: Plan, stage id: String, project: Project, catalogue: ItemCatalogue?) {
        let workflow = plan.asWorkflow
        let sources = DocumentSources(workflow, catalogue)
        guard let index = sources.stages.firstIndex(where: { $0.stage.id == id }), !sources.stages[index].items.isEmpty
        else { return nil }
        let (stage, items) = sources.stages[index]
        var before: [String: String] = [:]
        for (earlier, items) in sources.stages[..<index] where earlier.national < stage.national {
            for requirement in items.flatMap(\.materials) {
                before[requirement.material] = before[requirement.material] ?? earlier.id
            }
        }
        var order: [String] = []
        var users: [String: [Item]] = [:]
        for item in items {
            for requirement in item.materials {
                if users[requirement.material] == nil { order.append(requirement.material) }
                users[requirement.material, default: []].append(item)
            }
        }
        self.workflow = workflow
        self.catalogue = catalogue
        self.project = project
        self.stage = stage
        self.items = items
        let dropped = Set(plan.notNeeded)
        notNeeded =
            plan.workflow.stages.first { $0.id == id }?.items.filter {
                $0.isApplication && dropped.contains($0.id)
            } ?? []
        demands = items.reduce(0) { $0 + $1.materials.count }
        materials = order.map { id in
            let users = users[id] ?? []
            // Only what no item needs at once may follow later.
            let isMinor = users.allSatisfy { item in
                item.tolerance != nil && item.materials.contains { $0.material == id && $0.isMinor }
            }
            let requirement = MaterialRequirement(material: id, isMinor: isMinor)
            return Entry(
                material: sources.asked(requirement, by: users[0]), items: users.map(\.id),
                earlier: sources.provides(id, for: users[0]) ? before[id] : nil)
        }
    }
}

extension DocumentSources {
    /// Whether the applicant hands a material in, for one of the items that ask for it.
    fileprivate func provides(_ material: String, for item: Item) -> Bool {
        asked(MaterialRequirement(material: material, isMinor: false), by: item).provider == .applicant
    }
}
