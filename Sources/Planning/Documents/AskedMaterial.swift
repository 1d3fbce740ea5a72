import WorkCalendar
import WorkflowModel

/// A material that an item asks for, with what an applicant has to know of it (申请材料).
public struct AskedMaterial: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let basis: String
    public let provider: Provider
    public let form: DocumentForm
    public let copies: Int
    /// Whether the office keeps it; otherwise it is only seen.
    public let isKept: Bool
    /// Whether it may follow under tolerance 容缺.
    public let isMinor: Bool
    public let validFor: DayAmount?
    /// Who makes it out, where that is not the applicant.
    public let issuer: LocalizedText?
    /// How to get a proof that is kept.
    public let guide: LocalizedText?

    /// Where it comes from (来源渠道).
    public enum Provider: Sendable, Hashable {
        case applicant
        /// Issued by another item: the office attaches it.
        case item(id: String, title: LocalizedText)
        /// A department has it.
        case department

        var key: String {
            switch self {
            case .applicant: "applicant"
            case .item: "item"
            case .department: "department"
            }
        }
    }
}

/// A workflow and an item catalogue looked into together: what documents for applicants are made of.
struct DocumentSources {
    let workflow: WorkflowDefinition
    let catalogue: ItemCatalogue?
    private let issuers: [String: Item]
    private let materials: [String: Material]
    private let departments: [String: LocalizedText]

    /// - Parameter workflow: with the items of the project, where there is one.
    init(_ workflow: WorkflowDefinition, _ catalogue: ItemCatalogue?) {
        self.workflow = workflow
        self.catalogue = catalogue
        var issuers: [String: Item] = [:]
        for item in workflow.items { for material in item.outputs { issuers[material] = issuers[material] ?? item } }
        self.issuers = issuers
        materials = Dictionary(workflow.materials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        departments = Dictionary(
            workflow.departments.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    }

    func listed(_ item: Item) -> CatalogueItem? { catalogue?.item(item.plainID) }

    func title(ofDepartment id: String) -> LocalizedText { departments[id] ?? LocalizedText(zh: id, en: id) }

    func title(ofMaterial id: String) -> LocalizedText { materials[id]?.title ?? LocalizedText(zh: id, en: id) }

    func asked(_ requirement: MaterialRequirement, by item: Item) -> AskedMaterial {
        let id = requirement.material
        let material = materials[id]
        let listed = catalogue?.material(Item.plainID(id))
        let proof = catalogue?.proof(of: Item.plainID(id))
        return AskedMaterial(
            id: id, title: title(ofMaterial: id), basis: material?.basis ?? listed?.basis ?? "",
            provider: provider(of: id, for: item), form: listed?.form ?? .electronic, copies: listed?.copies ?? 1,
            isKept: listed?.isKept ?? true, isMinor: requirement.isMinor && item.tolerance != nil,
            validFor: material?.validFor, issuer: proof?.issuer ?? listed?.issuer, guide: proof?.guide)
    }

    private func provider(of material: String, for item: Item) -> AskedMaterial.Provider {
        if let issuer = issuers[material], issuer.id != item.id {
            // What the applicant's own work or the applicant's firm brings forth, the applicant hands in.
            let isOffice = issuer.isApplication || issuer.clock == .special
            if isOffice { return .item(id: issuer.id, title: issuer.title) }
        }
        return materials[material]?.owner == .department ? .department : .applicant
    }

    /// The stages with what is applied for in each, in the order of the file.
    var stages: [(stage: Stage, items: [Item])] {
        workflow.stages.map { ($0, $0.items.filter(\.isApplication)) }
    }
}
