import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// What a change of rules did to many cases, or would do.
struct RuleChangeReport {
    let isPreview: Bool
    let terminal: Terminal
    private(set) var changed = 0
    private(set) var refused = 0
    private(set) var unchanged = 0
    private(set) var moved = 0
    private var cases: [JSONText] = []

    init(isPreview: Bool, terminal: Terminal) {
        self.isPreview = isPreview
        self.terminal = terminal
    }

    mutating func note(_ id: CaseID, _ outcome: RuleChange.Outcome) {
        switch outcome {
        case .changed(let events):
            changed += 1
            moved += events.reduce(0) { $0 + $1.what.deadlines.count }
            cases.append(
                .members([
                    "case": .string(id.text), "outcome": .string("changed"),
                    "events": .array(events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
                ]))
        case .refused(let rejection):
            refused += 1
            cases.append(
                .members([
                    "case": .string(id.text), "outcome": .string("refused"), "code": .string(rejection.code),
                    "why": .string(rejection.text[terminal.language]),
                ]))
        case .unchanged:
            unchanged += 1
            cases.append(.members(["case": .string(id.text), "outcome": .string("unchanged")]))
        }
    }

    /// A case in a few lines; `nil` when nothing changes in it.
    func text(of id: CaseID, _ outcome: RuleChange.Outcome) -> String? {
        switch outcome {
        case .unchanged: return nil
        case .refused(let rejection):
            return "\(terminal.styled(id.text, .bold))  "
                + terminal.styled(terminal.say("不能变更：", "refused: "), .red) + rejection.text[terminal.language]
        case .changed(let events):
            var lines = [terminal.styled(id.text, .bold)]
            for event in events {
                lines.append("  " + EventText(event, terminal).line)
                lines += event.what.deadlines.map { "      " + $0.words[terminal.language] }
            }
            return lines.joined(separator: "\n")
        }
    }

    var summary: String {
        isPreview
            ? terminal.say(
                "预览：可变更 \(changed) 件（期限变动 \(moved) 处），不能变更 \(refused) 件，无变化 \(unchanged) 件。没有写入。",
                "Preview: \(changed) case(s) would change (\(moved) deadlines), \(refused) refuse, \(unchanged) stay as they "
                    + "are. Nothing was stored.")
            : terminal.say(
                "已变更 \(changed) 件（期限变动 \(moved) 处），不能变更 \(refused) 件，无变化 \(unchanged) 件。",
                "\(changed) case(s) changed (\(moved) deadlines), \(refused) refused, \(unchanged) stayed as they were."
            )
    }

    /// As documented in `docs/json.md#rule-change`.
    var json: JSONText {
        .members([
            "preview": .bool(isPreview), "changed": .integer(changed), "refused": .integer(refused),
            "unchanged": .integer(unchanged), "deadlines": .integer(moved), "cases": .array(cases),
        ])
    }
}

extension Happening {
    /// The deadlines that a change of rules moved; none of anything else.
    var deadlines: [DeadlineChange] {
        switch self {
        case .caseMigrated(let migration): migration.deadlines
        case .calendarChanged(let change): change.deadlines
        default: []
        }
    }
}
