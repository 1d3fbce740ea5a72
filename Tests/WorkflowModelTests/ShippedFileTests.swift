import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Files that are shipped")
struct ShippedFileTests {
    static func files(_ folder: String) throws -> [String] {
        try ProjectFiles.files(in: folder, extension: "yaml").map { "\(folder)/\($0.lastPathComponent)" }
    }

    static func workflows() throws -> [String] { try files("Workflows").filter { $0.contains("/wf-") } }

    @Test(
        "A shipped file reads without a word",
        arguments: try files("Workflows") + files("Workflows/calendars") + files("Workflows/items")
            + files("Fixtures/projects")
            + files("docs/examples")
            + files("docs/studies/one-city"))
    func silent(path: String) throws {
        let text = try ProjectFiles.text(path)
        let diagnostics =
            switch try #require(DefinitionFile.kind(of: text, path: path).value) {
            case .workflow: WorkflowFile.read(text, path: path).diagnostics
            case .city: CityFile.read(text, path: path).diagnostics
            case .calendar: CalendarFile.read(text, path: path).diagnostics
            case .catalogue: CatalogueFile.read(text, path: path).diagnostics
            case .project: ProjectFile.read(text, path: path).diagnostics
            case .itemCatalogue: ItemCatalogueFile.read(text, path: path).diagnostics
            case .form: FilledForm.read(text, path: path).diagnostics
            case .network, .scenario:
                try #require(nil as [Diagnostic]?, "no network and no scenario is shipped with the workflows")
            }
        #expect(diagnostics.map { DiagnosticRenderer(language: .en).text(for: $0) }.isEmpty)
    }

    @Test("The shipped catalogue names the shipped workflows, and each counts on a shipped calendar")
    func catalogue() throws {
        let path = "Workflows/catalogue.yaml"
        let catalogue = try #require(CatalogueFile.read(try ProjectFiles.text(path), path: path).value)
        let names = try Self.files("Workflows").map { String($0.dropFirst("Workflows/".count)) }
        #expect(Set(catalogue.workflows + ["catalogue.yaml"]) == Set(names))
        for name in catalogue.workflows {
            let workflow = WorkflowFile.read(try ProjectFiles.text("Workflows/\(name)"), path: name).value
            let calendar = "Workflows/calendars/\(try #require(workflow).calendar).yaml"
            #expect(try CalendarFile.read(ProjectFiles.text(calendar), path: calendar).value != nil)
        }
    }

    @Test("Every fictional project answers what its workflow asks", arguments: try files("Fixtures/projects"))
    func project(path: String) throws {
        let number = path.dropFirst("Fixtures/projects/".count).prefix(5)
        let workflowPath = try #require(try Self.files("Workflows").first { $0.contains(number) })
        let workflow = try #require(WorkflowFile.read(try ProjectFiles.text(workflowPath), path: workflowPath).value)
        let project = try #require(ProjectFile.read(try ProjectFiles.text(path), path: path).value)
        let facts = project.facts(for: workflow)
        #expect(facts.diagnostics.map(\.message.en) == [])
        #expect(workflow.appliesWhen?.evaluate(with: try #require(facts.value)) == true)
    }

    @Test("The calendar of China knows holidays, make-up days and where its knowledge ends")
    func calendar() throws {
        let path = "Workflows/calendars/cn.yaml"
        let calendar = try #require(CalendarFile.read(try ProjectFiles.text(path), path: path).value)
        let springFestival = try #require(LocalDate("2026-02-17"))
        let makeup = try #require(LocalDate("2026-02-14"))
        #expect(!calendar.isWorking(springFestival))
        #expect(calendar.exception(on: springFestival)?.name.zh == "春节")
        #expect(calendar.isWorking(makeup) && makeup.weekday == .saturday)
        #expect(calendar.exception(on: makeup)?.name.zh == "春节")
        #expect(!calendar.isProvisional(try #require(LocalDate("2026-12-31"))))
        #expect(calendar.isProvisional(try #require(LocalDate("2027-01-04"))))
    }
}
