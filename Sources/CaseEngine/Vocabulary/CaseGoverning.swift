import WorkCalendar
import WorkflowModel

/// What governs a case (办件适用规则): the version it runs on, its calendar and its facts, and what was carried over.
///
/// At first what the case opened with; a migration or a change of calendar makes a new one. Two cases with equal
/// governings have the same rules.
public struct CaseGoverning: Hashable, Sendable, Codable {
    public let workflow: String
    public internal(set) var version: String
    /// Hash of the definition file as published.
    public internal(set) var definition: String
    public let calendar: String
    /// The version of the calendar that the case opened with.
    public let calendarVersion: String
    /// Later versions of the calendar, in the order in which they were applied.
    public internal(set) var laterCalendars: [LaterCalendar] = []
    public let facts: [String: FactValue]
    /// The works that the project is divided into.
    public internal(set) var works: [Work]
    /// Items that go by an earlier version, in the order of their plan.
    public internal(set) var kept: [KeptItem] = []
    /// The departments to which items of this version were handed over, by the ids of items.
    public internal(set) var transfers: [String: String] = [:]

    public init(_ opening: CaseOpening) {
        workflow = opening.workflow
        version = opening.version
        definition = opening.definition
        calendar = opening.calendar
        calendarVersion = opening.calendarVersion
        facts = opening.facts
        works = opening.works
    }

    /// The version of the calendar that days ahead are counted on.
    public var newestCalendar: String { laterCalendars.last?.version ?? calendarVersion }
}

/// A later version of a case's calendar and the last day that it does not speak of (日历变更).
public struct LaterCalendar: Hashable, Sendable, Codable {
    public let version: String
    /// Days up to and including this one keep the kind they were counted as.
    public let after: LocalDate

    public init(version: String, after: LocalDate) {
        self.version = version
        self.after = after
    }
}

/// An item that finishes, or has finished, under the version it was begun under (旧规事项).
public struct KeptItem: Hashable, Sendable, Codable {
    public let item: String
    /// The version and the hash of the definition that it goes by.
    public let version: String
    public let definition: String
    /// Whether it was over when the new version, which does not have it, came: nothing waits for it any more.
    public let isOver: Bool

    public init(item: String, version: String, definition: String, isOver: Bool) {
        self.item = item
        self.version = version
        self.definition = definition
        self.isOver = isOver
    }
}

extension CaseMachine {
    /// The rules that a governing stands for.
    ///
    /// - Parameters:
    ///   - policy: in place of the one in the workflow's text.
    ///   - definition: the definition of that version and hash.
    ///   - calendarOf: the case's calendar in that version.
    /// - Returns: `nil` when a text is not at hand, or a calendar cannot go on from the one before.
    public init?(
        _ governing: CaseGoverning, policy: SupervisionPolicy? = nil,
        definition: (_ version: String, _ hash: String) -> WorkflowDefinition?,
        calendarOf: (_ version: String) -> WorkCalendar?
    ) {
        func divided(_ version: String, _ hash: String) -> WorkflowDefinition? {
            definition(version, hash)?.divided(into: governing.works, facts: governing.facts)
        }
        guard var workflow = divided(governing.version, governing.definition),
            var calendar = calendarOf(governing.calendarVersion)
        else { return nil }
        for later in governing.laterCalendars {
            guard let newer = calendarOf(later.version), let next = calendar.continued(by: newer, after: later.after)
            else { return nil }
            calendar = next
        }
        var sources: [[String]: Set<String>] = [:]
        for kept in governing.kept { sources[[kept.version, kept.definition], default: []].insert(kept.item) }
        for (name, items) in sources.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let older = divided(name[0], name[1]) else { return nil }
            workflow = workflow.keeping(items, of: older)
        }
        workflow = workflow.transferring(governing.transfers)
        self.init(
            rules: CaseRules(
                plan: Plan.resolve(workflow, facts: governing.facts), calendar: calendar,
                policy: policy ?? workflow.supervision,
                leftovers: Set(governing.kept.lazy.filter(\.isOver).map(\.item))))
    }
}
