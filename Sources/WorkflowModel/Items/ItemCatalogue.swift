import WorkCalendar

/// What a bureau publishes of every item that it handles, at one level of administration (事项目录).
///
/// The catalogue says what an item is; a workflow says how it goes on in one kind of project. Guides, notices and forms
/// are made of both, so that nothing in them is written twice.
///
/// - Source: 粤府办〔2018〕51号 二(一)5, 二(二)6; 行政许可法 (2019) art. 30.
public struct ItemCatalogue: Sendable, Hashable {
    public let id: String
    public let version: String
    public let title: LocalizedText
    public let level: AdministrativeLevel
    /// 行政区划代码 of the place; `nil` when the catalogue is of no particular one.
    public let division: DivisionCode?
    public let source: String
    /// The file name of the catalogue of a higher level that this one takes over and fills in.
    public let extends: String?
    /// How the implementing code 实施编码 of an item is made: `{code}` and `{division}` stand for themselves.
    public let codeRule: String
    /// Never empty once read.
    public let batches: [Batch]
    public let offices: [Office]
    public let materials: [CatalogueMaterial]
    public let fields: [FormField]
    /// The list of proofs kept 保留证明事项清单.
    public let proofs: [KeptProof]
    public let items: [CatalogueItem]
    /// Items that the catalogue no longer has, with the reason.
    public let removed: [RemovedItem]

    /// Where the first entry of each id stands.
    private let places: Places

    private struct Places: Hashable {
        let items, materials, fields, offices, proofs: [String: Int]
    }

    init(
        id: String, version: String, title: LocalizedText, level: AdministrativeLevel, division: DivisionCode?,
        source: String, extends: String?, codeRule: String, batches: [Batch], offices: [Office],
        materials: [CatalogueMaterial], fields: [FormField], proofs: [KeptProof], items: [CatalogueItem],
        removed: [RemovedItem]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.level = level
        self.division = division
        self.source = source
        self.extends = extends
        self.codeRule = codeRule
        self.batches = batches
        self.offices = offices
        self.materials = materials
        self.fields = fields
        self.proofs = proofs
        self.items = items
        self.removed = removed
        func places(_ ids: [String]) -> [String: Int] {
            Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        }
        self.places = Places(
            items: places(items.map(\.id)), materials: places(materials.map(\.id)), fields: places(fields.map(\.id)),
            offices: places(offices.map(\.id)), proofs: places(proofs.map(\.material)))
    }

    public func item(_ id: String) -> CatalogueItem? { places.items[id].map { items[$0] } }
    public func material(_ id: String) -> CatalogueMaterial? { places.materials[id].map { materials[$0] } }
    public func field(_ id: String) -> FormField? { places.fields[id].map { fields[$0] } }
    public func office(_ id: String) -> Office? { places.offices[id].map { offices[$0] } }
    public func proof(of material: String) -> KeptProof? { places.proofs[material].map { proofs[$0] } }

    /// The batch an item was published with; `nil` when it names one that is not there.
    public func batch(of item: CatalogueItem) -> Batch? {
        guard let id = item.batch else { return batches.first }
        return batches.first { $0.id == id }
    }

    /// Whether an item may be asked for on a date: its batch is published and effective.
    public func isInForce(_ item: CatalogueItem, on date: LocalDate) -> Bool {
        batch(of: item).flatMap(\.effective).map { $0 <= date } ?? false
    }

    /// The implementing code 实施编码 of an item, made by the rule of the catalogue; `nil` without a basic code, or where
    /// the rule asks for a division that the catalogue does not have.
    public func implementingCode(of item: CatalogueItem) -> String? {
        guard let code = item.code, division != nil || !codeRule.contains("{division}") else { return nil }
        return Self.filled(codeRule, with: [("{code}", code), ("{division}", division?.description ?? "")])
    }

    static func filled(_ rule: String, with values: [(String, String)]) -> String {
        var rest = Substring(rule)
        var text = ""
        while !rest.isEmpty {
            if let (name, value) = values.first(where: { rest.hasPrefix($0.0) }) {
                text += value
                rest = rest.dropFirst(name.count)
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text
    }
}

/// Items that are entered and published together (批次): 成熟一批、录入一批.
public struct Batch: Sendable, Hashable {
    public let id: String
    /// `nil` for a draft.
    public let published: LocalDate?
    /// From when the items may be asked for; the day of publication unless the file says otherwise.
    public let effective: LocalDate?
}

/// A department with what an applicant has to know of it.
public struct Office: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let place: LocalizedText?
    public let hours: LocalizedText?
    public let phone: String?
    public let online: String?
}

/// A document as the catalogue knows it (申请材料).
public struct CatalogueMaterial: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let basis: String
    /// Who makes it out 开具单位, when that is not the applicant.
    public let issuer: LocalizedText?
    public let form: DocumentForm
    public let copies: Int
    /// Whether the office keeps it; otherwise it is only seen.
    public let isKept: Bool
    /// Whether the office can look it up itself 可网络核验.
    public let isOnline: Bool
    /// What is there already that says the same: a certificate or another material.
    public let coveredBy: LocalizedText?
}

