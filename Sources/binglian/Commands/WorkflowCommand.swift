import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

struct WorkflowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflow",
        abstract: "Versions of workflows: compare them, publish them, put running cases under them. 流程版本。",
        subcommands: [
            SubmitCommand.self, ReleaseCommand.self, WithdrawVersionCommand.self, ListVersionsCommand.self,
            ShowVersionCommand.self, VersionHistoryCommand.self, DiffCommand.self, MigrateCommand.self,
        ])
}

/// Who changes the rules of running cases, when and why.
struct RuleChangeOptions: ParsableArguments {
    @Option(help: "The designer's name.")
    var name: String

    @Option(help: "Why: the notice, decision or rule that orders it.")
    var reason: String

    @Option(help: "The office's date; default: today in Beijing time.")
    var on: LocalDate?

    @Flag(help: "Only show what would change, case by case, and what stands in the way.")
    var preview = false

    @OptionGroup var store: StoreOptions

    var date: LocalDate { on ?? OfficeDate.today }

    func change(_ command: CaseCommand, _ office: CaseOffice) -> RuleChange {
        RuleChange(
            command, by: Actor(role: .designer, name: name), on: date, at: OfficeDate.now,
            orchestrator: office.orchestrator)
    }

    /// Applies a change to cases and tells what became of each.
    func apply(_ command: CaseCommand, to cases: [CaseID], _ office: CaseOffice, _ terminal: Terminal) async throws {
        var report = RuleChangeReport(isPreview: preview, terminal: terminal)
        try await change(command, office).apply(to: cases, isPreview: preview) { id, outcome in
            report.note(id, outcome)
            if store.format == .text, let text = report.text(of: id, outcome) { printOut(text) }
        }
        printOut(store.format == .json ? report.json.pretty : report.summary)
        if report.refused > 0, !preview { throw ExitCode(1) }
    }
}

