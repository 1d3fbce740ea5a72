import CaseEngine
import WorkCalendar

extension CaseMachine {
    /// What a list shows of a case, kept beside its log so that lists need not load cases (办件摘要).
    ///
    /// The body is the names of the parties whose turn it is, sorted, one a line.
    func summary(of state: CaseState) -> CaseSummary {
        guard let opening = state.opening, let opened = state.openedOn else {
            preconditionFailure("a case that was never opened has no summary")
        }
        let parties = Set(requests(in: state).map(\.party.name)).sorted()
        return CaseSummary(
            workflow: opening.workflow, workflowVersion: opening.version, projectCode: opening.project,
            title: opening.title.zh.plain(limit: 4096), status: state.status.rawValue, openedOn: opened,
            updatedOn: state.asOf ?? opened,
            body: [UInt8](parties.joined(separator: "\n").utf8))
    }
}

extension Party {
    /// `applicant`, `window` or the department's id: the name used in to-do lists.
    public var name: String {
        switch self {
        case .applicant: "applicant"
        case .window: "window"
        case .department(let id): id
        }
    }
}
