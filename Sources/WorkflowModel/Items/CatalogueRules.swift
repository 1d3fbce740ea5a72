import WorkCalendar

/// What one catalogue has to satisfy beyond its form: every element stated, no cancelled proof, no field asked twice.
struct CatalogueRules {
    private let file: ItemCatalogueFile
    private let catalogue: ItemCatalogue
    private var places: CataloguePlaces { file.places }
    /// Items of published batches; a draft may still lack what it likes.
    private let published: [CatalogueItem]
    private let index: CatalogueIndex

    init(_ file: ItemCatalogueFile) {
        self.file = file
        self.catalogue = file.catalogue
        self.published = file.catalogue.items.filter { file.catalogue.batch(of: $0)?.published != nil }
        self.index = CatalogueIndex(file.catalogue)
    }

    func check() -> [Diagnostic] {
        checkCodes() + catalogue.items.flatMap(checkNames) + published.flatMap(checkElements)
            + catalogue.materials.flatMap(checkMaterial) + catalogue.proofs.flatMap(checkProof) + checkFields()
    }

    // MARK: Codes and names

    private func checkCodes() -> [Diagnostic] {
        var found: [Diagnostic] = []
        let sample = [("{code}", "0123456789"), ("{division}", "500000")]
        let filled = ItemCatalogue.filled(catalogue.codeRule, with: sample)
        if !catalogue.codeRule.contains("{code}") || ItemCode.problem(in: ItemCode.canonical(filled)) != nil {
            found.append(Diagnostic(.badCodeRule(catalogue.codeRule), at: places.of("codeRule")))
        }
        var first: [String: String] = [:]
        for item in catalogue.items {
            guard let code = item.code else { continue }
            if let other = first[code] {
                found.append(
                    Diagnostic(
                        .codeOfTwoItems(code, other: other), at: places.of("items", item.id, "code"),
                        notes: [.init(place: places.of("items", other, "code"), message: Wording.firstHere)]))
            }
            first[code] = first[code] ?? item.id
        }
        for gone in catalogue.removed where index.items[gone.item] != nil {
            found.append(Diagnostic(.removedButListed(gone.item), at: places.of("removed", gone.item)))
        }
        return found
    }

