import WorkCalendar

// Lists of cases and their figures, in the plainest form.
extension StoreContents {
    mutating func putFigures(_ figures: [CaseFigures]) throws(StoreError) {
        for given in figures {
            if let defect = given.defect {
                throw StoreError(.rejected, operation: "putFigures", underlying: "case \(given.caseID): \(defect)")
            }
        }
        for var given in figures {
            guard let known = cases[given.caseID], known.figures.map({ $0.version < given.version }) ?? true else {
                continue
            }
            if let tasks = given.tasks, known.head.version == given.version { cases[given.caseID]?.tasks = tasks }
            given.tasks = nil
            if let handling = given.handling { cases[given.caseID]?.handling = handling }
            given.handling = nil
            cases[given.caseID]?.figures = given
        }
    }

    private var ofOthers: [CaseID] {
        opened.filter { cases[$0]?.summary.workflow != CaseSummary.officeWorkflow }
    }

    private func opened(after cursor: CaseID?) -> [CaseID] {
        guard let cursor else { return ofOthers }
        guard let ordinal = cases[cursor]?.ordinal else { return [] }
        return ofOthers.filter { (cases[$0]?.ordinal ?? 0) > ordinal }
    }

    func unlistedCases(after cursor: CaseID?, limit: Int) -> [UnlistedCase] {
        let found = opened(after: cursor).lazy.compactMap { id -> UnlistedCase? in
            guard let row = cases[id], (row.figures?.version ?? 0) < row.head.version else { return nil }
            return UnlistedCase(caseID: id, hasFigures: row.figures != nil)
        }
        return Array(found.prefix(max(0, limit)))
    }

    func tallies(after cursor: CaseID?, limit: Int) -> [StoredTally] {
        let found = opened(after: cursor).lazy.compactMap { id in
            cases[id]?.figures.map { StoredTally(caseID: id, bytes: $0.tally) }
        }
        return Array(found.prefix(max(0, limit)))
    }

    func handlings(after cursor: CaseID?, limit: Int) -> [StoredTally] {
        let found = opened(after: cursor).lazy.compactMap { id in
            cases[id]?.handling.map { StoredTally(caseID: id, bytes: $0) }
        }
        return Array(found.prefix(max(0, limit)))
    }

    private func listed(_ filter: ListFilter) -> [ListedCase] {
        ofOthers.compactMap { id in
            guard let row = summary(of: id), let figures = cases[id]?.figures, filter.agrees(row, figures) else {
                return nil
            }
            return ListedCase(row: row, figures: figures)
        }
    }

    func listedCases(
        matching filter: ListFilter, in order: ListOrder, after cursor: ListPlace?, limit: Int
    ) -> [ListedCase] {
        if let cursor, cases[cursor.caseID] == nil { return [] }
        func precedes(_ a: ListPlace, _ b: ListPlace) -> Bool {
            let (first, second) = (
                (a.day, cases[a.caseID]?.ordinal ?? 0), (b.day, cases[b.caseID]?.ordinal ?? 0)
            )
            return order == .change ? first > second : first < second
        }
        let rest = listed(filter).filter { listed in
            cursor.map { precedes($0, ListPlace(of: listed, in: order)) } ?? true
        }
        let sorted = rest.sorted { precedes(ListPlace(of: $0, in: order), ListPlace(of: $1, in: order)) }
        return Array(sorted.prefix(max(0, limit)))
    }

    func countListed(matching filter: ListFilter, upTo bound: Int) -> Int {
        min(max(0, bound), listed(filter).count)
    }

    func recentEvents(by actor: String, depth: Int, limit: Int) -> [EventRecord] {
        var found: [EventRecord] = []
        for place in appended.suffix(max(0, depth)).reversed() where found.count < limit {
            guard let record = cases[place.caseID]?.events[place.sequence - 1] else { continue }
            if Array(record.event.actor.utf8) == Array(actor.utf8) { found.append(record) }
        }
        return found
    }
}

extension ListOrder {
    /// What stores sort by; those without a day come last.
    public func place(of figures: CaseFigures) -> Int {
        let day =
            switch self {
            case .urgency: figures.lights.late
            case .change: figures.updatedOn
            case .finish: figures.finish
            case .opening: LocalDate(dayNumber: 0)
            }
        return day?.dayNumber ?? Self.noDay
    }

    /// The place of what has no day: later than any date.
    public static let noDay = Int(Int32.max)
}

extension ListFilter {
    func agrees(_ row: StoredSummary, _ figures: CaseFigures) -> Bool {
        if let status, !SummaryFilter.agrees(figures.status, status) { return false }
        if let light, figures.lights.light(on: date) != light { return false }
        if let department, !figures.departments.contains(department) { return false }
        if let owners, !row.summary.isOf(owners, named: figures.ownerName) { return false }
        return text.map { figures.search.contains(bytes: $0.asciiLowercased) } ?? true
    }
}

extension String {
    /// With ASCII letters in small, as databases compare them whatever their language.
    public var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    fileprivate func contains(bytes part: String) -> Bool {
        let (part, text) = (Array(part.utf8), Array(utf8))
        guard part.count <= text.count else { return false }
        return (0...text.count - part.count).contains { text[$0..<$0 + part.count] == part[...] }
    }
}
