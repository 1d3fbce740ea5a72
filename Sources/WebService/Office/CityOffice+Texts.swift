import Planning
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// The workflows and calendars that a service has at hand besides those in its library (随附流程).
public struct ShippedTexts: Sendable {
    /// Texts by the workflow's id.
    public var workflows: [String: String]
    /// Texts by the calendar's id.
    public var calendars: [String: String]

    public init(workflows: [String: String] = [:], calendars: [String: String] = [:]) {
        self.workflows = workflows
        self.calendars = calendars
    }

    public static let none = ShippedTexts()
}

extension CityOffice {
    /// What a case is opened with: the version of a workflow that is in force where the library keeps it, else the one that
    /// is shipped.
    ///
    /// - Throws: `Problem` when there is none; `LibraryRejection` when none is in force.
    func publication(of workflow: String, version: String?, on date: LocalDate) async throws -> Publication {
        let (definition, text) = try await definition(of: workflow, version: version, on: date)
        let (calendar, calendarText) = try calendar(definition.calendar)
        return Publication(workflow: definition, text: text, calendar: calendar, calendarText: calendarText)
    }

    /// A workflow and its text.
    func definition(
        of workflow: String, version: String?, on date: LocalDate
    ) async throws -> (definition: WorkflowDefinition, text: String) {
        let library = try await library.library()
        if library.manages(workflow) {
            if let version {
                guard let found = library[workflow, version] else {
                    throw LibraryRejection.unknownVersion(workflow: workflow, version: version)
                }
                return try await self.library.draft(found)
            }
            guard let current = library.inForce(workflow, on: date) else {
                throw LibraryRejection.noneInForce(workflow: workflow, on: date)
            }
            return try await self.library.draft(current)
        }
        guard let text = shipped.workflows[workflow],
            let definition = WorkflowFile.read(text, path: workflow).value,
            version == nil || version == definition.version
        else { throw Problem.notFound("没有这个流程", "There is no such workflow") }
        return (definition, text)
    }

    /// A calendar, with its text where it has one.
    func calendar(_ id: String) throws -> (calendar: WorkCalendar, text: String?) {
        if let text = shipped.calendars[id] {
            guard let calendar = CalendarFile.read(text, path: id).value else {
                throw Problem.ours(cause: "the calendar \(id) cannot be read")
            }
            return (calendar, text)
        }
        if id == WorkCalendar.weekdays.id { return (.weekdays, nil) }
        throw Problem.notFound("没有这个日历", "There is no such calendar")
    }
}

extension CaseTask {
    var document: JSONText {
        let body = TaskBody(task.body)
        return .members([
            "case": .string(caseID.text), "project": .optional(projectCode), "title": .string(title),
            "owner": .optional(owner), "task": .string(task.name), "verb": .optional(body?.kind),
            "item": .optional(body?.item), "itemTitle": body?.title?.json ?? .null,
            "participant": .optional(body?.participant), "subject": .optional(body?.subject),
            "since": .optional(body?.since.description), "due": .optional(task.due?.description),
            "near": .optional(body?.nearOn?.description), "statutory": .optional(body?.statutory?.description),
            "critical": .bool(task.rank == 0), "rank": .integer(task.rank), "green": .bool(body?.isGreen ?? false),
        ])
    }
}