    private func checkNames(_ item: CatalogueItem) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if let department = item.department, !index.offices.contains(department) {
            let nearest = nearestName(to: department, among: index.offices.sorted())
            found.append(
                Diagnostic(
                    .unknownDepartment(department, nearest: nearest), at: places.of("items", item.id, "department")))
        }
        if let batch = item.batch, catalogue.batch(of: item) == nil {
            let nearest = nearestName(to: batch, among: catalogue.batches.map(\.id))
            found.append(
                Diagnostic(.unknownBatch(batch, nearest: nearest), at: places.of("items", item.id, "batch")))
        }
        for material in (item.materials ?? []).map(\.material) where index.materials[material] == nil {
            found.append(unknown(material, at: places.of("items", item.id, "materials", material)))
        }
        for material in item.results ?? [] where index.materials[material] == nil {
            found.append(unknown(material, at: places.of("items", item.id, "results")))
        }
        for field in item.form ?? [] where index.fields[field] == nil {
            let nearest = nearestName(to: field, among: index.fields.keys.sorted())
            found.append(Diagnostic(.unknownField(field, nearest: nearest), at: places.of("items", item.id, "form")))
        }
        if let promised = item.promised, let statutory = item.statutory?.limit, promised.unit == statutory.unit,
            promised.minutes > statutory.minutes
        {
            found.append(
                Diagnostic(
                    .promisedAboveStatutory(promised: promised, statutory: statutory),
                    at: places.of("items", item.id, "promised")))
        }
        return found
    }

    private func unknown(_ material: String, at place: Diagnostic.Place) -> Diagnostic {
        Diagnostic(
            .unknownMaterial(material, nearest: nearestName(to: material, among: index.materials.keys.sorted())),
            at: place)
    }

    private func checkElements(_ item: CatalogueItem) -> [Diagnostic] {
        let missing = UnifiedElement.allCases.filter { item.statement(of: $0, in: catalogue) == nil }
        guard !missing.isEmpty else { return [] }
        return [Diagnostic(.elementsMissing(of: item.id, missing), at: places.of("items", item.id))]
    }

    // MARK: Proofs

    private func checkMaterial(_ material: CatalogueMaterial) -> [Diagnostic] {
        let title = places.of("materials", material.id, "title")
        if let word = MaterialRules.vagueWord(in: material.title) {
            return [Diagnostic(.vagueMaterial(material.title.zh, word: word), at: title)]
        }
        let askers = index.askers[material.id] ?? []
        guard !askers.isEmpty else { return [] }
        if let kept = catalogue.proof(of: material.id) { return checkAskers(askers, of: kept) }
        guard index.issuer[material.id] == nil, let wrong = wording(of: material) else { return [] }
        let isOfBasis = [.proofWithoutLaw, .materialWithoutBasis].contains(wrong.code)
        return [Diagnostic(wrong, at: isOfBasis ? places.of("materials", material.id, "basis") : title)]
    }

    /// Why a material that is asked for may not be; the first of the six tests that it fails.
    private func wording(of material: CatalogueMaterial) -> Wording? {
        let name = material.title.zh
        if LegalBasis.isMissing(material.basis), !material.basis.isEmpty { return .proofWithoutLaw(name) }
        if let proof = ProofName(name) {
            if let kind = proof.cancelled { return .cancelledProof(name, kind, instead: proof.instead) }
            return LegalBasis.isLaw(material.basis) ? .proofNotOnList(name) : .proofWithoutLaw(name)
        }
        if let other = material.coveredBy { return .cancelledProof(name, .coveredByOther, instead: other) }
        if let issued = index.issuedUnder(MaterialName(name), except: material.id) {
            return .cancelledProof(name, .coveredByOther, instead: issued)
        }
        if material.isOnline {
            let instead = LocalizedText(zh: "网络核验", en: "a query of shared data")
            return .cancelledProof(name, .verifiableOnline, instead: instead)
        }
        if let issuer = material.issuer, ProofName(issuer.zh)?.cancelled == .issuerCannotVerify {
            return .cancelledProof(
                name, .issuerCannotVerify, instead: LocalizedText(zh: "由部门自行调查核实", en: "the office inquires itself"))
        }
        return nil
    }

    private func checkAskers(_ askers: [CatalogueItem], of kept: KeptProof) -> [Diagnostic] {
        askers.compactMap { item in
            guard let department = item.department, !kept.askedBy.contains(department) else { return nil }
            return Diagnostic(
                .askerNotOnList(department, of: kept.material),
                at: places.of("items", item.id, "materials", kept.material)
            )
        }
    }

    private func checkProof(_ kept: KeptProof) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let place = places.of("proofs", kept.material)
        guard index.materials[kept.material] != nil else { return [unknown(kept.material, at: place)] }
        if !LegalBasis.isLaw(kept.basis), !kept.basis.isEmpty {
            found.append(
                Diagnostic(.keptProofWithoutLaw(kept.material), at: places.of("proofs", kept.material, "basis")))
        }
        for office in kept.askedBy where !index.offices.contains(office) {
            found.append(
                Diagnostic(
                    .unknownDepartment(office, nearest: nearestName(to: office, among: index.offices.sorted())),
                    at: places.of("proofs", kept.material, "askedBy")))
        }
        if index.askers[kept.material] == nil { found.append(Diagnostic(.keptProofUnused(kept.material), at: place)) }
        return found
    }

    // MARK: Fields

    private func checkFields() -> [Diagnostic] {
        var found: [Diagnostic] = []
        var first: [String: String] = [:]
        let used = Set(catalogue.items.flatMap { $0.form ?? [] })
        for field in catalogue.fields {
            let keys = [field.source.map { "from \($0.name)" }, "named \(MaterialName(field.title.zh).plain)"]
            if let other = keys.compactMap({ $0.flatMap { first[$0] } }).first {
                found.append(
                    Diagnostic(
                        .fieldAskedTwice(field.id, other: other), at: places.of("fields", field.id),
                        notes: [.init(place: places.of("fields", other), message: Wording.firstHere)]))
            }
            for key in keys.compactMap(\.self) { first[key] = first[key] ?? field.id }
            if !used.contains(field.id) {
                found.append(Diagnostic(.fieldUnused(field.id), at: places.of("fields", field.id)))
            }
            if field.source == nil, let source = Self.known[MaterialName(field.title.zh).plain] {
                found.append(
                    Diagnostic(.knownAnswerAsked(field.id, source: source), at: places.of("fields", field.id)))
            }
        }
        return found
    }

    /// What every project file tells, by the names that forms give it.
    private static let known = [
        "项目代码": "project.code", "项目统一代码": "project.code", "项目名称": "project.title", "工程名称": "project.title",
        "建设单位": "owner.name", "建设单位名称": "owner.name", "申请人名称": "owner.name",
        "统一社会信用代码": "owner.creditCode", "建设单位统一社会信用代码": "owner.creditCode",
    ]
}

/// The entries of a catalogue by their ids, and who asks for what.
struct CatalogueIndex {
    let items: [String: CatalogueItem]
    let materials: [String: CatalogueMaterial]
    let fields: [String: FormField]
    let offices: Set<String>
    /// The items of published batches that ask for a material.
    let askers: [String: [CatalogueItem]]
    /// The item that issues a material.
    let issuer: [String: String]
    private let issuedNames: [String: [CatalogueMaterial]]

    init(_ catalogue: ItemCatalogue) {
        items = Dictionary(catalogue.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        materials = Dictionary(catalogue.materials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        fields = Dictionary(catalogue.fields.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        offices = Set(catalogue.offices.map(\.id))
        var askers: [String: [CatalogueItem]] = [:]
        var issuer: [String: String] = [:]
        for item in catalogue.items where catalogue.batch(of: item)?.published != nil {
            for requirement in item.materials ?? [] { askers[requirement.material, default: []].append(item) }
            for material in item.results ?? [] { issuer[material] = issuer[material] ?? item.id }
        }
        self.askers = askers
        self.issuer = issuer
        var issuedNames: [String: [CatalogueMaterial]] = [:]
        for material in catalogue.materials where issuer[material.id] != nil {
            issuedNames[MaterialName(material.title.zh).plain, default: []].append(material)
        }
        self.issuedNames = issuedNames
    }

    /// What an item issues under the same name and another id.
    func issuedUnder(_ name: MaterialName, except id: String) -> LocalizedText? {
        issuedNames[name.plain]?.first { $0.id != id }?.title
    }
}
