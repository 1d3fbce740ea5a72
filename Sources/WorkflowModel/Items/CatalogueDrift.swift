import WorkCalendar

/// Where a catalogue of a lower level states something else than the one above it (三级四同、十统一).
///
/// - Source: 重庆“全渝通办”工作方案 (2019) 一(二): name, code, basis and type are the same at three levels; 粤府办〔2018〕51号
///   二(二)6 and 乳山“十四五”规划 五章二节: ten elements are; a lower level may promise less time and ask for less.
struct CatalogueDrift {
    /// The lower catalogue with what it takes over.
    private let whole: ItemCatalogueFile
    /// The lower catalogue as it is written.
    private let written: ItemCatalogueFile
    private let above: ItemCatalogueFile

    init(_ whole: ItemCatalogueFile, written: ItemCatalogueFile, above: ItemCatalogueFile) {
        self.whole = whole
        self.written = written
        self.above = above
    }

    func check() -> [Diagnostic] {
        let upper = CatalogueIndex(above.catalogue)
        var found: [Diagnostic] = []
        for item in written.catalogue.items {
            guard let other = upper.items[item.id] else {
                found.append(
                    Diagnostic(
                        .itemNotAbove(item.id, level: above.catalogue.level),
                        at: written.places.of("items", item.id)))
                continue
            }
            found += compare(item, other)
        }
        for material in written.catalogue.materials {
            guard let other = upper.materials[material.id] else { continue }
            for (key, own, upper) in [
                ("title", material.title, other.title), ("basis", same(material.basis), same(other.basis)),
            ] where own.zh != upper.zh {
                let name = LocalizedText(
                    zh: key == "title" ? "材料名称" : "材料依据", en: key == "title" ? "name of the material" : "its basis")
                found.append(
                    Diagnostic(
                        .elementDrifts(name, own: own, above: upper, level: above.catalogue.level),
                        at: written.places.of("materials", material.id, key), notes: note("materials", material.id, key)
                    ))
            }
        }
        return found
    }

    private func compare(_ item: CatalogueItem, _ other: CatalogueItem) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for element in UnifiedElement.allCases where element != .codeRule {
            // The lists of a lower catalogue may name materials and fields that only the whole knows.
            guard let own = item.statement(of: element, in: whole.catalogue),
                let upper = other.statement(of: element, in: above.catalogue), own.zh != upper.zh
            else { continue }
            let place = written.places.of("items", item.id, element.key)
            let notes = note("items", item.id, element.key)
            if let more = more(of: element, item, other) {
                found.append(
                    Diagnostic(.asksMore(element, more, level: above.catalogue.level), at: place, notes: notes))
            } else if UnifiedElement.fourSame.contains(element) {
                found.append(
                    Diagnostic(
                        .fourSameDrift(element, own: own, above: upper, level: above.catalogue.level), at: place,
                        notes: notes))
            } else if !isLess(element, item, other) {
                found.append(
                    Diagnostic(
                        .elementDrifts(element.title, own: own, above: upper, level: above.catalogue.level), at: place,
                        notes: notes))
            }
        }
        return found
    }

    private func note(_ names: String...) -> [Diagnostic.Note] {
        let place = names.count == 3 ? above.places.of(names[0], names[1], names[2]) : above.places.of(names[0])
        return [.init(place: place, message: .init(zh: "上级目录这样写", en: "the catalogue above says it here"))]
    }

    /// What the lower level asks for on top: materials, fields, conditions, steps, fees or time.
    private func more(of element: UnifiedElement, _ item: CatalogueItem, _ other: CatalogueItem) -> LocalizedText? {
        func extra<Entry: Hashable>(
            _ own: [Entry]?, _ upper: [Entry]?, _ name: (Entry) -> LocalizedText
        ) -> LocalizedText? {
            guard let own, let upper else { return nil }
            let added = own.filter { !upper.contains($0) }.map(name)
            guard !added.isEmpty else { return nil }
            return LocalizedText(
                zh: added.map(\.zh).joined(separator: "、"), en: added.map(\.en).joined(separator: ", "))
        }
        switch element {
        case .materials:
            return extra(item.materials?.map(\.material), other.materials?.map(\.material)) {
                whole.catalogue.material($0)?.title ?? same($0)
            }
        case .form: return extra(item.form, other.form) { whole.catalogue.field($0)?.title ?? same($0) }
        case .conditions: return extra(item.conditions, other.conditions) { $0 }
        case .procedure: return extra(item.procedure, other.procedure) { $0.title }
        case .fees: return extra(item.fees, other.fees) { $0.title }
        case .limits:
            guard let own = item.promised, let upper = other.promised, own.unit == upper.unit,
                own.minutes > upper.minutes
            else { return nil }
            return LocalizedText(zh: "\(own)，上级 \(upper)", en: "\(own) instead of \(upper)")
        default: return nil
        }
    }

    /// Whether the lower level only asks for less: fewer materials, fields, conditions, steps or fees, or less time.
    private func isLess(_ element: UnifiedElement, _ item: CatalogueItem, _ other: CatalogueItem) -> Bool {
        switch element {
        case .materials, .form, .conditions, .procedure, .fees: true
        case .limits:
            item.promised?.unit == other.promised?.unit && (item.statutory ?? other.statutory) == other.statutory
        default: false
        }
    }
}
