import WorkCalendar

/// What an applicant has answered on the form of a stage (已填表单).
public struct FilledForm: Sendable, Hashable {
    /// The id of the stage.
    public let stage: String
    /// The project's code.
    public let project: String?
    public let on: LocalDate
    /// Answers by the id of their field, in the order of the file.
    public let answers: [Answer]

    public struct Answer: Sendable, Hashable {
        public let field: String
        public let value: String
    }

    /// The form in a text, or what is wrong with it. What `binglian form --format json` prints is one.
    public static func read(_ text: String, path: String) -> FileReading<FilledForm> {
        let report = Report(SourceText(text, path: path))
        let keys = [
            "form", "workflow", "version", "title", "project", "on", "answers", "fields", "missing", "reused",
            "catalogue",
        ]
        guard let fields = Document.fields(.form, keys: keys, report) else { return report.reading(nil) }
        fields.require("on", "answers")
        let stage = fields.text("form")
        let text = fields.text("on")
        let date = text.flatMap { LocalDate($0) }
        if let text, date == nil { report.add(.unreadableDate(text), at: fields.span("on")) }
        let answers = (fields.map("answers") ?? []).compactMap { entry -> Answer? in
            guard let value = entry.value.text, !entry.value.isNull else {
                report.add(.wrongForm(.text, found: entry.value), at: entry.value.span)
                return nil
            }
            return Answer(field: entry.key, value: value)
        }
        guard let stage, let date else { return report.reading(nil) }
        return report.reading(
            FilledForm(stage: stage, project: fields.text("project"), on: date, answers: answers))
    }
}
