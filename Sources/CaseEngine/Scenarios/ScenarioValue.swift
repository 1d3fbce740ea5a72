import WorkCalendar
import WorkflowModel

/// What a scenario's expectation is held against: an event of the log or a part of the state, by the names of its
/// members.
indirect enum ScenarioValue: Sendable {
    case none
    case text(String)
    case list([ScenarioValue])
    /// All its members are there, also those without a value, unless it was written without them.
    case map([(key: String, value: ScenarioValue)], leavesOut: Bool)

    subscript(key: String) -> ScenarioValue? {
        guard case .map(let members, let leavesOut) = self else { return nil }
        return members.first { $0.key == key }?.value ?? (leavesOut ? ScenarioValue.none : nil)
    }

    func adding(_ key: String, _ value: ScenarioValue) -> ScenarioValue {
        guard case .map(let members, let leavesOut) = self else { return self }
        return .map(members + [(key, value)], leavesOut: leavesOut)
    }
}

extension ScenarioValue {
    /// Canonical JSON, in which members without a value are left out.
    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, _): self = node.isNull ? .none : .text(text)
        case .list(let nodes): self = .list(nodes.map { ScenarioValue($0) })
        case .map(let entries): self = .map(entries.map { ($0.key, ScenarioValue($0.value)) }, leavesOut: true)
        }
    }

    /// Any value by the names of its stored properties.
    init(reflecting value: Any, except: Set<String> = []) {
        if let text = Self.plain(value) {
            self = .text(text)
            return
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: self = mirror.children.first.map { ScenarioValue(reflecting: $0.value) } ?? .none
        case .collection: self = .list(mirror.children.map { ScenarioValue(reflecting: $0.value) })
        case .set:
            self = .list(mirror.children.map { ScenarioValue(reflecting: $0.value) }.sorted { $0.words < $1.words })
        case .enum:
            guard let chosen = mirror.children.first else {
                self = .text(String(describing: value))
                return
            }
            self = .map([(chosen.label ?? "", ScenarioValue(reflecting: chosen.value))], leavesOut: false)
        default:
            let members = mirror.children.compactMap { child in
                child.label.flatMap { except.contains($0) ? nil : ($0, ScenarioValue(reflecting: child.value)) }
            }
            self = .map(members, leavesOut: false)
        }
    }

    private static func plain(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let date as LocalDate: date.description
        case let amount as DayAmount: amount.description
        case let number as any BinaryInteger: "\(number)"
        case let flag as Bool: flag ? "true" : "false"
        case let number as Double: Int(exactly: number).map { String($0) } ?? String(number)
        case let word as any RawRepresentable<String>: word.rawValue
        default: nil
        }
    }

    /// As a person reads it.
    var words: String {
        switch self {
        case .none: "~"
        case .text(let text): text
        case .list(let values): "[\(values.map(\.words).joined(separator: ", "))]"
        case .map(let members, _): "{\(members.map { "\($0.key): \($0.value.words)" }.joined(separator: ", "))}"
        }
    }
}

// MARK: Holding to what is expected

/// The first thing that is not as expected.
struct Mismatch {
    let span: TextSpan
    /// The members that lead to it.
    let path: [String]
    let expected: String
    let found: String
}

extension ScenarioValue {
    /// Where the value is not what a node says: members that the node does not name may be anything, lists have as many
    /// elements in the same order.
    func mismatch(with expected: YAMLNode, path: [String] = []) -> Mismatch? {
        func differs(_ found: String) -> Mismatch {
            Mismatch(span: expected.span, path: path, expected: ScenarioValue(expected).words, found: found)
        }
        switch expected.content {
        case .scalar(let text, _):
            return reads(text, isNull: expected.isNull) ? nil : differs(words)
        case .list(let nodes):
            guard case .list(let values) = self, values.count == nodes.count else { return differs(words) }
            for (position, (value, node)) in zip(values, nodes).enumerated() {
                if let found = value.mismatch(with: node, path: path + [String(position + 1)]) { return found }
            }
            return nil
        case .map(let entries):
            guard case .map = self else { return differs(words) }
            for entry in entries {
                guard let value = self[entry.key] else {
                    return Mismatch(
                        span: entry.keySpan, path: path + [entry.key], expected: ScenarioValue(entry.value).words,
                        found: "∅")
                }
                if let found = value.mismatch(with: entry.value, path: path + [entry.key]) { return found }
            }
            return nil
        }
    }

    /// Whether the value is what one word says: itself, a case by its name, an amount, or the member that a short form
    /// stands for.
    private func reads(_ text: String, isNull: Bool) -> Bool {
        switch self {
        case .none: return isNull
        case .text(let own): return own == text || Self.areEqualAmounts(own, text)
        case .list: return false
        case .map(let members, _):
            if members.count == 1, members[0].key == text { return true }
            if case .text(let amount)? = self["amount"], case .text(let unit)? = self["unit"] {
                return Self.areEqualAmounts("\(amount) \(unit)", text)
            }
            return ["material", "text", "zh", "id"].contains { key in
                members.contains { member in
                    guard member.key == key, case .text(let own) = member.value else { return false }
                    return own == text
                }
            }
        }
    }

    private static func areEqualAmounts(_ a: String, _ b: String) -> Bool {
        guard let a = DayAmount(a), let b = DayAmount(b) else { return false }
        return a == b
    }
}
