import WorkCalendar

/// What changed between two versions of a workflow, sentence by sentence (版本差异).
///
/// Compares what the versions mean, not how their files are written. Every field that differs is in at least one
/// sentence; two equal versions have none.
public struct WorkflowDifference: Sendable, Hashable {
    /// The workflow as a whole first, then stages and items in the order of the newer version, then the rest.
    public let changes: [Change]

    public struct Change: Sendable, Hashable {
        public let kind: Kind
        /// What it is about: `workflow`, `stage`, `item`, `target`, `material`, `department`, `fact` or `lever`.
        public let subject: String
        /// The id of that; `nil` for the workflow.
        public let id: String?
        /// The names of the fields down to the one that differs; empty when the whole was added or removed.
        public let path: [String]
        /// What stood there, in words; `nil` when nothing did.
        public let before: LocalizedText?
        public let after: LocalizedText?
        public let words: LocalizedText
    }

    /// What happened to it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case added, removed, merged, renamed, moved, changed, reordered
    }

    /// - Parameter map: ids of items of the older version that go on under another id; several of one id are merged.
    public init(from older: WorkflowDefinition, to newer: WorkflowDefinition, map: [String: String] = [:]) {
        changes = Comparison(older, newer, map: map).changes
    }
}

/// One comparison in the making.
private struct Comparison {
    private(set) var changes: [WorkflowDifference.Change] = []
    private let older: WorkflowDefinition
    private let newer: WorkflowDefinition
    /// New ids by old ones.
    private let map: [String: String]

    init(_ older: WorkflowDefinition, _ newer: WorkflowDefinition, map: [String: String]) {
        self.older = older
        self.newer = newer
        self.map = map.filter { old, new in
            older.items.contains { $0.id == old } && newer.items.contains { $0.id == new }
        }
        let own: Set<String> = ["stages", "facts", "departments", "materials", "targets", "levers"]
        compare(
            FieldTree(older, skipping: own), FieldTree(newer, skipping: own), subject: "workflow", id: nil,
            title: newer.title)
        compareAll("stage", older.stages, newer.stages, skipping: ["items"], id: \.id) { $0.title }
        compareItems()
        compareAll("target", older.targets, newer.targets, id: \.id) { $0.title ?? same($0.id) }
        compareAll("material", older.materials, newer.materials, id: \.id) { $0.title }
        compareAll("department", older.departments, newer.departments, id: \.id) { $0.title }
        compareAll("fact", older.facts, newer.facts, id: \.id) { $0.title ?? same($0.id) }
        compareAll("lever", older.levers, newer.levers, id: \.id) { $0.title }
    }

    // MARK: Items

    private mutating func compareItems() {
        let stageOf = { (workflow: WorkflowDefinition) in
            Dictionary(
                workflow.stages.flatMap { stage in stage.items.map { ($0.id, stage.id) } },
                uniquingKeysWith: { first, _ in first })
        }
        let (oldStages, newStages) = (stageOf(older), stageOf(newer))
        let old = Dictionary(older.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let sources = Dictionary(grouping: map.keys.sorted(), by: { map[$0] ?? "" })
        var gone = Set(older.items.map(\.id))
        for item in newer.items {
            let from = sources[item.id] ?? (old[item.id] == nil ? [] : [item.id])
            gone.subtract(from)
            if from.count > 1 {
                note(
                    .merged, "item", item.id, [], nil, nil,
                    WorkflowSentence.merged(item, from: from.compactMap { old[$0] }))
            }
            guard let id = from.first(where: { $0 == item.id }) ?? from.first, let former = old[id] else {
                note(
                    .added, "item", item.id, [], nil, nil,
                    WorkflowSentence.added(item, stage: stage(newStages[item.id])))
                continue
            }
            if from.count == 1, id != item.id {
                note(
                    .renamed, "item", item.id, ["id"], same(id), same(item.id),
                    WorkflowSentence.renamed(former, to: item))
            }
            if let before = oldStages[id], let after = newStages[item.id], before != after {
                note(
                    .moved, "item", item.id, ["stage"], same(before), same(after),
                    WorkflowSentence.moved(item, to: stage(after) ?? same(after)))
            }
            compare(
                FieldTree(former, skipping: ["id"]), FieldTree(item, skipping: ["id"]), subject: "item", id: item.id,
                title: item.title)
        }
        for item in older.items where gone.contains(item.id) {
            note(.removed, "item", item.id, [], nil, nil, WorkflowSentence.removed(item))
        }
        noteOrder(older.items.map { map[$0.id] ?? $0.id }, newer.items.map(\.id), subject: "item")
    }

    private func stage(_ id: String?) -> LocalizedText? { newer.stages.first { $0.id == id }?.title }

    // MARK: The rest

    private mutating func compareAll<Part>(
        _ subject: String, _ old: [Part], _ new: [Part], skipping skipped: Set<String> = [], id: KeyPath<Part, String>,
        title: (Part) -> LocalizedText
    ) {
        let former = Dictionary(old.map { ($0[keyPath: id], $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.map { $0[keyPath: id] })
        for part in new {
            let name = part[keyPath: id]
            guard let before = former[name] else {
                note(
                    .added, subject, name, [], nil, nil,
                    WorkflowSentence.added(
                        subject, name, title(part), FieldTree(part, skipping: skipped.union(["id", "title"]))))
                continue
            }
            compare(
                FieldTree(before, skipping: skipped.union(["id"])), FieldTree(part, skipping: skipped.union(["id"])),
                subject: subject, id: name, title: title(part))
        }
        for part in old where !names.contains(part[keyPath: id]) {
            let name = part[keyPath: id]
            note(.removed, subject, name, [], nil, nil, WorkflowSentence.removed(subject, name, title(part)))
        }
        noteOrder(old.map { $0[keyPath: id] }, new.map { $0[keyPath: id] }, subject: subject)
    }

    private mutating func noteOrder(_ old: [String], _ new: [String], subject: String) {
        let both = Set(old).intersection(new)
        var seen: Set<String> = []
        let before = old.filter { both.contains($0) && seen.insert($0).inserted }
        guard before != new.filter(both.contains) else { return }
        note(.reordered, subject, nil, [], nil, nil, WorkflowSentence.reordered(subject))
    }

    private mutating func compare(
        _ before: FieldTree, _ after: FieldTree, subject: String, id: String?, title: LocalizedText
    ) {
        for difference in FieldDifference.between(before, after) {
            let kind: WorkflowDifference.Kind =
                difference.isReordered
                ? .reordered : difference.before == nil ? .added : difference.after == nil ? .removed : .changed
            note(
                kind, subject, id, difference.path, difference.before?.summary, difference.after?.summary,
                WorkflowSentence.changed(difference, of: subject, id, title))
        }
    }

    private mutating func note(
        _ kind: WorkflowDifference.Kind, _ subject: String, _ id: String?, _ path: [String], _ before: LocalizedText?,
        _ after: LocalizedText?, _ words: LocalizedText
    ) {
        changes.append(
            .init(kind: kind, subject: subject, id: id, path: path, before: before, after: after, words: words))
    }
}
