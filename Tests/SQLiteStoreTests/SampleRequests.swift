import Orchestrator
import WorkCalendar

extension AppendRequest {
    /// A request with one event and a key of its own for each version.
    static func sample(_ name: String, at version: Int = 0, payload: Int = 20) -> AppendRequest {
        guard let caseID = CaseID(name), let key = CommandKey("k\(version)") else { preconditionFailure("bad sample") }
        let day = LocalDate(dayNumber: 20_000 + version)
        return AppendRequest(
            caseID: caseID, expectedVersion: version, key: key,
            events: [
                NewEvent(
                    kind: "noted", on: day, at: Instant(milliseconds: Int64(version)), actor: "officer",
                    payload: [UInt8](repeating: UInt8(truncatingIfNeeded: version), count: payload))
            ],
            summary: CaseSummary(
                workflow: "w", workflowVersion: "1", title: name, status: "open", openedOn: day, updatedOn: day))
    }
}
