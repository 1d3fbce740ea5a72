import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// A small file with mistakes that says itself which diagnostics it gives.
///
/// Comments at its top tell: `# expect: error WF031 42:13`, once for each diagnostic; `# read as: calendar`, when it is
/// read as another kind of file than it is; `# against: support/workflow.yaml`, for the facts of a project
/// or the departments of a city;
/// `# grow: 9`, to repeat its last line so many times.
struct DiagnosticFixture: CustomTestStringConvertible {
    let url: URL

    static let folder = "Fixtures/diagnostics"
    /// Networks and scenarios are left to the tests of what reads them.
    static func readHere() throws -> [DiagnosticFixture] {
        try all().filter { !$0.testDescription.hasPrefix("net") && !$0.testDescription.hasPrefix("scn") }
    }

    static func all() throws -> [DiagnosticFixture] {
        try ProjectFiles.files(in: folder, extension: "yaml").map(DiagnosticFixture.init)
    }

    var testDescription: String { url.lastPathComponent }

    func expectations() throws -> [String] { try directives("expect") }

    func diagnostics() throws -> [Diagnostic] {
        let bytes = try Data(contentsOf: url)
        let decoded = DefinitionFile.text(of: bytes, path: testDescription)
        guard var text = decoded.value else { return decoded.diagnostics }
        if let times = try directives("grow").first.flatMap({ Int($0) }), let last = text.split(separator: "\n").last {
            text += String(repeating: last + "\n", count: times)
        }
        let detected = DefinitionFile.kind(of: text, path: testDescription)
        let wanted = try directives("read as").first.flatMap(DefinitionFile.Kind.init)
        switch wanted ?? detected.value {
        case .workflow where try directives("against").isEmpty:
            return WorkflowFile.read(text, path: testDescription).diagnostics
        case .workflow, .itemCatalogue: return try catalogueDiagnostics(text, detected.value)
        case .form: return FilledForm.read(text, path: testDescription).diagnostics
        case .calendar: return CalendarFile.read(text, path: testDescription).diagnostics
        case .catalogue: return CatalogueFile.read(text, path: testDescription).diagnostics
        case .city:
            let city = CityFile.read(text, path: testDescription)
            guard let file = city.value, let other = try directives("against").first else { return city.diagnostics }
            let path = "\(Self.folder)/\(other)"
            guard let workflow = WorkflowFile.read(try ProjectFiles.text(path), path: path).value else { return [] }
            return file.teams(among: Set(workflow.departments.map(\.id))).diagnostics
        case .project:
            let project = ProjectFile.read(text, path: testDescription)
            guard let file = project.value, let other = try directives("against").first else {
                return project.diagnostics
            }
            let path = "\(Self.folder)/\(other)"
            guard let workflow = WorkflowFile.read(try ProjectFiles.text(path), path: path).value else { return [] }
            return file.facts(for: workflow).diagnostics
        case .network, .scenario, nil: return detected.diagnostics
        }
    }

    /// What an item catalogue says against a workflow or a catalogue below it; which of them the fixture is, and the other
    /// one, its head tells.
    private func catalogueDiagnostics(_ text: String, _ kind: DefinitionFile.Kind?) throws -> [Diagnostic] {
        let others = try directives("against").map { "\(Self.folder)/\($0)" }
        let date = try directives("on").first.flatMap { LocalDate($0) } ?? LocalDate(dayNumber: 19_800)
        if kind == .workflow {
            let reading = PlacedWorkflow.read(text, path: testDescription)
            guard let workflow = reading.value,
                let catalogue = ItemCatalogueFile.read(try ProjectFiles.text(others[0]), path: others[0]).value
            else { return reading.diagnostics }
            return CatalogueLint(catalogue).check([workflow], on: date) + CatalogueLint.duplicates(in: workflow)
        }
        let reading = ItemCatalogueFile.read(text, path: testDescription)
        guard let catalogue = reading.value, let other = others.first else { return reading.diagnostics }
        if catalogue.catalogue.extends != nil {
            let above = ItemCatalogueFile.read(try ProjectFiles.text(other), path: other).value
            return above.map { catalogue.filled(from: $0).diagnostics } ?? []
        }
        let workflow = PlacedWorkflow.read(try ProjectFiles.text(other), path: other).value
        return workflow.map { CatalogueLint(catalogue).check([$0], on: date) } ?? []
    }

    private func directives(_ name: String) throws -> [String] {
        let head = String(decoding: try Data(contentsOf: url).prefix(4096), as: UTF8.self)
        return head.split(separator: "\n").filter { $0.hasPrefix("# \(name): ") }
            .map { String($0.dropFirst(name.count + 4)) }
    }
}

extension Diagnostic {
    /// As a fixture announces it.
    var summary: String {
        "\(severity.rawValue) \(code.rawValue) \(place.span.start.line):\(place.span.start.column)"
    }
}
