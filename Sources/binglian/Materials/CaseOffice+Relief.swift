import CaseEngine
import Orchestrator
import WorkCalendar

extension CaseOffice {
    /// A request without what the office takes over by itself when it is answered: nobody is asked for that.
    func relieved(_ request: WorkRequest, of snapshot: CaseSnapshot, on date: LocalDate) async throws -> WorkRequest {
        guard case .file(let needed) = request.ask, !needed.isEmpty else { return request }
        let found = try await orchestrator.servable(needed, in: snapshot.id, on: date, at: OfficeDate.now)
        let served = Set(found.served.map(\.document.material))
        return served.isEmpty ? request : request.asking(.file(needed: needed.filter { !served.contains($0) }))
    }
}
