import ArgumentParser
import CaseEngine
import Foundation
import Logging
import Orchestrator
import PostgresStore
import SQLiteStore
import WorkCalendar
import WorkflowModel

/// Writes a store full of open cases through the engine and the orchestrator, as if an office had worked until a date, so
/// that the service can be measured on it.
///
/// Every tenth of the cases was left lying some weeks ago, so that limits have run out; the others are as far as parties
/// who answer after their likely times have brought them.
struct OfficeBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office", abstract: "Fills a store with open cases of a workflow, for measuring the service.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "A new file for the store, or a PostgreSQL database.")
    var store: String

    @Option(help: "How many cases.")
    var cases = 100_000

    @Option(help: "The office's date, on which the cases are as they are.")
    var on = "2026-03-02"

    @Option(help: "Over how many days before that date the cases were opened; 1 opens all on one day.")
    var spread = 70

    @Option(help: "Cases at a time.")
    var width = 64

    @Flag(help: "Only open the cases, so that all of them have the same timers.")
    var onlyOpen = false

    /// Cases of one owner.
    private static let perOwner = 20

    func validate() throws {
        if LocalDate(on) == nil { throw ValidationError("--on takes a date, such as 2026-03-02") }
        if cases < 1 || !(1...365).contains(spread) || width < 1 {
            throw ValidationError("--cases and --width take 1 or more, --spread 1 to 365")
        }
    }

    func run() async throws {
        guard let date = LocalDate(on) else { return }
        let contents = try files.read()
        let scripts = try scripts(contents, before: date)
        let events: any OfficeStore =
            if let address = PostgresAddress.isAddress(store) ? PostgresAddress(store) : nil {
                try await PostgresStore.open(address)
            } else { try await SQLiteStore.open(path: store) }
        let orchestrator = Orchestrator(
            store: events, residentCases: 2 * width, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        let publication = Publication(
            workflow: contents.definition, text: contents.text, calendar: contents.calendar,
            calendarText: contents.calendarText)
        let clock = ContinuousClock()
        let begin = clock.now
        let written = try await withThrowingTaskGroup(of: Int.self) { group in
            var written = 0
            for number in 0..<cases {
                if number >= width { written += try await group.next() ?? 0 }
                group.addTask {
                    try await write(number, scripts[number % scripts.count], contents, publication, orchestrator)
                }
            }
            for try await more in group { written += more }
            return written
        }
        let elapsed = (clock.now - begin) / .seconds(1)
        let lists = CaseLists(store: events, orchestrator: orchestrator, clock: StandingClock(on: date))
        let filling = clock.now
        await lists.catchUp(within: .seconds(3600))
        let filled = (clock.now - filling) / .seconds(1)
        try await events.close()
        report(["cases": Double(cases), "events": Double(written), "seconds": elapsed, "listsSeconds": filled])
    }

    private func scripts(_ contents: WorkflowFiles.Contents, before date: LocalDate) throws -> [Script] {
        try (0..<max(1, min(spread, 70))).map { number in
            let opened = date.adding(days: -1 - number * spread / max(1, min(spread, 70)))
            let last = number % 10 == 9 ? opened.adding(days: number / 2) : date
            return try Script(
                contents, from: contents.calendar.workingDay(onOrAfter: opened), before: date, answersBefore: last)
        }
    }

    /// - Returns: how many events the case has.
    private func write(
        _ number: Int, _ script: Script, _ contents: WorkflowFiles.Contents, _ publication: Publication,
        _ orchestrator: Orchestrator
    ) async throws -> Int {
        let digits = String(1_000_000 + number).dropFirst()
        let id = CaseID("office-\(digits)")!  // letters, a hyphen and digits
        let owner = number / Self.perOwner
        let title = contents.project.title
        let project = Project(
            code: "2601-500112-04-01-\(digits)",
            title: LocalizedText(zh: "\(title.zh) \(digits)", en: "\(title.en) \(digits)"),
            owner: LocalizedText(zh: "第 \(owner) 建设单位", en: "Owner \(owner)"), facts: contents.project.facts,
            works: contents.project.works)
        let first = script.commands[0].context
        _ = try await orchestrator.open(
            id, with: publication, project: project, facts: contents.facts, on: first.today, by: first.actor,
            at: .officeClosing(of: first.today))
        var version = 0
        for (step, (command, context)) in script.commands.enumerated().dropFirst() {
            if onlyOpen { break }
            version = try await orchestrator.perform(
                command, on: id, key: CommandKey("office.\(step)")!, by: context.actor, on: context.today,
                at: .officeClosing(of: context.today), looksUp: false
            ).version
        }
        if version == 0 { version = try await orchestrator.snapshot(of: id).state.version }
        await orchestrator.release(id)
        return version
    }
}
