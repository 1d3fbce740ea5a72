import CaseEngine
import Foundation
import TestSupport
import WorkCalendar
import WorkflowModel

@testable import Orchestrator

/// The texts that simulated cases go by, read once: each workflow in three versions, a calendar in three, the scenarios.
enum RuleTexts {
    struct Version: Sendable {
        let workflow: WorkflowDefinition
        let hash: String
    }

    static let calendarID = "sim"

    /// Rules made from the texts, shared by all simulations: they are values.
    static let book: RuleBook = {
        let book = RuleBook()
        for version in workflows.values.joined() + shipped {
            book.put(version.workflow, version.workflow.id, version.workflow.version, version.hash)
        }
        for calendar in calendars { book.put(calendar, calendar.id, calendar.version) }
        book.put(.weekdays, WorkCalendar.weekdays.id, WorkCalendar.weekdays.version)
        return book
    }()

    static let workflows: [String: [Version]] = [
        "permits": versions(
            "permits",
            second: [
                ("limit: 4 wd,\n", "limit: 6 wd,\n"),
                ("kind: filing, department: planning", "kind: filing, department: housing"),
                ("after: [{item: permit, lag: 2 cd}]", "after: [{item: permit, lag: 1 cd}]"),
            ],
            third: [
                (
                    "          - {id: archive, title: {zh: 档案, en: Archive}, department: archive, takes: 1 wd, limit: 2 wd,\n"
                        + "             silence: deemed-agree}\n",
                    "          - {id: water, title: {zh: 水利, en: Water}, department: water, takes: 1 wd, limit: 2 wd}\n"
                ),
                (
                    "      - {id: design, title: {zh: 设计, en: Design}, kind: applicant,",
                    "      - {id: drawing, title: {zh: 设计, en: Design}, kind: applicant,"
                ),
                ("{item: design, type: FF}", "{item: drawing, type: FF}"),
            ]),
        "promises": versions(
            "promises", second: [("limit: 10 wd", "limit: 8 wd")], third: [("takes: 5 wd, after", "takes: 6 wd, after")]
        ),
        "short": versions("short", second: [("limit: 5 wd", "limit: 7 wd")], third: [("limit: 12 wd", "limit: 9 wd")]),
    ]

    /// Shipped workflows of different sizes, for a few of the seeds.
    static let shipped: [Version] = ["wf-09-rushan-low-risk", "wf-03-cq-social-small"].map {
        read(try! ProjectFiles.text("Workflows/\($0).yaml"))
    }

    static let calendars: [WorkCalendar] = {
        let first = try! ProjectFiles.text("Fixtures/simulation/calendar.yaml")
        let holiday = "      - {name: {zh: 清明节"
        func version(_ number: Int, _ holidays: String) -> String {
            first.replacingOccurrences(of: "version: \"1\"", with: "version: \"\(number)\"")
                .replacingOccurrences(of: holiday, with: holidays + holiday)
        }
        let moved = "      - {name: {zh: 放假, en: Holiday}, from: 2026-03-1%, to: 2026-03-20}\n"
        let texts = [
            first, version(2, moved.replacingOccurrences(of: "%", with: "2")),
            version(3, moved.replacingOccurrences(of: "%", with: "8")),
        ]
        let shippedText = try! ProjectFiles.text("Workflows/calendars/cn.yaml")
        return (texts + [shippedText]).map { CalendarFile.read($0, path: "calendar").value! }
    }()

    static let scenarios: [Scenario] = {
        let library = ScenarioLibrary { try? ProjectFiles.text("Workflows/\($0)") }
        return try! ProjectFiles.files(in: "Fixtures/scenarios", extension: "yaml").compactMap { url in
            let text = try String(contentsOf: url, encoding: .utf8)
            let scenario = ScenarioFile.read(text, path: url.lastPathComponent, library: library).value
            // Stories of whole projects take far more steps than a history has.
            return scenario.flatMap { $0.id.hasPrefix("story-") ? nil : $0 }
        }
    }()

    /// A book of a scenario's own texts.
    static func book(of scenario: Scenario) -> RuleBook {
        let book = RuleBook()
        for (workflow, text) in [(scenario.workflow, scenario.workflowText)] + scenario.versions {
            let hash = PublishedText.workflow(workflow, text: text).hash.description
            book.put(workflow, workflow.id, workflow.version, hash)
        }
        for calendar in [scenario.calendar] + scenario.laterCalendars.map(\.calendar) {
            book.put(calendar, calendar.id, calendar.version)
        }
        return book
    }

    private static func versions(
        _ name: String, second: [(String, String)], third: [(String, String)]
    ) -> [Version] {
        let text = try! ProjectFiles.text("Fixtures/simulation/\(name).yaml")
        func edited(_ number: Int, _ edits: [(String, String)]) -> String {
            var text = text.replacingOccurrences(of: "version: \"1\"", with: "version: \"\(number)\"")
            for (old, new) in edits {
                precondition(text.contains(old), "\(name) \(number): nothing to edit: \(old)")
                text = text.replacingOccurrences(of: old, with: new)
            }
            return text
        }
        return [text, edited(2, second), edited(3, third)].map(read)
    }

    private static func read(_ text: String) -> Version {
        let reading = WorkflowFile.read(text, path: "simulation")
        guard let workflow = reading.value else {
            preconditionFailure(DiagnosticRenderer(language: .en, isColoured: false).text(for: reading))
        }
        return Version(workflow: workflow, hash: PublishedText.workflow(workflow, text: text).hash.description)
    }
}
