import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Requests in a table, the most urgent first.
struct TodoText {
    let found: [(CaseSnapshot, WorkRequest)]
    /// What supervision waits for, listed after the work.
    var overseen: [(CaseSnapshot, OversightRequest)] = []
    let today: LocalDate
    let terminal: Terminal
    /// Whether each row names its case.
    var namesCases = true

    private var sorted: [(CaseSnapshot, WorkRequest)] {
        found.sorted { a, b in
            (a.0.rank, a.1.due ?? .latest, a.1.since, a.0.id.text, a.1.id) < (
                b.0.rank, b.1.due ?? .latest, b.1.since, b.0.id.text, b.1.id
            )
        }
    }

    var text: String {
        guard !found.isEmpty || !overseen.isEmpty else { return terminal.say("没有待办。", "Nothing to do.") }
        var columns: [TextTable.Column] = namesCases ? [.init(terminal.say("办件", "case"), limit: 64)] : []
        columns += [
            .init(terminal.say("事项", "item"), limit: 40), .init(terminal.say("谁", "who"), limit: 20),
            .init(terminal.say("自", "since")), .init(terminal.say("期限", "due")), .init("task"),
            // Last, because a list of materials may be long.
            .init(terminal.say("要做什么", "what"), limit: 400),
        ]
        var table = TextTable(columns)
        for (snapshot, request) in sorted {
            let due = request.due.map { $0 < today ? "\($0) !" : $0.description } ?? "—"
            table.add(
                (namesCases ? [snapshot.id.text] : []) + [
                    request.item + (request.participant.map { " · \($0)" } ?? ""), request.party.name,
                    request.since.description, due, request.ask.verb,
                    snapshot.greenMark(terminal) + AskWords.of(request.ask)[terminal.language],
                ])
        }
        for (snapshot, request) in overseen.sorted(by: { ($0.1.due ?? .latest) < ($1.1.due ?? .latest) }) {
            let due = request.due.map { $0 < today ? "\($0) !" : $0.description } ?? "—"
            table.add(
                (namesCases ? [snapshot.id.text] : []) + [
                    request.subject, request.party.name, request.since.description, due, request.ask.verb,
                    request.ask.words[terminal.language],
                ])
        }
        return table.text
    }

    /// As documented in `docs/json.md#todo`.
    var json: JSONText {
        .array(
            sorted.map { snapshot, request in request.json(of: snapshot) }
                + overseen.map { snapshot, request in request.json(of: snapshot.id) })
    }
}

extension WorkRequest {
    /// As documented in `docs/json.md#todo`.
    func json(of snapshot: CaseSnapshot) -> JSONText {
        .members([
            "case": .string(snapshot.id.text), "request": .string(id), "item": .string(item),
            "participant": .optional(participant), "attempt": .integer(attempt), "round": .integer(round),
            "party": .string(party.name), "task": .string(ask.verb), "ask": AskWords.of(ask).json,
            "since": .string(since.description), "due": .optional(due?.description),
            "greenChannel": .bool(snapshot.state.greenChannel != nil),
        ])
    }
}

extension CaseSnapshot {
    /// Cases in the green channel go first.
    fileprivate var rank: Int { state.greenChannel == nil ? 1 : 0 }

    fileprivate func greenMark(_ terminal: Terminal) -> String {
        state.greenChannel == nil ? "" : terminal.say("［绿色通道］", "[green channel] ")
    }
}

extension OversightRequest {
    /// As documented in `docs/json.md#todo`.
    func json(of caseID: CaseID) -> JSONText {
        .members([
            "case": .string(caseID.text), "request": .string(id), "item": .optional(item),
            "participant": .optional(participant), "attempt": .integer(0), "round": .integer(0),
            "party": .string(party.name), "task": .string(ask.verb), "ask": ask.words.json,
            "since": .string(since.description), "due": .optional(due?.description),
        ])
    }
}
