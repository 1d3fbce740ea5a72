import WorkCalendar

/// What became of an item between two versions of a catalogue (减、放、并、转、调).
///
/// - Source: 衡阳“最多跑一次”实施方案 (2018) 五(四)1 names the five means; `added` is what they are not.
public struct CatalogueChange: Sendable, Hashable {
    public let means: Means
    /// The id of the item: the older one of what was removed, the newer one of what was merged.
    public let item: String
    public let title: LocalizedText
    /// What is different, in words.
    public let words: LocalizedText
    /// Why, where the catalogue says so.
    public let reason: LocalizedText?

    public enum Means: String, Sendable, Hashable, CaseIterable {
        case removed = "reduce"
        case delegated = "delegate"
        case merged = "merge"
        case transferred = "transfer"
        case adjusted = "adjust"
        case added = "add"

        public var title: LocalizedText {
            switch self {
            case .removed: .init(zh: "减", en: "removed")
            case .delegated: .init(zh: "放", en: "delegated")
            case .merged: .init(zh: "并", en: "merged")
            case .transferred: .init(zh: "转", en: "transferred")
            case .adjusted: .init(zh: "调", en: "adjusted")
            case .added: .init(zh: "新增", en: "added")
            }
        }
    }

    /// All changes from one version to another, in the order of the means and then of the newer catalogue.
    ///
    /// - An older item that is gone is *merged* when a newer one says `replaces:` of it together with others, *adjusted*
    ///   when one replaces it alone, and otherwise *removed*, with the reason under `removed:`.
    /// - Drafts are left out.
    /// - An item that a lower level may now exercise is *delegated*, one with another department or another type
    ///   *transferred*, one with any other element changed *adjusted*; one item may be in several of these.
    /// - Complexity: O(n), n = items and their elements.
    public static func between(_ older: ItemCatalogue, _ newer: ItemCatalogue) -> [CatalogueChange] {
        Changes(older, newer).all
    }
}

private struct Changes {
    let older: ItemCatalogue
    let newer: ItemCatalogue
    private let former: [String: CatalogueItem]

    init(_ older: ItemCatalogue, _ newer: ItemCatalogue) {
        self.older = older
        self.newer = newer
        let published = { (item: CatalogueItem) in older.batch(of: item)?.published != nil }
        former = Dictionary(older.items.filter(published).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var all: [CatalogueChange] {
        var found: [CatalogueChange] = []
        var gone = Set(former.keys)
        for item in newer.items where newer.batch(of: item)?.published != nil {
            var sources = (item.replaces ?? []).filter { former[$0] != nil }
            if former[item.id] != nil, !sources.contains(item.id) { sources.insert(item.id, at: 0) }
            gone.subtract(sources)
            if sources.isEmpty {
                found.append(
                    change(.added, item, LocalizedText(zh: "新列入目录", en: "new in the catalogue")))
                continue
            }
            if sources.count > 1 {
                let names = sources.compactMap { former[$0]?.title }
                found.append(
                    change(
                        .merged, item,
                        LocalizedText(
                            zh: "由 \(sources.count) 项合并：\(names.map(\.zh).joined(separator: "、"))",
                            en: "\(sources.count) items as one: \(names.map(\.en).joined(separator: ", "))")))
            }
            let same = sources.count == 1 ? sources.first : item.id
            if let before = same.flatMap({ former[$0] }) { found += compare(before, item) }
        }
        for item in older.items where gone.contains(item.id) {
            let reason = newer.removed.first { $0.item == item.id }
            found.append(
                CatalogueChange(
                    means: .removed, item: item.id, title: item.title ?? same(item.id),
                    words: reason.map { LocalizedText(zh: "\($0.on) 起取消", en: "no longer from \($0.on)") }
                        ?? LocalizedText(zh: "不再列入目录", en: "no longer in the catalogue"),
                    reason: reason?.reason))
        }
        let rank = { (change: CatalogueChange) in
            CatalogueChange.Means.allCases.firstIndex(of: change.means) ?? 0
        }
        return found.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(
            \.element)
    }

    private func change(_ means: CatalogueChange.Means, _ item: CatalogueItem, _ words: LocalizedText)
        -> CatalogueChange
    {
        CatalogueChange(
            means: means, item: item.id, title: item.title ?? same(item.id), words: words,
            reason: item.reason)
    }

    private func compare(_ before: CatalogueItem, _ after: CatalogueItem) -> [CatalogueChange] {
        var found: [CatalogueChange] = []
        let lowered = (after.levels ?? []).filter { level in
            (before.levels ?? []).allSatisfy { $0 < level } && !(before.levels ?? []).isEmpty
        }
        if !lowered.isEmpty {
            found.append(
                change(
                    .delegated, after,
                    LocalizedText(
                        zh: "\(lowered.map(\.title.zh).joined(separator: "、"))也可办理",
                        en: "also at \(lowered.map(\.title.en).joined(separator: ", ")) level")))
        }
        if let old = before.department, let new = after.department,
            let (from, to) = moved(old, new)
        {
            found.append(change(.transferred, after, arrow(from, to)))
        }
        if let old = before.type, let new = after.type, old != new {
            found.append(change(.transferred, after, arrow(old.title, new.title)))
        }
        for element in UnifiedElement.allCases where ![.type, .codeRule].contains(element) {
            if element == .levels, !lowered.isEmpty { continue }
            let old = before.statement(of: element, in: older)
            let new = after.statement(of: element, in: newer)
            guard old?.zh != new?.zh else { continue }
            let none = LocalizedText(zh: "未写", en: "nothing")
            let words = difference(of: element, before, after) ?? arrow(old ?? none, new ?? none)
            found.append(
                change(
                    .adjusted, after,
                    LocalizedText(zh: "\(element.title.zh)：\(words.zh)", en: "\(element.title.en): \(words.en)")))
        }
        return found
    }

    /// What came to a list and what fell away; `nil` where that is not all.
    private func difference(
        of element: UnifiedElement, _ before: CatalogueItem, _ after: CatalogueItem
    ) -> LocalizedText? {
        guard let old = before.list(of: element, in: older), let new = after.list(of: element, in: newer) else {
            return nil
        }
        let added = new.filter { text in !old.contains { $0.zh == text.zh } }
        let dropped = old.filter { text in !new.contains { $0.zh == text.zh } }
        guard !added.isEmpty || !dropped.isEmpty else { return nil }
        var zh: [String] = []
        var en: [String] = []
        if !added.isEmpty {
            zh.append("增加" + added.map(\.zh).joined(separator: "、"))
            en.append("plus " + added.map(\.en).joined(separator: ", "))
        }
        if !dropped.isEmpty {
            zh.append("取消" + dropped.map(\.zh).joined(separator: "、"))
            en.append("without " + dropped.map(\.en).joined(separator: ", "))
        }
        return LocalizedText(zh: zh.joined(separator: "；"), en: en.joined(separator: "; "))
    }

    /// The departments by their names, when these differ: what is called otherwise is not always somewhere else.
    private func moved(_ old: String, _ new: String) -> (LocalizedText, LocalizedText)? {
        let from = older.office(old)?.title ?? same(old)
        let to = newer.office(new)?.title ?? same(new)
        return from.zh == to.zh ? nil : (from, to)
    }

    private func arrow(_ from: LocalizedText, _ to: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "\(from.zh) → \(to.zh)", en: "\(from.en) → \(to.en)")
    }
}
