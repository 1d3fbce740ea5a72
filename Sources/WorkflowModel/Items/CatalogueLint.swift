import WorkCalendar

/// Holds workflows to an item catalogue (目录核对): the same item, the same standard, the same materials everywhere.
///
/// - Source: 衡阳“最多跑一次”实施方案 (2018) 五(四)2: 同一事项、同一标准、同一编码、同一流程; 粤府办〔2018〕51号 二(三)9: what is not
///   in the list is not asked for.
public struct CatalogueLint: Sendable {
    private let file: ItemCatalogueFile
    private let catalogue: ItemCatalogue
    private let index: CatalogueIndex

    public init(_ file: ItemCatalogueFile) {
        self.file = file
        self.catalogue = file.catalogue
        self.index = CatalogueIndex(file.catalogue)
    }

    /// What workflows say against the catalogue, and what of the catalogue's forms the workflows do not bear out.
    ///
    /// - Parameter date: the office's date, by which batches are in force.
    /// - Returns: in order of file and place.
    /// - Complexity: O(workflows × entries).
    public func check(_ workflows: [PlacedWorkflow], on date: LocalDate) -> [Diagnostic] {
        let found = workflows.flatMap { check($0, on: date) } + (workflows.isEmpty ? [] : checkFields(workflows))
        return found.sortedByPlace()
    }

    private func check(_ workflow: PlacedWorkflow, on date: LocalDate) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for item in workflow.definition.items where item.isOfTheCatalogue {
            guard let listed = index.items[item.id] else {
                let nearest = nearestName(to: item.id, among: index.items.keys.sorted())
                found.append(
                    Diagnostic(
                        .itemNotListed(item.id, catalogue: catalogue.id, nearest: nearest),
                        at: workflow.places.of("items", item.id)))
                continue
            }
            if !catalogue.isInForce(listed, on: date) {
                found.append(
                    Diagnostic(
                        .itemNotInForce(item.id, from: catalogue.batch(of: listed)?.effective, on: date),
                        at: workflow.places.of("items", item.id), notes: note(listed, "batch")))
            }
            found += compare(item, listed, workflow)
        }
        for material in workflow.definition.materials {
            guard let listed = index.materials[material.id] else { continue }
            for (key, title, own, other) in [
                ("title", UnifiedElement.materials.title, material.title, listed.title),
                ("basis", UnifiedElement.basis.title, same(material.basis), same(listed.basis)),
            ] where own != other {
                found.append(
                    Diagnostic(
                        .workflowDiffers(title, own: own, catalogue: other),
                        at: workflow.places.of("materials", material.id, key),
                        notes: [.init(place: file.places.of("materials", material.id, key), message: Self.there)]))
            }
        }
        return found
    }

    private static let there = LocalizedText(zh: "目录这样写", en: "the catalogue says it here")

    private func note(_ item: CatalogueItem, _ key: String) -> [Diagnostic.Note] {
        [.init(place: file.places.of("items", item.id, key), message: Self.there)]
    }

    // MARK: One item

    private func compare(_ item: Item, _ listed: CatalogueItem, _ workflow: PlacedWorkflow) -> [Diagnostic] {
        var found: [Diagnostic] = []
        func place(_ key: String) -> Diagnostic.Place { workflow.places.of("items", item.id, key) }
        let name = MaterialName(item.title.zh).bare
        if let title = listed.title, MaterialName(title.zh).bare != name,
            !(listed.alsoCalled ?? []).contains(where: { MaterialName($0).bare == name })
        {
            found.append(
                Diagnostic(
                    .workflowDiffers(UnifiedElement.name.title, own: item.title, catalogue: title), at: place("title"),
                    notes: note(listed, "title")))
        }
        if let own = item.basis, let basis = listed.basis, !Articles(own).isWithin(Articles(basis)) {
            found.append(
                Diagnostic(
                    .workflowDiffers(UnifiedElement.basis.title, own: same(own), catalogue: same(basis)),
                    at: place("basis"), notes: note(listed, "basis")))
        }
        for (key, own, other) in [
            ("limit", item.limit, listed.promised), ("statutory", item.statutory?.limit, listed.statutory?.limit),
        ] {
            guard let own, let other, own.unit == other.unit, own.minutes > other.minutes else { continue }
            found.append(
                Diagnostic(
                    .promisesLonger(own, catalogue: other), at: place(key),
                    notes: note(listed, key == "limit" ? "promised" : "statutory")))
        }
        if let materials = listed.materials {
            let allowed = Set(materials.map(\.material))
            for requirement in item.materials where !allowed.contains(requirement.material) {
                found.append(
                    Diagnostic(
                        .materialNotListed(requirement.material, item: item.id),
                        at: workflow.places.of("items", item.id, "materials", requirement.material),
                        notes: note(listed, "materials")))
            }
        }
        return found
    }

    // MARK: Fields of forms

    private func checkFields(_ workflows: [PlacedWorkflow]) -> [Diagnostic] {
        var facts: [String: FactDeclaration] = [:]
        for fact in workflows.flatMap(\.definition.facts) { facts[fact.id] = facts[fact.id] ?? fact }
        let titled = Dictionary(
            facts.values.sorted { $0.id < $1.id }.compactMap { fact in
                fact.title.map { (MaterialName($0.zh).bare, fact.id) }
            }, uniquingKeysWith: { first, _ in first })
        var found: [Diagnostic] = []
        for field in catalogue.fields {
            if case .fact(let name) = field.source {
                let place = file.places.of("fields", field.id, "from")
                guard let fact = facts[name] else {
                    let nearest = nearestName(to: name, among: facts.keys.sorted())
                    found.append(Diagnostic(.unknownFactOfField(name, nearest: nearest), at: place))
                    continue
                }
                if field.type != fact.type.asField {
                    found.append(
                        Diagnostic(
                            .fieldTypeDiffers(field.type, fact: name, of: fact.type.asField),
                            at: file.places.of("fields", field.id, "type")))
                }
            } else if field.source == nil, let fact = titled[MaterialName(field.title.zh).bare] {
                found.append(
                    Diagnostic(
                        .knownAnswerAsked(field.id, source: "fact.\(fact)"), at: file.places.of("fields", field.id)))
            }
        }
        return found
    }
}

extension FactType {
    var asField: FieldType {
        switch self {
        case .boolean: .boolean
        case .number: .number
        case .text: .text
        case .oneOf: .choice
        }
    }
}

/// The articles that a basis names: `城乡规划法 arts.37, 38; 土地管理法 art.52`.
struct Articles: Hashable {
    /// The numbers of articles as they are written, by law; empty for the law as a whole.
    private let byLaw: [String: Set<String>]

    init(_ text: String) {
        var byLaw: [String: Set<String>] = [:]
        for part in text.split(whereSeparator: { ";；".contains($0) }) {
            var law = part
            var numbers: [String] = []
            if let article = part.firstRange(of: " art") {
                law = part[..<article.lowerBound]
                numbers = part[article.upperBound...].split(whereSeparator: { ", ".contains($0) }).map {
                    String($0.drop { !$0.isNumber })
                }.filter { !$0.isEmpty }
            }
            byLaw[law.filter { !" 《》".contains($0) }, default: []].formUnion(numbers)
        }
        self.byLaw = byLaw
    }

    /// Whether the other names all of these, or the law as a whole.
    func isWithin(_ other: Articles) -> Bool {
        byLaw.allSatisfy { law, numbers in
            guard let all = other.byLaw[law] else { return false }
            return all.isEmpty || (numbers.isSubset(of: all) && !(numbers.isEmpty && !all.isEmpty))
        }
    }
}
