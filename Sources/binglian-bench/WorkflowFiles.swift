import ArgumentParser
import CaseEngine
import Foundation
import WorkCalendar
import WorkflowModel

/// The three files of a case: what is approved, of which project, and on which days.
struct WorkflowFiles: ParsableArguments {
    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file.")
    var facts: String

    @Option(help: "The calendar file.")
    var calendar: String

    /// What the files say.
    struct Contents {
        let text: String
        let definition: WorkflowDefinition
        let calendarText: String
        let calendar: WorkCalendar
        let project: Project
        let facts: [String: FactValue]
    }

    func read() throws -> Contents {
        let text = try String(contentsOfFile: workflow, encoding: .utf8)
        let calendarText = try String(contentsOfFile: calendar, encoding: .utf8)
        guard let definition = WorkflowFile.read(text, path: workflow).value,
            let calendar = CalendarFile.read(calendarText, path: calendar).value,
            let file = ProjectFile.read(try String(contentsOfFile: facts, encoding: .utf8), path: facts).value,
            let facts = file.facts(for: definition).value
        else { throw ValidationError("the files have mistakes; binglian check names them") }
        return Contents(
            text: text, definition: definition, calendarText: calendarText, calendar: calendar, project: file.project,
            facts: facts)
    }
}
