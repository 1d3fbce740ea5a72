/// What a command does to a list that the store keeps of its case (清单变化): rows known by their names, which are unique in
/// the case.
public enum ListChange<Row: NamedRow>: Hashable, Sendable {
    /// They are as they were.
    case unchanged
    /// All that are open after it; those not named here are gone.
    case all([Row])
    /// What differs from the list that the request before it in the case's log left: said only by whoever sent that one,
    /// or all of the list, and has seen no other writer since. No name is in both.
    case differences(gone: [String], put: [Row])

    /// What leads from one list to another; the cost is that of comparing them.
    public static func from(_ old: [Row], to new: [Row]) -> ListChange {
        var first = 0
        while first < old.count, first < new.count, old[first] == new[first] { first += 1 }
        var ends = (old: old.count, new: new.count)
        while ends.old > first, ends.new > first, old[ends.old - 1] == new[ends.new - 1] {
            ends = (ends.old - 1, ends.new - 1)
        }
        // Between what is alike at both ends lie the few that an event touched.
        let (left, entered) = (old[first..<ends.old], new[first..<ends.new])
        if left.isEmpty, entered.isEmpty { return .unchanged }
        let names = Set(entered.map(\.name))
        let known = Dictionary(left.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return .differences(
            gone: left.map(\.name).filter { !names.contains($0) }, put: entered.filter { known[$0.name] != $0 })
    }

    /// Every row that it names.
    public var rows: [Row] {
        switch self {
        case .unchanged: []
        case .all(let rows), .differences(_, let rows): rows
        }
    }

    /// The list after it.
    public func applied(to list: [Row]) -> [Row] {
        switch self {
        case .unchanged: return list
        case .all(let rows): return rows
        case .differences(let gone, let put):
            let replaced = Set(gone).union(put.map(\.name))
            return list.filter { !replaced.contains($0.name) } + put
        }
    }

    /// Takes in what the next command of the case does.
    public mutating func append(_ next: ListChange) {
        switch (self, next) {
        case (_, .unchanged): break
        case (_, .all), (.unchanged, _): self = next
        case (.all(let rows), .differences): self = .all(next.applied(to: rows))
        case (.differences(let gone, _), .differences(let alsoGone, let put)):
            let back = Set(put.map(\.name))
            let kept = next.applied(to: rows)
            self = .differences(gone: Set(gone).union(alsoGone).subtracting(back).sorted(), put: kept)
        }
    }
}

/// A row with a name (具名行).
public protocol NamedRow: Hashable, Sendable {
    /// Unique in its case: 1 to 128 characters of `[A-Za-z0-9._:-]`.
    var name: String { get }
}

extension StoredTimer: NamedRow {}
extension StoredTask: NamedRow {}

extension ListChange: ExpressibleByArrayLiteral {
    /// All of the list.
    public init(arrayLiteral rows: Row...) { self = .all(rows) }
}
