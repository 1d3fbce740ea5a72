import Orchestrator
import WorkCalendar

// Small requests whose every part can be told from every other's.

func caseID(_ text: String) -> CaseID {
    guard let id = CaseID(text) else { preconditionFailure("'\(text)' is no case id") }
    return id
}

func key(_ text: String) -> CommandKey {
    guard let key = CommandKey(text) else { preconditionFailure("'\(text)' is no command key") }
    return key
}

let firstDay = LocalDate(dayNumber: 20_000)

func event(_ text: String, day: Int = 0) -> NewEvent {
    NewEvent(
        kind: "noted", schema: 1, on: firstDay.adding(days: day),
        at: Instant(milliseconds: 1_728_000_000_123 + Int64(day) * 86_400_000), actor: "officer-17 王",
        payload: Array(text.utf8))
}

func summary(
    _ title: String = "a case", status: String = "open", project: String? = "2401-500000-04-01-000001",
    workflow: String = "housing"
) -> CaseSummary {
    CaseSummary(
        workflow: workflow, workflowVersion: "2026.1", projectCode: project, title: title, status: status,
        openedOn: firstDay, updatedOn: firstDay, body: Array("{\"title\":\"\(title)\"}".utf8))
}

/// A request with as many events as texts.
func request(
    _ id: String, at version: Int, key keyText: String, events texts: [String] = ["something happened"],
    summary row: CaseSummary = summary(), timers: [StoredTimer] = [], messages: [OutgoingMessage] = [],
    answer: String = "done"
) -> AppendRequest {
    AppendRequest(
        caseID: caseID(id), expectedVersion: version, key: key(keyText), events: texts.map { event($0) }, summary: row,
        timers: .all(timers), messages: messages, answer: Array(answer.utf8))
}

func message(_ name: String, to receiver: String = "fire") -> OutgoingMessage {
    OutgoingMessage(receiver: receiver, kind: "review", dedupKey: name, payload: Array("about \(name)".utf8))
}

extension EventStore {
    func append(_ request: AppendRequest) async throws(StoreError) -> AppendOutcome? {
        try await append([request]).first
    }

    /// The whole log of a case.
    func log(of id: String) async throws(StoreError) -> [EventRecord] {
        try await events(of: caseID(id), after: 0, limit: .max)
    }
}

extension AppendOutcome {
    /// The version of the case if the request was stored.
    var version: Int? {
        if case .appended(let head) = self { head.version } else { nil }
    }
}
