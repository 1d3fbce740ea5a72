import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// The scenarios of the project and the folder of workflows that they may name.
enum ScenarioFiles {
    static let all: [String] = try! ProjectFiles.files(in: "Fixtures/scenarios", extension: "yaml")
        .map(\.lastPathComponent)

    static let library = ScenarioLibrary { try? ProjectFiles.text("Workflows/\($0)") }

    static func read(_ text: String, path: String = "s.yaml") -> FileReading<Scenario> {
        ScenarioFile.read(text, path: path, library: library)
    }

    static func read(named name: String) throws -> FileReading<Scenario> {
        read(try ProjectFiles.text("Fixtures/scenarios/\(name)"), path: "Fixtures/scenarios/\(name)")
    }

    static func words(_ found: [Diagnostic]) -> String {
        DiagnosticRenderer(language: .en, isColoured: false).text(
            for: FileReading<Int>(value: nil, diagnostics: found))
    }
}

@Suite("Scenarios")
struct ScenarioTests {
    @Test("What a scenario says is what the engine does", arguments: ScenarioFiles.all)
    func plays(name: String) throws {
        let reading = try ScenarioFiles.read(named: name)
        let scenario = try #require(reading.value, "\(ScenarioFiles.words(reading.diagnostics))")
        #expect(reading.diagnostics.isEmpty, "\(ScenarioFiles.words(reading.diagnostics))")
        #expect("\(scenario.id).yaml" == name, "a scenario is called as its file")
        #expect(!scenario.rules.isEmpty, "a scenario names the rules that it shows")
        let played = scenario.play().result
        #expect(played.value != nil, "\(ScenarioFiles.words(played.diagnostics))")
    }

    @Test("Every rule has a scenario that shows it")
    func rules() throws {
        let shown = try ScenarioFiles.all.flatMap { try ScenarioFiles.read(named: $0).value?.rules ?? [] }
        let missing = Set(LawRule.allCases).subtracting(shown).map(\.id).sorted()
        #expect(missing.isEmpty)
    }

    @Test("docs/rules.md has every rule as the engine tells it, in its order")
    func rulesDocument() throws {
        let written = try ProjectFiles.text("docs/rules.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let rows = LawRule.allCases.map { "| `\($0.id)` | \($0.title.zh) | \($0.title.en) | \($0.source) |" }
        #expect(written.map(String.init) == rows)
    }

    static let fixtures: [String] = try! ProjectFiles.files(in: "Fixtures/diagnostics", extension: "yaml")
        .map(\.lastPathComponent).filter { $0.hasPrefix("scn") }

    @Test("A scenario with a mistake gives exactly the diagnostics that it announces", arguments: fixtures)
    func fixture(name: String) throws {
        let text = try ProjectFiles.text("Fixtures/diagnostics/\(name)")
        let announced = text.split(separator: "\n").filter { $0.hasPrefix("# expect: ") }.map {
            String($0.dropFirst(10))
        }
        let reading = ScenarioFiles.read(text, path: name)
        let found = reading.value.map { $0.play().result.diagnostics } ?? reading.diagnostics
        #expect(
            found.map {
                "\($0.severity.rawValue) \($0.code.rawValue) \($0.place.span.start.line):\($0.place.span.start.column)"
            } == announced, "\(ScenarioFiles.words(found))")
    }

    // MARK: Wrong scenarios

    private static let good = """
        scenario: good
        title: {zh: 样例, en: Sample}
        source: assumed
        workflow:
          departments: {planning: {zh: 规划, en: Planning}}
          items:
            - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 3 wd,
               limit: 10 wd, milestone: true, source: assumed}
        opened: 2026-03-02
        steps:
          - given:
              - {on: 2026-03-02, by: applicant, item: permit, do: file}
            when: {on: 2026-03-03, by: planning, item: permit, do: admit}
            then:
              events: [{on: 2026-03-03, by: planning, item: permit, what: {admitted: {gaps: [], promise: ~}}}]
              items: {permit: {status: inReview, limits: {promised: 2026-03-17}, joint: ~}}
              turn: {permit: planning}
              cards: []
              stages: {stage: {startedOn: 2026-03-02, closedOn: ~}}
              case: {status: open}
              requests: [{item: permit, ask: decide, due: 2026-03-17}]
              timers: [{effect: {raiseCard: red}, due: 2026-03-18}]
          - when: {on: 2026-03-04, by: window, item: permit, do: {decide: {decision: granted}}}
            then:
              refused: {code: notYours, zh: 此操作由部门 planning办理。转给对方办理。}
        """

