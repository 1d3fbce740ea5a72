import Orchestrator
import WorkCalendar

extension AppendRequest {
    /// A request with one event and a key of its own for each version; it names the event it is decided on if that is
    /// given.
    static func sample(_ name: String, at version: Int = 0, on hash: ChainHash? = nil, key: String? = nil) -> Self {
        guard let caseID = CaseID(name), let key = CommandKey(key ?? "k\(version)") else {
            preconditionFailure("bad sample")
        }
        let day = LocalDate(dayNumber: 20_000 + version)
        return AppendRequest(
            caseID: caseID, expectedVersion: version, expectedHash: hash, key: key,
            events: [
                NewEvent(
                    kind: "noted", on: day, at: Instant(milliseconds: Int64(version)), actor: "officer",
                    payload: [UInt8](repeating: UInt8(truncatingIfNeeded: version), count: 20))
            ],
            summary: CaseSummary(
                workflow: "w", workflowVersion: "1", title: name, status: "open", openedOn: day, updatedOn: day))
    }
}

extension CaseID {
    init(sample text: String) {
        guard let id = CaseID(text) else { preconditionFailure("'\(text)' is no case id") }
        self = id
    }
}
