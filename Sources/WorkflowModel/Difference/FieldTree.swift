import WorkCalendar

/// A value as a tree of named fields, for comparing any two of one type (字段树).
///
/// It is read from the value itself, field by field, so a field that is added to a definition later is compared without
/// anybody thinking of it.
indirect enum FieldTree: Hashable {
    /// What is said as one thing.
    case leaf(LocalizedText)
    /// The fields of a value, in the order of their declaration; those without a value are left out.
    case fields([Field])
    /// Values known by a name of their own, in order.
    case named([Field])
    /// Things in order.
    case list([LocalizedText])

    struct Field: Hashable {
        let name: String
        let tree: FieldTree
    }

    /// - Parameter skipped: fields of the outermost value that are left out.
    init(_ value: Any, skipping skipped: Set<String> = []) {
        if let text = Self.text(of: value) {
            self = .leaf(text)
            return
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .collection, .set: self = Self.collection(mirror)
        case .dictionary:
            let pairs = mirror.children.compactMap { child -> Field? in
                let pair = Array(Mirror(reflecting: child.value).children)
                guard pair.count == 2 else { return nil }
                return Field(name: "\(pair[0].value)", tree: FieldTree(pair[1].value))
            }
            self = .named(pairs.sorted { $0.name < $1.name })
        case .struct:
            self = .fields(
                mirror.children.compactMap { child in
                    guard let name = child.label, !skipped.contains(name), let value = Self.unwrapped(child.value)
                    else { return nil }
                    return Field(name: name, tree: FieldTree(value))
                })
        case .enum:
            // A case with something in it, under its own name.
            let fields = mirror.children.compactMap { child in
                Self.unwrapped(child.value).map { Field(name: child.label ?? "", tree: FieldTree($0)) }
            }
            self = fields.isEmpty ? .leaf(same("\(value)")) : .fields(fields)
        case .tuple:
            self = .fields(
                mirror.children.enumerated().compactMap { position, child in
                    Self.unwrapped(child.value).map {
                        Field(name: child.label ?? "\(position)", tree: FieldTree($0))
                    }
                })
        default: self = .leaf(same("\(value)"))
        }
    }

    /// What is in an optional; anything else is itself.
    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first.flatMap { unwrapped($0.value) }
    }

    private static func collection(_ mirror: Mirror) -> FieldTree {
        let values = mirror.children.map(\.value)
        let names = values.map { name(of: $0) }
        if names.allSatisfy({ $0 != nil }), Set(names).count == names.count {
            return .named(zip(names, values).map { Field(name: $0 ?? "", tree: FieldTree($1)) })
        }
        let texts = values.map { text(of: $0) }
        if texts.allSatisfy({ $0 != nil }) {
            let texts = texts.compactMap(\.self)
            return .list(mirror.displayStyle == .set ? texts.sorted { $0.en < $1.en } : texts)
        }
        return .named(values.enumerated().map { Field(name: "\($0 + 1)", tree: FieldTree($1)) })
    }

    /// By what a value is known among others.
    private static func name(of value: Any) -> String? {
        switch value {
        case let dependency as Dependency: return dependency.reference
        case let requirement as MaterialRequirement: return requirement.material
        default: return Mirror(reflecting: value).children.first { $0.label == "id" }?.value as? String
        }
    }

    /// What is said in a few words, whatever it consists of.
    private static func text(of value: Any) -> LocalizedText? {
        switch value {
        case let text as LocalizedText: return text
        case let text as String: return same(text)
        case let flag as Bool: return LocalizedText(zh: flag ? "是" : "否", en: flag ? "yes" : "no")
        case let estimate as DurationEstimate:
            let (min, likely, max) = (estimate.min, estimate.likely, estimate.max)
            return same(min == max ? "\(likely)" : "\(min) / \(likely) / \(max)")
        case let condition as Condition: return same(condition.description)
        case let fact as FactValue:
            switch fact {
            case .boolean(let value): return text(of: value)
            case .number(let value): return same(Int(exactly: value).map { "\($0)" } ?? "\(value)")
            case .text(let value): return same(value)
            }
        case let phase as JointPhase: return same(phase.name)
        case let holder as ClockHolder: return same(holder.rawValue)
        case let named as any RawRepresentable<String>: return same(named.rawValue)
        case let described as any CustomStringConvertible & Hashable
        where Mirror(reflecting: value).displayStyle != .collection
            && Mirror(reflecting: value).displayStyle != .set
            && Mirror(reflecting: value).displayStyle != .dictionary && !(value is Dependency):
            return same(described.description)
        default: return nil
        }
    }
}

/// A text that needs no translation.
func same(_ text: String) -> LocalizedText { LocalizedText(zh: text, en: text) }

extension FieldTree {
    /// The tree in a few words: for what is added or removed as a whole.
    var summary: LocalizedText {
        switch self {
        case .leaf(let text): return text
        case .list(let texts):
            return LocalizedText(
                zh: texts.map(\.zh).joined(separator: "、"), en: texts.map(\.en).joined(separator: ", "))
        case .fields(let fields), .named(let fields):
            let parts = fields.map { field in
                let label = FieldLabel.title(of: field.name)
                let value = field.tree.summary
                return LocalizedText(zh: "\(label.zh) \(value.zh)", en: "\(label.en) \(value.en)")
            }
            return LocalizedText(
                zh: parts.map(\.zh).joined(separator: "，"), en: parts.map(\.en).joined(separator: ", "))
        }
    }
}

/// One place where two trees differ.
struct FieldDifference: Hashable {
    /// Names of fields from the outermost inwards.
    let path: [String]
    /// `nil` where there is nothing on that side.
    let before: FieldTree?
    let after: FieldTree?
    /// Whether the same things stand in another order.
    let isReordered: Bool

    /// All places where two trees differ, in the order of the newer one.
    static func between(_ before: FieldTree, _ after: FieldTree, path: [String] = []) -> [FieldDifference] {
        if before == after { return [] }
        switch (before, after) {
        case (.fields(let old), .fields(let new)): return fields(old, new, path)
        case (.named(let old), .named(let new)):
            let found = fields(old, new, path)
            let names = Set(old.map(\.name)).intersection(new.map(\.name))
            let isReordered =
                old.map(\.name).filter(names.contains) != new.map(\.name).filter(names.contains)
            if !isReordered { return found }
            return found + [FieldDifference(path: path, before: before, after: after, isReordered: true)]
        case (.list(let old), .list(let new)):
            let isReordered = old.sorted { $0.en < $1.en } == new.sorted { $0.en < $1.en }
            return [FieldDifference(path: path, before: before, after: after, isReordered: isReordered)]
        default: return [FieldDifference(path: path, before: before, after: after, isReordered: false)]
        }
    }

    private static func fields(_ old: [FieldTree.Field], _ new: [FieldTree.Field], _ path: [String])
        -> [FieldDifference]
    {
        let before = Dictionary(old.map { ($0.name, $0.tree) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.map(\.name))
        var found: [FieldDifference] = []
        for field in new {
            guard let former = before[field.name] else {
                found.append(
                    FieldDifference(path: path + [field.name], before: nil, after: field.tree, isReordered: false))
                continue
            }
            found += between(former, field.tree, path: path + [field.name])
        }
        for field in old where !names.contains(field.name) {
            found.append(FieldDifference(path: path + [field.name], before: field.tree, after: nil, isReordered: false))
        }
        return found
    }
}
