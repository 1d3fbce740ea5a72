import WorkCalendar

/// Reads an item catalogue section by section; names are checked by ``CatalogueRules``, once the whole is known.
final class ItemCatalogueReader {
    let report: Report
    private let fields: Fields
    private var places: [String: Diagnostic.Place] = [:]

    init?(_ report: Report) {
        let keys = [
            "itemCatalogue", "version", "title", "level", "division", "extends", "source", "codeRule", "batches",
            "departments", "materials", "fields", "proofs", "items", "removed",
        ]
        guard let fields = Document.fields(.itemCatalogue, keys: keys, report) else { return nil }
        self.fields = fields
        self.report = report
    }

    func file(path: String) -> ItemCatalogueFile? {
        fields.require("version", "title", "level", "source")
        for (key, example) in [
            ("batches", "batches: {first: {published: 2018-10-31}}"),
            ("codeRule", "codeRule: \"{division}-{code}\""), ("items", "items: {construction-permit: {title: …}}"),
        ] where fields.lacks(key) && (key == "batches" || !fields.has("extends")) {
            report.add(.missingKey(key, example: example), at: fields.heading)
        }
        let id = fields.id("itemCatalogue")
        let level: AdministrativeLevel? = fields.word("level")
        for key in ["extends", "codeRule", "division", "items"] where fields.has(key) { place(key, fields.span(key)) }
        let catalogue = ItemCatalogue(
            id: id ?? "", version: fields.text("version") ?? "", title: title(fields) ?? Self.nowhere,
            level: level ?? .municipal, division: division(), source: fields.text("source") ?? "",
            extends: fields.text("extends"), codeRule: fields.text("codeRule") ?? "",
            batches: entries("batches").compactMap(batch), offices: entries("departments").compactMap(office),
            materials: entries("materials").compactMap(material), fields: entries("fields").compactMap(field),
            proofs: entries("proofs").compactMap(proof), items: entries("items").map(item),
            removed: entries("removed").compactMap(removal))
        if let name = catalogue.extends, !CatalogueFile.isFileName(name) {
            report.add(.notAFileName(name), at: fields.span("extends"))
        }
        if case .map(let batches)? = fields.written("batches")?.content, batches.isEmpty {
            report.add(.emptyValue("batches"), at: fields.span("batches"))
        }
        return ItemCatalogueFile(
            catalogue: catalogue,
            places: CataloguePlaces(places, whole: report.source.place(fields.heading)), path: path)
    }

    private static let nowhere = LocalizedText(zh: "", en: "")

    private func place(_ name: String, _ span: TextSpan) { places[name] = report.source.place(span) }

    private func title(_ fields: Fields) -> LocalizedText? { fields.localized("title") }

    private func division() -> DivisionCode? {
        guard let text = fields.text("division") else { return nil }
        let canonical = DivisionCode.canonical(text)
        if let problem = DivisionCode.problem(in: canonical) {
            report.add(.noDivisionCode(text, problem), at: fields.span("division"))
            return nil
        }
        return DivisionCode(checked: canonical)
    }

    /// The entries of a section, each id checked and each place noted.
    private func entries(_ section: String) -> [YAMLEntry] {
        (fields.map(section) ?? []).filter { entry in
            place("\(section)/\(entry.key)", entry.keySpan)
            return report.identifier(entry.key, at: entry.keySpan) != nil
        }
    }

    private func read(_ entry: YAMLEntry, _ section: String, _ keys: [String]) -> Fields? {
        guard let fields = Fields(entry.value, keys: keys, heading: entry.keySpan, report: report) else { return nil }
        for key in keys where fields.has(key) { place("\(section)/\(entry.key)/\(key)", fields.span(key)) }
        return fields
    }

    // MARK: Sections

    private func batch(_ entry: YAMLEntry) -> Batch? {
        guard let fields = read(entry, "batches", ["published", "effective"]) else { return nil }
        let published = fields.date("published")
        let effective = fields.date("effective")
        if let effective, published.map({ effective < $0 }) ?? true {
            report.add(.batchOutOfOrder(entry.key, published: published), at: fields.span("effective"))
        }
        return Batch(id: entry.key, published: published, effective: published.flatMap { effective ?? $0 })
    }

    private func office(_ entry: YAMLEntry) -> Office? {
        let keys = ["zh", "en", "place", "hours", "phone", "online"]
        guard let fields = read(entry, "departments", keys), let title = report.localized(fields) else { return nil }
        return Office(
            id: entry.key, title: title, place: fields.localized("place"), hours: fields.localized("hours"),
            phone: fields.text("phone"), online: fields.text("online"))
    }

    private func material(_ entry: YAMLEntry) -> CatalogueMaterial? {
        let keys = ["title", "basis", "issuer", "form", "copies", "kept", "online", "coveredBy"]
        guard let fields = read(entry, "materials", keys) else { return nil }
        fields.require("title")
        if fields.lacks("basis") { report.add(.materialWithoutBasis(entry.key), at: fields.heading) }
        let form: DocumentForm? = fields.word("form")
        let copies = fields.integer("copies") ?? 1
        if !(0...99).contains(copies) {
            report.add(.figureOutOfRange("copies", copies, 0...99), at: fields.span("copies"))
        }
        return CatalogueMaterial(
            id: entry.key, title: title(fields) ?? Self.nowhere, basis: fields.text("basis") ?? "",
            issuer: fields.localized("issuer"), form: form ?? .electronic, copies: copies,
            isKept: fields.boolean("kept") ?? true, isOnline: fields.boolean("online") ?? false,
            coveredBy: fields.localized("coveredBy"))
    }

