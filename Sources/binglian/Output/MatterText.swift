import CaseEngine
import WorkCalendar
import WorkflowModel

/// Matters in a table.
struct MatterText {
    struct Row {
        let caseID: String
        let matter: Matter
        let overdueDays: Int
    }

    let rows: [Row]
    let terminal: Terminal

    var text: String {
        guard !rows.isEmpty else { return terminal.say("没有督办件。", "No matters.") }
        var table = TextTable([
            .init(terminal.say("办件", "case"), limit: 64), .init(terminal.say("督办件", "matter"), limit: 24),
            .init(terminal.say("事项", "item"), limit: 40), .init(terminal.say("承办", "office"), limit: 20),
            .init(terminal.say("期限", "due")), .init(terminal.say("状态", "status")),
            .init(terminal.say("超期", "late"), .right), .init(terminal.say("内容", "about"), limit: 80),
        ])
        for row in rows {
            let matter = row.matter
            table.add([
                row.caseID, matter.id, matter.item ?? "", matter.office, matter.due.description,
                matter.status.title[terminal.language], row.overdueDays == 0 ? "" : "\(row.overdueDays) wd",
                matter.text,
            ])
        }
        return table.text
    }

    /// As documented in `docs/json.md#matters`.
    var json: JSONText {
        .array(
            rows.map { row in
                let matter = row.matter
                return .members([
                    "case": .string(row.caseID), "matter": .string(matter.id), "kind": .string(matter.kind.rawValue),
                    "item": .optional(matter.item), "department": .string(matter.department),
                    "office": .string(matter.office), "level": .integer(matter.level), "text": .string(matter.text),
                    "openedOn": .string(matter.openedOn.description), "due": .string(matter.due.description),
                    "extended": .bool(matter.isExtended), "status": .string(matter.status.rawValue),
                    "answers": .array(
                        matter.answers.map { answer in
                            .members([
                                "on": .string(answer.on.description), "office": .optional(answer.office),
                                "text": .string(answer.text), "outcome": .optional(answer.outcome?.rawValue),
                            ])
                        }),
                    "satisfied": matter.callBack.map { .bool($0.isSatisfied) } ?? .null,
                    "closedOn": .optional(matter.closedOn?.description), "overdueDays": .integer(row.overdueDays),
                ])
            })
    }
}
