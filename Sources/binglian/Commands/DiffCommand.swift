import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// What changed between two versions, in sentences, and what that means for a project's targets.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "What changed between two versions, in words and in days 版本差异.",
        discussion: "A version is a file, or WORKFLOW@VERSION for one of the library.")

    @Argument(help: "The version before.")
    var before: String

    @Argument(help: "The version after.")
    var after: String

    @Option(help: "OLD=NEW: an item that goes on under another id; several old ones of one new are merged.")
    var map: [String] = []

    @Option(
        help: "A project file whose targets are planned under both; several times. Default: every fact at its default.")
    var facts: [String] = []

    @Option(help: "The date on which the projects enter.")
    var start: LocalDate = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    @Option(help: "A calendar's id or file; default: each version's.")
    var calendar: String?

    @OptionGroup var store: StoreOptions

    func validate() throws {
        for pair in map where pair.split(separator: "=", omittingEmptySubsequences: false).count != 2 {
            throw ValidationError("--map is OLD=NEW, not '\(pair)'")
        }
    }

    func run() async throws {
        try await store.terminal.run { terminal in
            let older = try await version(before, terminal)
            let newer = try await version(after, terminal)
            let pairs = map.map { $0.split(separator: "=").map(String.init) }.filter { $0.count == 2 }
            let difference = WorkflowDifference(
                from: older, to: newer,
                map: Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { _, last in last }))
            let effects = try targets(older, newer, terminal)
            switch store.format {
            case .json: printOut(json(difference, effects).pretty)
            case .text: printOut(text(difference, effects, terminal))
            }
        }
    }

    private func version(_ name: String, _ terminal: Terminal) async throws -> WorkflowDefinition {
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, !FileManager.default.fileExists(atPath: name) else {
            return try Files(terminal: terminal).workflow(name)
        }
        var found: WorkflowDefinition?
        try await store.withOffice(terminal) { office in
            let entry = try await office.libraryVersion(parts[0], parts[1], on: OfficeDate.today)
            found = try await office.library.draft(entry).definition
        }
        guard let found else { preconditionFailure("a version was found or refused just above") }
        return found
    }

    // MARK: Targets

    /// A target of a project, in minutes of its unit, before and after; `nil` where that version has no such target.
    private struct Effect {
        let project: String
        let target: String
        let unit: DayUnit
        let limits: [DayAmount?]
        let measured: [Int?]
    }

    private func targets(
        _ older: WorkflowDefinition, _ newer: WorkflowDefinition, _ terminal: Terminal
    ) throws -> [Effect] {
        let files = Files(terminal: terminal)
        var effects: [Effect] = []
        for path in facts.isEmpty ? [nil] : facts.map({ $0 as String? }) {
            let reports = try [older, newer].map { workflow in
                let given = try path.map { try files.project($0, for: workflow).1 } ?? workflow.resolvedFacts([:])
                let calendar = try files.calendar(calendar ?? workflow.calendar)
                return try Planner(plan: Plan.resolve(workflow, facts: given), calendar: calendar).report(start: start)
            }
            let ids =
                newer.targets.map(\.id)
                + older.targets.map(\.id).filter { id in !newer.targets.contains { $0.id == id } }
            for id in ids {
                let found = reports.map { report in report.targets.first { $0.target.id == id } }
                guard let known = found.compactMap(\.self).last else { continue }
                effects.append(
                    Effect(
                        project: path ?? "", target: id, unit: known.target.limit?.unit ?? .working,
                        limits: found.map { $0?.target.limit }, measured: found.map { $0?.measured }))
            }
        }
        return effects
    }

    // MARK: Output

    private func days(_ minutes: Int?, _ unit: DayUnit) -> String {
        minutes.map { DayAmount(minutes: $0, unit: unit).description } ?? "–"
    }

    private func text(_ difference: WorkflowDifference, _ effects: [Effect], _ terminal: Terminal) -> String {
        var lines = difference.changes.map { "• " + $0.words[terminal.language] }
        if lines.isEmpty { lines = [terminal.say("两个版本没有差别。", "The two versions do not differ.")] }
        guard !effects.isEmpty else { return lines.joined(separator: "\n") }
        lines.append("")
        lines.append(terminal.say("时限目标（按可能用时排程）：", "Targets, planned at likely durations:"))
        for effect in effects {
            let change = effect.measured[0].flatMap { old in effect.measured[1].map { $0 - old } }
            let cut = change.map { $0 == 0 ? "" : "  (\($0 > 0 ? "+" : "")\(days($0, effect.unit)))" } ?? ""
            let limits = effect.limits[1].map { " / \($0)" } ?? ""
            let name = DisplayWidth.padded(
                (effect.project.isEmpty ? "" : effect.project + "  ") + effect.target, to: 40)
            lines.append(
                "\(name)  \(days(effect.measured[0], effect.unit)) → \(days(effect.measured[1], effect.unit))\(limits)\(cut)"
            )
        }
        return lines.joined(separator: "\n")
    }

    /// As documented in `docs/json.md#diff`.
    private func json(_ difference: WorkflowDifference, _ effects: [Effect]) -> JSONText {
        func text(_ text: LocalizedText?) -> JSONText {
            text.map { .members(["zh": .string($0.zh), "en": .string($0.en)]) } ?? .null
        }
        return .members([
            "changes": .array(
                difference.changes.map { change in
                    .members([
                        "kind": .string(change.kind.rawValue), "subject": .string(change.subject),
                        "id": .optional(change.id), "path": .strings(change.path), "before": text(change.before),
                        "after": text(change.after), "words": text(change.words),
                    ])
                }),
            "targets": .array(
                effects.map { effect in
                    func amount(_ minutes: Int?) -> JSONText {
                        minutes.map { DayAmount(minutes: $0, unit: effect.unit).json } ?? .null
                    }
                    return .members([
                        "project": .optional(effect.project.isEmpty ? nil : effect.project),
                        "target": .string(effect.target), "before": amount(effect.measured[0]),
                        "after": amount(effect.measured[1]),
                        "limitBefore": effect.limits[0].map(\.json) ?? .null,
                        "limitAfter": effect.limits[1].map(\.json) ?? .null,
                    ])
                }),
        ])
    }
}
