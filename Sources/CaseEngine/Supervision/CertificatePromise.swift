import WorkCalendar
import WorkflowModel

/// A date promised for a project as a whole (限期提交证书): a matter of supervision, for which the agent answers.
///
/// - Source: 乳山市“十四五”行政审批发展规划 四章二节四: 一个重点项目、一个最优流程、一人专业代办、限期提交证书.
public struct CertificatePromise: Hashable, Sendable {
    /// The matter under which it is followed.
    public let matter: String
    /// Who promised it.
    public let agent: String
    public let by: LocalDate
    /// The day on which it was made.
    public let on: LocalDate
    /// Whether it was moved, which may be done once.
    public let isMoved: Bool
    /// Whether the case is over, so that the promise is kept or broken for good.
    public let isClosed: Bool

    /// Working days left at which it is near 蓝, and at which it is nearly over 黄; assumed.
    public static let near = 10
    public static let nearlyOver = 5

    /// How near it is on a date: blue, yellow, red when it is over; `nil` while there is time, and once it is closed.
    public func level(on date: LocalDate, _ calendar: WorkCalendar) -> CardLevel? {
        guard !isClosed else { return nil }
        let left = workingDaysLeft(on: date, calendar)
        if left < 0 { return .red }
        return left <= Self.nearlyOver ? .yellow : left <= Self.near ? .blue : nil
    }

    /// Working days until the promised day, negative past it.
    public func workingDaysLeft(on date: LocalDate, _ calendar: WorkCalendar) -> Int {
        date <= by ? calendar.workingDays(after: date, through: by) : -calendar.workingDays(after: by, through: date)
    }

    /// What it says on a date, with the level when it is near or over.
    public func words(on date: LocalDate, _ calendar: WorkCalendar) -> LocalizedText {
        let left = workingDaysLeft(on: date, calendar)
        let level = level(on: date, calendar)
        let moved = isMoved ? ("，已改期一次", ", moved once") : ("", "")
        let rest: (String, String) =
            if isClosed {
                ("", "")
            } else if left < 0 {
                ("，已超 \(-left) 个工作日", ", \(-left) working days over")
            } else {
                ("，还有 \(left) 个工作日", ", \(left) working days left")
            }
        return LocalizedText(
            zh: "\(agent) 承诺 \(by) 前取得证书\(moved.0)\(rest.0)" + (level.map { "（\($0.colour.zh)）" } ?? ""),
            en: "\(agent) promised the certificate by \(by)\(moved.1)\(rest.1)"
                + (level.map { " (\($0.colour.en))" } ?? ""))
    }
}

extension CaseState {
    /// The date that is promised for the project as a whole; `nil` when none is.
    public var certificatePromise: CertificatePromise? {
        guard let matter = oversight?.matters.last(where: { $0.kind == .certificate }) else { return nil }
        return CertificatePromise(
            matter: matter.id, agent: matter.department, by: matter.due, on: matter.openedOn,
            isMoved: matter.isExtended, isClosed: matter.status == .closed)
    }
}

extension Deciding {
    /// The agent, or the window, promises a date; a second time it is moved, with a reason.
    mutating func promiseCertificate(by date: LocalDate, reason: String?) throws(CaseRejection) {
        switch state.status {
        case .open: break
        case .unopened: throw .caseNotOpen
        case .completed, .withdrawn, .cancelled: throw .caseClosed(state.status)
        }
        guard actor.role == .agent || actor.role == .window else { throw .promiseIsAgents }
        guard date >= today else { throw .dateNotAhead(date) }
        guard let earliestFinish, earliestFinish <= date else {
            throw .beforeEarliestFinish(date, earliest: earliestFinish)
        }
        guard let matter = state.oversight?.matters.last(where: { $0.kind == .certificate }) else {
            let id = "\(MatterKind.certificate.rawValue)-1"
            emit(
                .matterOpened(
                    matter: MatterOpening(
                        id: id, kind: .certificate, item: nil, department: actor.name, office: actor.name,
                        text: "按当日测算最早 \(earliestFinish) 办结 the forecast finishes on \(earliestFinish) at the earliest",
                        due: date)))
            return
        }
        guard !matter.isExtended, !matter.isOverdue, matter.status == .open else {
            throw .promiseNotMoved(by: matter.due)
        }
        guard date != matter.due else { return }
        try requireText(reason ?? "")
        emit(
            .matterExtended(
                matter: matter.id, due: date,
                reason: "\(reason ?? "")（\(earliestFinish)）", approver: actor.name))
    }

    /// With the case the promise is over: kept, or late by then.
    mutating func keepCertificatePromise() {
        guard let matter = state.oversight?.matters.last(where: { $0.kind == .certificate }), matter.status != .closed
        else { return }
        if matter.status == .open {
            emit(
                .matterAnswered(
                    matter: matter.id, answer: "\(today) 办结 completed on \(today)", outcome: nil, by: nil),
                by: .system)
        }
        emit(.matterClosed(matter: matter.id, note: ""), by: .system)
    }
}