/// Puts running cases under another version.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Put running cases under another version 迁移办件.",
        discussion: """
            Items with equal ids go on by themselves, answers given stand, and open deadlines are counted anew. An item
            under way that the new version does not have must be mapped, or kept to finish under the old version. A run
            that was cut off is started again. Exit status 1: some cases refused.
            """)

    @Argument(help: "The workflow's id, or the file of the new version, which is published then.")
    var workflow: String

    @Option(help: "The version that the cases go by; default: any other.")
    var from: String?

    @Option(help: "The version to go on under; default: the file's.")
    var to: String?

    @Option(help: "OLD=NEW: the item of the new version that takes up the item of the old one; several times.")
    var map: [String] = []

    @Option(help: "An item that finishes under the old version where it is under way; several times.")
    var keep: [String] = []

    @Option(name: .customLong("case"), help: "Only this case; several times.")
    var cases: [String] = []

    @Flag(help: "Also to a version that the library has not in force.")
    var trial = false

    @OptionGroup var options: RuleChangeOptions

    func validate() throws {
        for pair in map where pair.split(separator: "=", omittingEmptySubsequences: false).count != 2 {
            throw ValidationError("--map is OLD=NEW, not '\(pair)'")
        }
        if to == nil, !isFile { throw ValidationError("name the version with --to, or give its file") }
    }

    private var isFile: Bool { workflow.hasSuffix(".yaml") || workflow.hasSuffix(".yml") }

    func run() async throws {
        try await options.store.terminal.run { terminal in
            try await options.store.withOffice(terminal) { office in
                let target = try await target(office, terminal)
                if !trial {
                    try await office.library.requireInForce(
                        target.definition.id, version: target.definition.version, definition: target.hash,
                        on: options.date)
                }
                let rows = try await office.summaries(
                    SummaryFilter(status: CaseStatus.open.rawValue, workflow: target.definition.id))
                let wanted = Set(try cases.map { try office.id($0) })
                let chosen = rows.filter { row in
                    (wanted.isEmpty || wanted.contains(row.caseID))
                        && from.map { row.summary.workflowVersion == $0 } ?? true
                }
                try await checkNames(target.definition, chosen, office)
                let order = MigrationOrder(
                    version: target.definition.version, definition: target.hash, map: pairs, keep: keep,
                    reason: options.reason)
                try await options.apply(.migrate(order), to: chosen.map(\.caseID), office, terminal)
            }
        }
    }

    private var pairs: [String: String] {
        var pairs: [String: String] = [:]
        for pair in map {
            let parts = pair.split(separator: "=").map(String.init)
            if parts.count == 2 { pairs[parts[0]] = parts[1] }
        }
        return pairs
    }

    private func target(
        _ office: CaseOffice, _ terminal: Terminal
    ) async throws -> (definition: WorkflowDefinition, hash: String) {
        guard isFile else {
            let version = to ?? ""
            guard let found = try await office.orchestrator.workflow(workflow, version: version) else {
                throw CommandFailure(
                    zh: "库中没有流程 \(workflow) 的版本 \(version)。先发布，或给出该版本的文件。",
                    en:
                        "version \(version) of workflow \(workflow) is not published here. Publish it, or give its file."
                )
            }
            return found
        }
        let files = Files(terminal: terminal)
        let definition = try files.workflow(workflow)
        if let to, to != definition.version {
            throw CommandFailure(
                zh: "文件的版本是 \(definition.version)，不是 \(to)。",
                en: "the file is version \(definition.version), not \(to).")
        }
        let text = PublishedText.workflow(definition, text: try files.text(workflow))
        if options.preview {
            office.orchestrator.consider(text, definition)
        } else {
            try await office.orchestrator.publish(text)
        }
        return (definition, text.hash.description)
    }

    /// A misspelt id in a map would be passed over case by case, so it is told once and for all.
    private func checkNames(
        _ target: WorkflowDefinition, _ rows: [StoredSummary], _ office: CaseOffice
    ) async throws {
        let new = Set(target.items.map(\.id))
        var old: Set<String> = []
        for version in Set(rows.map(\.summary.workflowVersion)) {
            let found = try await office.orchestrator.workflow(target.id, version: version)
            old.formUnion(found?.definition.items.map(\.id) ?? [])
        }
        if let unknown = pairs.values.sorted().first(where: { !new.contains($0) }) {
            throw CommandFailure(
                zh: "新版本没有事项 \(unknown)，请核对 --map。", en: "the new version has no item \(unknown); check --map.")
        }
        guard !rows.isEmpty else { return }
        if let unknown = (pairs.keys + keep).sorted().first(where: { !old.contains($0) }) {
            throw CommandFailure(
                zh: "原版本没有事项 \(unknown)，请核对 --map 和 --keep。",
                en: "the old version has no item \(unknown); check --map and --keep.")
        }
    }
}

/// A new holiday notice over all running cases.
struct ApplyCalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Count the days ahead of all open cases on a new version of their calendar.",
        discussion: """
            Days up to the date keep the kind they were counted as; every deadline that moves is in the log of its case.
            Cases on another calendar are left alone. Exit status 1: some cases refused.
            """)

    @Argument(help: "The file of the calendar, with a new version.")
    var calendar: String

    @OptionGroup var options: RuleChangeOptions

    func run() async throws {
        try await options.store.terminal.run { terminal in
            let source = try Files(terminal: terminal).calendarSource(calendar)
            try await options.store.withOffice(terminal) { office in
                if options.preview {
                    office.orchestrator.consider(source.calendar)
                } else if let text = source.text {
                    try await office.orchestrator.publish(.calendar(source.calendar, text: text))
                }
                let rows = try await office.summaries(SummaryFilter(status: CaseStatus.open.rawValue))
                let order = CalendarOrder(
                    calendar: source.calendar.id, version: source.calendar.version, reason: options.reason)
                try await options.apply(.changeCalendar(order), to: rows.map(\.caseID), office, terminal)
            }
        }
    }
}
