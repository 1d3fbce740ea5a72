import Foundation
import WebService
import WorkCalendar
import WorkflowModel

extension ShippedTexts {
    /// The workflows and calendars of the shipped folder; a file that cannot be read as one is left out.
    init(in files: Files) throws {
        self.init()
        func names(_ folder: URL) -> [String] {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return all.filter { $0.hasSuffix(".yaml") }.sorted()
        }
        for name in names(files.library) where name.hasPrefix("wf-") {
            let text = try files.text(files.library.appendingPathComponent(name).path)
            if let workflow = WorkflowFile.read(text, path: name).value { workflows[workflow.id] = text }
        }
        let folder = files.library.appendingPathComponent("calendars")
        for name in names(folder) {
            let text = try files.text(folder.appendingPathComponent(name).path)
            if let calendar = CalendarFile.read(text, path: name).value { calendars[calendar.id] = text }
        }
    }
}
