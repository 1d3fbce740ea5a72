import WorkCalendar
import WorkflowModel

/// Every open deadline that differs between two states of the items (期限变动记录).
struct DeadlineLog {
    private(set) var changes: [DeadlineChange] = []
    private let calendar: WorkCalendar

    init(calendar: WorkCalendar) { self.calendar = calendar }

    /// - Complexity: O(p), p = participants of the item.
    mutating func compare(_ before: ItemState?, _ after: ItemState) {
        let id = after.id
        note(id, .ready, before?.lag, after.lag)
        note(id, .received, before?.ahead, after.ahead)
        note(id, .admission, before?.admitBy, after.admitBy)
        note(id, .gapReminder, before?.reminder, after.reminder)
        note(id, .promise, before?.promise, after.promise)
        note(id, .announced, before?.pause?.announced, after.pause?.announced)
        note(id, .resumption, before?.resumption, after.resumption)
        note(id, nil, before?.limits, after.limits)
        note(id, before?.aftermath, after.aftermath)
        guard let joint = after.joint, joint.participants.contains(where: { $0.standing == .asked }) else { return }
        for participant in joint.participants where participant.standing == .asked {
            let former = before?.joint?.participants.first { $0.id == participant.id }
            note(id, participant.id, former?.limits, participant.limits)
        }
    }

    private mutating func note(_ item: String, _ from: Aftermath?, _ to: Aftermath?) {
        guard from != nil || to != nil else { return }
        note(item, .delivery, from?.openDelivery, to?.openDelivery)
        note(item, .check, from?.check?.due, to?.check?.due)
        note(item, .rectification, from?.breach?.rectifyBy, to?.breach?.rectifyBy)
        note(item, .response, from?.response?.by, to?.response?.by)
        note(item, .lapse, from?.lapse?.voidAfter, to?.lapse?.voidAfter)
        note(item, .service, from?.openService, to?.openService)
        note(item, .lapseReminder, from?.lapse?.remindOn, to?.lapse?.remindOn)
    }

    private mutating func note(_ item: String, _ participant: String?, _ from: LimitDates?, _ to: LimitDates?) {
        guard from != to else { return }
        note(item, .blue, from?.blue, to?.blue, participant)
        note(item, .yellow, from?.yellow, to?.yellow, participant)
        note(item, .promised, from?.promised, to?.promised, participant)
        note(item, .red, from?.red, to?.red, participant)
        note(item, .statutory, from?.statutory, to?.statutory, participant)
        note(item, .statutoryRed, from?.statutoryRed, to?.statutoryRed, participant)
    }

    private mutating func note(
        _ item: String, _ deadline: Deadline, _ from: LocalDate?, _ to: LocalDate?, _ participant: String? = nil
    ) {
        guard from != to else { return }
        changes.append(
            DeadlineChange(
                item: item, participant: participant, deadline: deadline, from: from, to: to,
                provisional: to.map { calendar.isProvisional($0) } ?? false))
    }
}

extension ItemState {
    /// The date that a lag leads to, while the item waits for it.
    fileprivate var lag: LocalDate? { status == .planned ? readyFrom : nil }
    fileprivate var ahead: LocalDate? { status == .filed ? receivedOn : nil }
    fileprivate var reminder: LocalDate? { gaps.flatMap { $0.isReminded ? nil : $0.remindOn } }
    fileprivate var promise: LocalDate? { gaps.flatMap { $0.isBroken ? nil : $0.promise } }
    fileprivate var resumption: LocalDate? { status.isClocked ? stops.compactMap(\.resume).last : nil }
}

extension Aftermath {
    fileprivate var openService: LocalDate? { engagement.flatMap { $0.hasOverrun ? nil : $0.due } }
    fileprivate var openDelivery: LocalDate? { delivery.flatMap { $0.on == nil ? $0.due : nil } }
}
