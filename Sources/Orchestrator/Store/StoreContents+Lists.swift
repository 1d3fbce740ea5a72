import WorkCalendar

// What is looked for over all cases.
extension StoreContents {
    func count(matching filter: SummaryFilter) -> Int {
        opened.reduce(0) { count, id in
            count + (cases[id].map { filter.agrees(with: $0.summary) } == true ? 1 : 0)
        }
    }

    // MARK: Tasks

    /// The tasks that are open in a case, by name.
    func tasks(of caseID: CaseID) -> [StoredTask] { cases[caseID]?.tasks ?? [] }

    func tasks(of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int) -> [CaseTask] {
        if let cursor, cases[cursor.caseID] == nil { return [] }
        let found = found(party, filter).filter { found in cursor.map { precedes($0, found) } ?? true }
        return Array(found.sorted(by: precedes).prefix(max(0, limit)))
    }

    private func order(_ found: CaseTask) -> (Int, LocalDate, Int, String) {
        // No limit comes last: no date is later than the latest.
        (found.task.rank, found.task.due ?? .latest, found.task.due == nil ? 1 : 0, found.task.name)
    }
    /// By rank, then limit, then opening of the case, then name.
    private func precedes(_ a: CaseTask, _ b: CaseTask) -> Bool {
        let (first, second) = (order(a), order(b))
        if (first.0, first.1, first.2) != (second.0, second.1, second.2) {
            return (first.0, first.1, first.2) < (second.0, second.1, second.2)
        }
        let ordinals = (cases[a.caseID]?.ordinal ?? 0, cases[b.caseID]?.ordinal ?? 0)
        if ordinals.0 != ordinals.1 { return ordinals.0 < ordinals.1 }
        return first.3.utf8.lexicographicallyPrecedes(second.3.utf8)
    }

    func taskCount(of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate) -> TaskCount {
        let dues = found(party, filter).map(\.task.due)
        return TaskCount(
            open: dues.count, overdue: dues.count { $0.map { $0 < today } ?? false },
            dueSoon: dues.count { $0.map { $0 >= today && $0 <= horizon } ?? false })
    }

    func tasks(ofOthersThan party: String, _ filter: TaskFilter, limit: Int) -> [CaseTask] {
        guard filter.lead != nil || filter.namesCases else { return [] }
        return Array(found(party, filter, others: true).sorted(by: precedes).prefix(max(0, limit)))
    }

    private func found(_ party: String, _ filter: TaskFilter, others: Bool = false) -> [CaseTask] {
        let wanted = filter.cases.map { Set($0.prefix(TaskFilter.caseLimit)) }
        return opened.flatMap { id -> [CaseTask] in
            guard let row = cases[id], wanted?.contains(id) ?? true,
                SummaryFilter.agrees(row.summary.owner, filter.owner),
                SummaryFilter.agrees(row.summary.projectCode, filter.project),
                filter.owners.map({ row.summary.isOf($0, named: row.figures?.ownerName) }) ?? true
            else { return [] }
            return row.tasks.compactMap { task in
                guard (task.party == party) != others, SummaryFilter.agrees(task.lead, filter.lead) else { return nil }
                if let person = filter.person, task.barred.contains(where: { SummaryFilter.agrees($0, person) }) {
                    return nil
                }
                if let last = filter.dueThrough, task.due.map({ $0 > last }) ?? true { return nil }
                return CaseTask(
                    caseID: id, projectCode: row.summary.projectCode, title: row.summary.title,
                    owner: row.summary.owner, task: task)
            }
        }
    }

    // MARK: Changes and definitions

    var latestPosition: Int64 { Int64(appended.count) }

    func changedCases(after position: Int64, limit: Int) -> [ChangedCase] {
        let start = Int(clamping: max(0, position))
        guard start < appended.count, limit > 0 else { return [] }
        var latest: [CaseID: ChangedCase] = [:]
        for (offset, place) in appended[start...].prefix(limit).enumerated() {
            latest[place.caseID] = ChangedCase(
                caseID: place.caseID, position: Int64(start + offset + 1), version: place.sequence)
        }
        return latest.values.sorted { $0.position < $1.position }
    }

    func definitions(after cursor: DefinitionEntry?, limit: Int) -> [DefinitionEntry] {
        func precedes(_ a: (String, String), _ b: (String, String)) -> Bool {
            a.0 == b.0
                ? a.1.utf8.lexicographicallyPrecedes(b.1.utf8) : a.0.utf8.lexicographicallyPrecedes(b.0.utf8)
        }
        let entries = definitions.values.map {
            DefinitionEntry(id: $0.id, version: $0.version, contentHash: $0.contentHash)
        }
        let after = entries.filter { entry in
            cursor.map { precedes(($0.id, $0.version), (entry.id, entry.version)) } ?? true
        }
        return Array(after.sorted { precedes(($0.id, $0.version), ($1.id, $1.version)) }.prefix(max(0, limit)))
    }
}

extension CaseSummary {
    /// Whether it is the case of one of some owners, or of one of some projects.
    func isOf(_ owners: [String], named ownerName: String?) -> Bool {
        owners.prefix(ListFilter.ownerLimit).contains { name in
            [owner, projectCode, ownerName].contains { $0 != nil && SummaryFilter.agrees($0, name) }
        }
    }
}

extension SummaryFilter {
    /// Byte by byte: equal spellings of Unicode are other texts, as in a database.
    static func agrees(_ value: String?, _ wanted: String?) -> Bool {
        wanted == nil || value.map { Array($0.utf8) } == wanted.map { Array($0.utf8) }
    }

    public func agrees(with row: CaseSummary) -> Bool {
        Self.agrees(row.projectCode, projectCode) && Self.agrees(row.status, status)
            && Self.agrees(row.workflow, workflow) && Self.agrees(row.owner, owner)
            && (title.map { Self.contains($0, in: row.title) } ?? true)
            && (workflow != nil || row.workflow != CaseSummary.officeWorkflow)
    }

    private static func contains(_ part: String, in text: String) -> Bool {
        let (part, text) = (Array(part.utf8), Array(text.utf8))
        guard part.count <= text.count else { return false }
        return (0...text.count - part.count).contains { text[$0..<$0 + part.count] == part[...] }
    }
}
