import CaseEngine
import WorkCalendar
import WorkflowModel

/// What is or was late, as it is made public (超时公告): no names of persons, and the reasons that were stated.
///
/// - Source: 优化营商环境条例 art. 36: where a published limit is passed, the reasons are made public.
public struct OverdueList: Sendable {
    public private(set) var rows: [Row] = []
    /// Only what is still open.
    private let isOpenOnly: Bool
    /// So many rows are kept, the longest overdue; `nil` for all.
    private let most: Int?

    public struct Row: Sendable {
        public let project: String
        public let item: String
        public let title: LocalizedText
        public let department: String
        public let departmentTitle: LocalizedText
        /// The promised limit, or the statutory one where only that was passed.
        public let limit: DayAmount
        public let due: LocalDate
        public let overdue: Int
        public let isPastStatutory: Bool
        /// When it was decided after all.
        public let end: LocalDate?
        public let reason: String?
    }

    public init(openOnly: Bool = false, most: Int? = nil) {
        isOpenOnly = openOnly
        self.most = most
    }

    /// Takes in one case.
    public mutating func add(_ parts: [HandledPart]) {
        for part in parts where !part.isInTime && !(isOpenOnly && part.end != nil) {
            guard let timing = [part.promised, part.statutory].compactMap(\.self).first(where: { $0.overdue > 0 })
            else { continue }
            let reason = part.cards.reversed().compactMap(\.reason).first
            rows.append(
                Row(
                    project: part.project, item: part.item, title: part.title, department: part.department,
                    departmentTitle: part.departmentTitle, limit: timing.limit, due: timing.due,
                    overdue: timing.overdue, isPastStatutory: (part.statutory?.overdue ?? 0) > 0, end: part.end,
                    reason: reason))
        }
        if let most, rows.count >= 2 * max(1, most) { rows = sorted }
    }

    /// The longest overdue first.
    public var sorted: [Row] {
        let all = rows.sorted { a, b in (b.overdue, a.due, a.project, a.item) < (a.overdue, b.due, b.project, b.item) }
        return most.map { Array(all.prefix($0)) } ?? all
    }
}

extension CaseState {
    /// Everybody who is named in it as having done something.
    var persons: Set<String> {
        var names: Set<String> = []
        for item in items {
            if let officer = item.officer { names.insert(officer) }
            for signature in item.signatures { names.insert(signature.name) }
            for participant in item.joint?.participants ?? [] {
                names.formUnion([participant.officer].compactMap(\.self))
            }
        }
        for card in cards { names.formUnion([card.person].compactMap(\.self)) }
        return names
    }
}

extension String {
    /// The text with names of persons replaced; one character alone is no name.
    func without(_ names: Set<String>) -> String {
        names.filter { $0.count > 1 }.sorted { $0.count > $1.count }.reduce(self) { text, name in
            var rest = text[...]
            var clean = ""
            while let place = rest.firstPlace(of: name) {
                clean += rest[..<place.lowerBound] + "某"
                rest = rest[place.upperBound...]
            }
            return clean + rest
        }
    }
}

extension Substring {
    fileprivate func firstPlace(of name: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(name), let end = index(start, offsetBy: name.count, limitedBy: endIndex) {
                return start..<end
            }
            start = index(after: start)
        }
        return nil
    }
}