    private func field(_ entry: YAMLEntry) -> FormField? {
        guard let fields = read(entry, "fields", ["title", "type", "unit", "from", "validFor"]) else { return nil }
        fields.require("title", "type")
        let type: FieldType? = fields.word("type")
        let written = fields.text("from")
        let source = written.flatMap { FieldSource($0) }
        if let written, source == nil { report.add(.unreadableFieldSource(written), at: fields.span("from")) }
        return FormField(
            id: entry.key, title: title(fields) ?? Self.nowhere, type: type ?? .text, unit: fields.text("unit"),
            source: source, validFor: fields.amount("validFor"))
    }

    private func proof(_ entry: YAMLEntry) -> KeptProof? {
        guard let fields = read(entry, "proofs", ["basis", "askedBy", "issuer", "guide"]) else { return nil }
        fields.require("basis", "askedBy", "issuer", "guide")
        return KeptProof(
            material: entry.key, basis: fields.text("basis") ?? "",
            askedBy: fields.texts("askedBy")?.map(\.text) ?? [], issuer: fields.localized("issuer") ?? Self.nowhere,
            guide: fields.localized("guide") ?? Self.nowhere)
    }

    private func removal(_ entry: YAMLEntry) -> RemovedItem? {
        guard let fields = read(entry, "removed", ["on", "reason"]) else { return nil }
        fields.require("on", "reason")
        guard let date = fields.date("on"), let reason = fields.localized("reason") else { return nil }
        return RemovedItem(item: entry.key, on: date, reason: reason)
    }

    // MARK: Items

    private static let itemKeys = [
        "title", "alsoCalled", "code", "type", "basis", "subitems", "levels", "conditions", "serves", "materials",
        "form",
        "procedure", "statutory", "promised", "results", "fees", "department", "ways", "reception", "batch", "replaces",
        "reason", "source",
    ]

    private func item(_ entry: YAMLEntry) -> CatalogueItem {
        var item = CatalogueItem(id: entry.key)
        guard let fields = read(entry, "items", Self.itemKeys) else { return item }
        item.title = fields.localized("title")
        item.alsoCalled = names(fields, "alsoCalled")
        item.code = code(fields)
        item.type = fields.word("type")
        item.basis = fields.text("basis")
        item.subitems = texts(fields, "subitems")
        item.levels = words(fields, "levels")
        item.conditions = texts(fields, "conditions")
        item.serves = words(fields, "serves")
        item.materials = materials(fields, of: entry.key)
        item.form = names(fields, "form")
        item.procedure = words(fields, "procedure")
        item.statutory = fields.statutory("statutory")
        item.promised = fields.amount("promised")
        item.results = names(fields, "results")
        item.fees = fees(fields)
        item.department = fields.text("department")
        item.ways = words(fields, "ways")
        item.reception = fields.word("reception")
        item.batch = fields.text("batch")
        item.replaces = names(fields, "replaces")
        item.reason = fields.localized("reason")
        item.source = fields.text("source")
        return item
    }

    private func code(_ fields: Fields) -> String? {
        guard let text = fields.text("code") else { return nil }
        let canonical = ItemCode.canonical(text)
        if let problem = ItemCode.problem(in: canonical) {
            report.add(.noItemCode(text, problem), at: fields.span("code"))
            return nil
        }
        if !ItemCode(checked: canonical).isBasic { report.add(.codeNotBasic(canonical), at: fields.span("code")) }
        return canonical
    }

    private func texts(_ fields: Fields, _ key: String) -> [LocalizedText]? {
        fields.list(key)?.compactMap(report.localized)
    }

    /// The words of a list, or the one word that stands there without brackets.
    private func words<Word: RawRepresentable & CaseIterable>(
        _ fields: Fields, _ key: String
    ) -> [Word]? where Word.RawValue == String {
        guard let texts = fields.texts(key) else { return nil }
        reportDoubles(texts)
        return texts.compactMap { report.word($0.text, at: $0.span) }
    }

    private func names(_ fields: Fields, _ key: String) -> [String]? {
        guard let texts = fields.texts(key) else { return nil }
        reportDoubles(texts)
        return texts.map(\.text)
    }

    private func reportDoubles(_ names: [(text: String, span: TextSpan)]) {
        var seen: Set<String> = []
        for (text, span) in names where !seen.insert(text).inserted { report.add(.listedTwice(text), at: span) }
    }

    private func materials(_ fields: Fields, of item: String) -> [MaterialRequirement]? {
        var asked: Set<String> = []
        return fields.list("materials")?.compactMap { node in
            var requirement: MaterialRequirement?
            if let text = node.text, !text.isEmpty {
                requirement = MaterialRequirement(material: text, isMinor: false)
            } else if let fields = Fields(node, keys: ["material", "minor"], report: report) {
                fields.require("material")
                let isMinor = fields.boolean("minor") ?? false
                requirement = fields.text("material").map { MaterialRequirement(material: $0, isMinor: isMinor) }
            }
            guard let requirement else { return nil }
            place("items/\(item)/materials/\(requirement.material)", node.span)
            if !asked.insert(requirement.material).inserted {
                report.add(.materialAskedTwice(requirement.material), at: node.span)
            }
            return requirement
        }
    }

    /// `fees: none`, or a list of fees.
    private func fees(_ fields: Fields) -> [Fee]? {
        guard let node = fields.node("fees") else { return nil }
        if node.text == "none" { return [] }
        return fields.list("fees")?.compactMap { node in
            guard let fields = Fields(node, keys: ["title", "amount", "basis"], named: "title", report: report) else {
                return nil
            }
            fields.require("title", "amount", "basis")
            guard let title = fields.localized("title"), let amount = fields.localized("amount"),
                let basis = fields.text("basis")
            else { return nil }
            return Fee(title: title, amount: amount, basis: basis)
        }
    }
}
