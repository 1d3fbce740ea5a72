import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// One event on one line: date, item, what happened, by whom.
struct EventText {
    let event: CaseEvent
    let terminal: Terminal

    init(_ event: CaseEvent, _ terminal: Terminal) {
        self.event = event
        self.terminal = terminal
    }

    var line: String {
        let who = event.by.role == .system ? "" : "  (\(event.by.name))"
        let words = event.words[terminal.language]
        return "\(event.on)  " + DisplayWidth.padded(event.item ?? "·", to: 20) + " " + styled(words)
            + terminal.styled(who, .dim)
    }

    private func styled(_ words: String) -> String {
        switch event.what {
        case .cardRaised(_, let level, _, _, _, _, _), .ruleCardRaised(_, _, let level, _, _, _, _):
            terminal.styled(words, level == .blue ? .blue : level == .yellow ? .yellow : .red)
        case .refused, .promiseBroken, .revoked, .matterOverdue: terminal.styled(words, .red)
        case .stageClosed, .caseCompleted: terminal.styled(words, .green)
        default: words
        }
    }
}

/// Objects that are printed one a line.
enum JSONLines {
    /// An event of the log with its seal, as documented in `docs/json.md#log`.
    static func record(_ record: EventRecord) -> JSONText {
        .members([
            "case": .string(record.caseID.text), "sequence": .integer(record.sequence),
            "kind": .string(record.event.kind), "schema": .integer(record.event.schema),
            "on": .string(record.event.on.description), "at": .string(record.event.at.description),
            "actor": .string(record.event.actor), "key": .string(record.key.text),
            "payload": .raw(String(decoding: record.event.payload, as: UTF8.self)),
            "previousHash": .string(record.previousHash.description), "hash": .string(record.hash.description),
        ])
    }

    /// What a command did, as documented in `docs/json.md#performed`.
    static func performed(_ done: Performed) -> JSONText {
        .members([
            "version": .integer(done.version), "repeated": .bool(done.isRepeat),
            "events": .array(done.events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
        ])
    }
}

extension StoredSummary {
    /// A case in a list, as documented in `docs/json.md#list`.
    var json: JSONText {
        .members([
            "case": .string(caseID.text), "project": .optional(summary.projectCode), "title": .string(summary.title),
            "workflow": .string(summary.workflow), "workflowVersion": .string(summary.workflowVersion),
            "status": .string(summary.status), "openedOn": .string(summary.openedOn.description),
            "updatedOn": .string(summary.updatedOn.description), "version": .integer(version),
            "waitingFor": .strings(summary.waitingFor),
        ])
    }
}
