import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "What in the log of a case, or of all cases, supervision should look at. 异常线索。",
        discussion: """
            Derived from the log alone, each with its rule and the events that show it. A finding accuses nobody: the supervisor
            looks into it and, where it holds, raises a card with binglian card raise.
            """)

    @Argument(help: "The case; without one, all cases.")
    var caseID: String?

    @Option(help: ArgumentHelp("Only of that rule: \(SupervisionRule.names).", valueName: "rule"))
    var rule: SupervisionRule?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                var found: [(caseID: String, finding: Finding)] = []
                try await office.forEachCase(caseID) { snapshot in
                    let events = try await office.orchestrator.log(of: snapshot.id).map { record in
                        EnteredEvent(try CaseEvent(record: record), enteredOn: OfficeDate.date(of: record.event.at))
                    }
                    for finding in snapshot.machine.findings(in: events) where rule == nil || finding.rule == rule {
                        found.append((snapshot.id.text, finding))
                    }
                }
                let text = FindingsText(found: found, terminal: terminal)
                printOut(store.format == .json ? text.json.pretty : text.text)
            }
        }
    }
}

/// Findings in a table.
struct FindingsText {
    let found: [(caseID: String, finding: Finding)]
    let terminal: Terminal

    var text: String {
        guard !found.isEmpty else { return terminal.say("没有发现异常。", "Nothing was found.") }
        var table = TextTable([
            .init(terminal.say("办件", "case"), limit: 64), .init(terminal.say("日期", "on")),
            .init(terminal.say("事项", "item"), limit: 40), .init(terminal.say("部门", "department"), limit: 20),
            .init(terminal.say("规则", "rule")), .init(terminal.say("事件", "events")),
            .init(terminal.say("线索", "what the log shows"), limit: 120),
        ])
        for (caseID, finding) in found {
            table.add([
                caseID, finding.on.description, finding.item + (finding.participant.map { " · \($0)" } ?? ""),
                finding.department ?? "", finding.rule.rawValue,
                finding.events.map(String.init).joined(separator: " "), finding.words[terminal.language],
            ])
        }
        return table.text
    }

    /// As documented in `docs/json.md#findings`.
    var json: JSONText {
        .array(
            found.map { caseID, finding in
                .members([
                    "case": .string(caseID), "id": .string(finding.id), "rule": .string(finding.rule.rawValue),
                    "item": .string(finding.item), "participant": .optional(finding.participant),
                    "department": .optional(finding.department), "person": .optional(finding.person),
                    "on": .string(finding.on.description), "events": .array(finding.events.map { .integer($0) }),
                    "words": finding.words.json,
                ])
            })
    }
}

extension OfficeDate {
    /// The civil date in the offices at that moment.
    static func date(of instant: Instant) -> LocalDate {
        let offset: Int64 = 8 * 3_600_000
        return LocalDate(dayNumber: Int((instant.milliseconds + offset) / 86_400_000))
    }
}
