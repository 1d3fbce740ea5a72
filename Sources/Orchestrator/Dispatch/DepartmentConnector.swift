import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// The way to somebody who has to do something: a department, the window, the applicant (部门对接).
///
/// A connector may be asked the same thing again after a crash: the dispatch carries a stable key, and asking twice must
/// have one effect.
public protocol DepartmentConnector: Sendable {
    /// Tells the party what is asked.
    ///
    /// Must return when the task is cancelled; the dispatcher cancels it at its deadline.
    func deliver(_ dispatch: Dispatch) async throws -> Delivery
}

/// One request on its way to the party that has to do it (派件).
public struct Dispatch: Sendable {
    public let caseID: CaseID
    /// What the case opened with: project code, title, owner.
    public let opening: CaseOpening
    public let request: WorkRequest
    /// The office's date.
    public let today: LocalDate

    public init(caseID: CaseID, opening: CaseOpening, request: WorkRequest, today: LocalDate) {
        self.caseID = caseID
        self.opening = opening
        self.request = request
        self.today = today
    }

    /// The same for the same request of the same case, today and after a crash.
    public var key: String { "\(caseID)/\(request.id)" }
}

/// What became of a dispatch.
public enum Delivery: Sendable {
    /// The party knows; its answer comes through its own door, as a command.
    case posted
    /// The party's answer is known already, together with the day on which it counts: a simulated party.
    case answer(Answer)
}