/// A proof that may still be asked for (保留的证明事项), with what has to be published of it.
///
/// - Source: 粤府办〔2018〕51号 二(三)9: 设定依据、索要单位、开具单位、办理指南.
public struct KeptProof: Sendable, Hashable {
    public let material: String
    public let basis: String
    /// The ids of the departments that ask for it 索要单位.
    public let askedBy: [String]
    public let issuer: LocalizedText
    public let guide: LocalizedText
}

/// What somebody pays for an item (收费).
public struct Fee: Sendable, Hashable {
    public let title: LocalizedText
    public let amount: LocalizedText
    public let basis: String

    var words: LocalizedText {
        LocalizedText(zh: "\(title.zh)：\(amount.zh)（\(basis)）", en: "\(title.en): \(amount.en) (\(basis))")
    }
}

/// An item that was taken out of the catalogue (取消事项), with the reason.
public struct RemovedItem: Sendable, Hashable {
    public let item: String
    public let on: LocalDate
    public let reason: LocalizedText
}

/// An item of a catalogue (目录事项); what it does not state is taken from the catalogue above, or missing.
public struct CatalogueItem: Sendable, Hashable {
    /// The same as that of the item in workflows.
    public let id: String
    public var title: LocalizedText?
    /// Chinese names under which a workflow may list it as well.
    public var alsoCalled: [String]?
    /// 基本编码, the same at all levels.
    public var code: String?
    public var type: ItemType?
    public var basis: String?
    public var subitems: [LocalizedText]?
    public var levels: [AdministrativeLevel]?
    public var conditions: [LocalizedText]?
    public var serves: [ServedParty]?
    public var materials: [MaterialRequirement]?
    /// Ids of the fields that its form asks for.
    public var form: [String]?
    public var procedure: [ProcedureStep]?
    public var statutory: StatutoryLimit?
    public var promised: DayAmount?
    /// Ids of the materials that it issues.
    public var results: [String]?
    /// Empty for what costs nothing.
    public var fees: [Fee]?
    public var department: String?
    public var ways: [ServiceWay]?
    public var reception: Reception?
    public var batch: String?
    /// Ids of items of an earlier version that went into this one.
    public var replaces: [String]?
    /// Why it is as it is in this version, for the log of changes.
    public var reason: LocalizedText?
    public var source: String?

    /// With what it does not state itself taken from the item of the catalogue above.
    func filled(from above: CatalogueItem) -> CatalogueItem {
        var item = self
        item.title = title ?? above.title
        item.alsoCalled = alsoCalled ?? above.alsoCalled
        item.code = code ?? above.code
        item.type = type ?? above.type
        item.basis = basis ?? above.basis
        item.subitems = subitems ?? above.subitems
        item.levels = levels ?? above.levels
        item.conditions = conditions ?? above.conditions
        item.serves = serves ?? above.serves
        item.materials = materials ?? above.materials
        item.form = form ?? above.form
        item.procedure = procedure ?? above.procedure
        item.statutory = statutory ?? above.statutory
        item.promised = promised ?? above.promised
        item.results = results ?? above.results
        item.fees = fees ?? above.fees
        item.department = department ?? above.department
        item.ways = ways ?? above.ways
        item.reception = reception ?? above.reception
        item.replaces = replaces ?? above.replaces
        item.source = source ?? above.source
        return item
    }
}

extension ItemCatalogue {
    /// This catalogue on top of the one above: everything that it states, and the rest from there. Items that its level
    /// exercises are taken over even if it does not name them.
    ///
    /// - Complexity: O(n), n = entries of both.
    func filled(from above: ItemCatalogue) -> ItemCatalogue {
        func merged<Entry>(_ own: [Entry], _ other: [Entry], _ id: (Entry) -> String) -> [Entry] {
            let known = Set(own.map(id))
            return own + other.filter { !known.contains(id($0)) }
        }
        let upper = Dictionary(above.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let own = items.map { item in upper[item.id].map { item.filled(from: $0) } ?? item }
        let named = Set(items.map(\.id))
        let gone = Set(removed.map(\.item))
        let first = batches.first?.id
        let rest = above.items.compactMap { item -> CatalogueItem? in
            guard item.levels?.contains(level) == true, !named.contains(item.id), !gone.contains(item.id) else {
                return nil
            }
            var item = item
            item.batch = first
            return item
        }
        return ItemCatalogue(
            id: id, version: version, title: title, level: level, division: division, source: source,
            extends: extends, codeRule: codeRule.isEmpty ? above.codeRule : codeRule, batches: batches,
            offices: merged(offices, above.offices, \.id), materials: merged(materials, above.materials, \.id),
            fields: merged(fields, above.fields, \.id), proofs: merged(proofs, above.proofs, \.material),
            items: own + rest, removed: removed)
    }
}
