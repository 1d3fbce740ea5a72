import WorkCalendar
import WorkflowModel

/// Something in the log of a case that supervision should look at (异常): a rule, and what shows it.
///
/// A finding accuses nobody; there may be good reasons. It is derived from events alone, so whoever looks again finds
/// the same ones under the same ids.
public struct Finding: Hashable, Sendable {
    /// The item, the application, the rule and the event that shows it: stable, and unique in the case.
    public let id: String
    public let rule: SupervisionRule
    public let item: String
    public let participant: String?
    public let department: String?
    /// Who did what shows it; `nil` when it came by time.
    public let person: String?
    public let on: LocalDate
    /// The places of the events that show it, from 1 as the log numbers them; the last one completes it.
    public let events: [Int]
    /// What the log shows.
    public let words: LocalizedText
}

/// An event together with the day on which it was entered, where the log has it.
public struct EnteredEvent: Hashable, Sendable {
    public let event: CaseEvent
    /// The office's civil date of the entry.
    public let enteredOn: LocalDate?

    public init(_ event: CaseEvent, enteredOn: LocalDate? = nil) {
        self.event = event
        self.enteredOn = enteredOn
    }
}

extension CaseMachine {
    /// What in the log of a case supervision should look at, in the order in which it was completed.
    ///
    /// - Parameter events: all of the case, in order.
    /// - Complexity: O(events + findings).
    /// - Source: 特别程序 opened near the end, results without steps and dates before the system's (体外循环), pauses,
    ///   repeated corrections, materials outside the list and applications sent back: campaign rules of Yingkou and
    ///   Hengyang; joint items: the rule of Qingdao. The thresholds are those of the policy.
    public func findings(in events: [EnteredEvent]) -> [Finding] {
        var search = FindingSearch(rules: rules)
        for event in events { search.take(event) }
        return search.found
    }
}
