import CaseEngine
import WorkCalendar
import WorkflowModel

/// What a job computes on (计算对象): the rules of a case, or of a published workflow with a project's facts, from a date.
///
/// It names texts that are in the store, so that every node reads the same.
public struct JobSubject: Codable, Hashable, Sendable {
    public var governing: CaseGoverning
    public var start: LocalDate

    public init(_ governing: CaseGoverning, start: LocalDate) {
        self.governing = governing
        self.start = start
    }

    /// A published workflow with a project's facts.
    ///
    /// - Parameter works: what the project is divided into.
    public init(
        _ publication: Publication, facts: [String: FactValue], works: [Work] = [], start: LocalDate
    ) {
        let opening = CaseOpening(
            project: "", title: LocalizedText(zh: "", en: ""), owner: nil, workflow: publication.workflow.id,
            version: publication.workflow.version, definition: publication.workflowText.hash.description,
            calendar: publication.calendar.id, calendarVersion: publication.calendar.version, facts: facts,
            works: works)
        self.init(CaseGoverning(opening), start: start)
    }
}