    private func codes(_ text: String) -> [String] {
        let reading = ScenarioFiles.read(text)
        return (reading.value.map { $0.play().result.diagnostics } ?? reading.diagnostics).map {
            "\($0.code.rawValue) \($0.place.span.start.line)"
        }
    }

    @Test("The sample itself is right")
    func sampleIsRight() { #expect(codes(Self.good).isEmpty, "\(codes(Self.good))") }

    @Test(
        "A scenario that expects the wrong thing fails at the line that expects it",
        arguments: [
            (
                "on: 2026-03-03, by: planning, item: permit, what", "on: 2026-03-04, by: planning, item: permit, what",
                "SCN014 15"
            ),
            ("by: planning, item: permit, what", "by: window, item: permit, what", "SCN014 15"),
            ("{admitted: {gaps: []", "{admitted: {gaps: [a]", "SCN014 15"),
            ("{admitted: {gaps: [], promise: ~}}", "granted", "SCN014 15"),
            ("promise: ~}}}]", "promise: ~}}}, {what: granted}]", "SCN014 15"),
            ("status: inReview", "status: filed", "SCN015 16"),
            ("promised: 2026-03-17", "promised: 2026-03-18", "SCN015 16"),
            ("promised: 2026-03-17", "promisd: 2026-03-17", "SCN015 16"),
            ("joint: ~", "joints: ~", "SCN015 16"),
            ("turn: {permit: planning}", "turn: {permit: nobody}", "SCN015 17"),
            ("cards: []", "cards: [{level: red}]", "SCN015 18"),
            ("startedOn: 2026-03-02", "startedOn: ~", "SCN015 19"),
            ("case: {status: open}", "case: {status: completed}", "SCN015 20"),
            ("ask: decide", "ask: admit", "SCN015 21"),
            ("effect: {raiseCard: red}", "effect: {raiseCard: green}", "SCN015 22"),
            ("code: notYours", "code: notNow", "SCN012 25"),
            ("转给对方办理。}", "转给他办理。}", "SCN012 25"),
            ("by: window, item: permit, do: {decide", "by: planning, item: permit, do: {decide", "SCN011 25"),
            ("by: planning, item: permit, do: admit", "by: applicant, item: permit, do: admit", "SCN013 13"),
            ("by: applicant, item: permit, do: file", "by: planning, item: permit, do: file", "SCN010 12"),
        ])
    func wrong(good: String, wrong: String, place: String) throws {
        let text = Self.good.replacing(good, with: wrong)
        try #require(text != Self.good)
        #expect(codes(text).contains(place), "\(codes(text))")
    }

    @Test(
        "A malformed scenario is told where",
        arguments: [
            ("do: admit}", "do: admitt}", "SCN003 13"), ("do: file}", "do: {file: {material: []}}}", "YML017 12"),
            ("{decision: granted}", "{decison: granted}", "YML018 23"),
            ("on: 2026-03-04", "on: 2026-02-30", "CAL001 23"),
            ("by: window", "by: widow", "SCN002 23"), ("{permit: planning}", "{permt: planning}", "WF003 17"),
            ("what: {admitted", "what: {admited", "YML023 15"), ("on: 2026-03-04", "on: 2026-03-01", "SCN004 23"),
            ("kind: approval", "kind: aproval", "YML023 7"),
            ("by: window, item: permit, ", "item: permit, ", "YML018 23"),
            ("source: assumed\nworkflow", "source: assumed\nrules: [magic]\nworkflow", "SCN006 4"),
            ("opened: 2026-03-02\n", "opened: soon\n", "CAL001 9"),
        ])
    func malformed(good: String, wrong: String, place: String) throws {
        let text = Self.good.replacing(good, with: wrong)
        try #require(text != Self.good)
        #expect(codes(text).contains(place), "\(codes(text))")
    }
}
