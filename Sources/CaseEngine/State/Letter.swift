import WorkCalendar
import WorkflowModel

/// What a department wrote to the applicant, for the window to hand out (窗口转达).
///
/// - Source: 乳山规划 四章二节二: 统一受理窗口牵头，统一与企业互动.
public struct Letter: Hashable, Sendable {
    public let notice: CaseNotice.Kind
    public let department: String
    public let on: LocalDate
    public internal(set) var handedOutOn: LocalDate?
}

extension CaseNotice.Kind: CanonicallyWritten {}

extension ItemState {
    /// The letter that waits at the window's desk: not handed out, and not answered meanwhile.
    public var waitingLetter: Letter? {
        guard let letter = aftermath?.letter, letter.handedOutOn == nil else { return nil }
        let isAwaited =
            switch letter.notice {
            case .correction: status == .correcting
            case .supplement: pause?.kind == .supplement
            default:
                status == .rectifying
                    || aftermath?.breach.map { $0.rectifyBy != nil && $0.rectifiedOn == nil && !$0.isMissed } == true
            }
        return isAwaited ? letter : nil
    }
}

extension CaseRules {
    /// The id by which a workflow lists its comprehensive window 综合窗口 among the departments.
    static let window = "window"

    /// Lays what a department wrote on the window's desk. Online the case itself tells the applicant, for the window.
    func noteLetter(_ event: CaseEvent, to item: inout ItemState) {
        guard hasWindow, event.by.role == .department, let department = event.by.department, department != Self.window,
            item.aftermath?.arrival?.channel != .online
        else { return }
        let notice: CaseNotice.Kind
        switch event.what {
        case .correctionRequested: notice = .correction
        case .supplementRequested: notice = .supplement
        case .breachFound(_, rectifyBy: _?): notice = .rectification
        case .merged where item.status == .rectifying: notice = .rectification
        default: return
        }
        item.withAftermath { $0.letter = Letter(notice: notice, department: department, on: event.on) }
    }
}

extension Deciding {
    /// Where a workflow has a window, no department hands anything out to the applicant.
    func requireWindowSpeaks(_ index: Int) throws(CaseRejection) {
        guard rules.hasWindow, actor.role == .department, actor.department != CaseRules.window else { return }
        throw .windowHandsOut(item: definition(index).id)
    }

    mutating func handOut(_ notice: CaseNotice.Kind, to recipient: String, _ index: Int) throws(CaseRejection) {
        try requireWindowSpeaks(index)
        try require(.either(.window, department(of: index)))
        guard item(index).waitingLetter?.notice == notice else {
            throw .nothingToHandOut(item: definition(index).id, notice)
        }
        try requireText(recipient)
        emit(.noticeHandedOut(notice: notice, recipient: recipient), to: index)
    }
}
