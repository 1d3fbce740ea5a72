import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// The dates of what follows a decision that a new version of the calendar moves: as many working days ahead as before;
    /// a permit lapses on a working day.
    func followUps(
        of item: ItemState, at index: Int, on next: WorkCalendar, after today: LocalDate
    ) -> [DeadlineChange] {
        guard let aftermath = item.aftermath else { return [] }
        let provisions = rules.item(index).provisions
        var moved: [DeadlineChange] = []
        func note(_ deadline: Deadline, _ from: LocalDate?, _ to: (LocalDate) -> LocalDate) {
            guard let from, from > today else { return }
            let date = to(from)
            guard date != from else { return }
            moved.append(
                DeadlineChange(
                    item: item.id, participant: nil, deadline: deadline, from: from, to: date,
                    provisional: next.isProvisional(date)))
        }
        func ahead(_ date: LocalDate) -> LocalDate {
            next.date(calendar.workingDays(after: today, through: date), workingDaysAfter: today)
        }
        if let delivery = aftermath.delivery, delivery.on == nil, provisions.delivery?.unit != .calendar {
            note(.delivery, delivery.due, ahead)
        }
        if let check = aftermath.check, !check.hasOverrun, provisions.commitment?.checkWithin?.unit != .calendar {
            note(.check, check.due, ahead)
        }
        if let breach = aftermath.breach, breach.rectifiedOn == nil, !breach.isMissed,
            provisions.commitment?.rectifyWithin?.unit != .calendar
        {
            note(.rectification, breach.rectifyBy, ahead)
        }
        if item.status == .underway, let engagement = aftermath.engagement, !engagement.hasOverrun,
            engagement.time.unit != .calendar
        {
            note(.service, engagement.due, ahead)
        }
        if let response = aftermath.response, response.date == nil { note(.response, response.by, ahead) }
        if let lapse = aftermath.lapse {
            // Months from the issue end on a calendar day; an extension counts from where the last one ended.
            let plain = item.issuedOn.flatMap { issued in
                lapse.extensions == 0 ? rules.item(index).lapse.map { issued.adding(months: $0.months) } : nil
            }
            var end = lapse.voidAfter
            note(.lapse, lapse.voidAfter) { date in
                end = next.workingDay(onOrAfter: plain ?? date)
                return end
            }
            if !lapse.isReminded {
                note(.lapseReminder, lapse.remindOn) { _ in next.adding(LegalPeriod.lapseReminder, to: end) }
            }
        }
        return moved
    }
}

extension CaseRules {
    /// Moves what follows a decision as a change of the calendar says.
    func move(_ change: DeadlineChange, of item: inout ItemState) {
        guard let to = change.to, item.aftermath != nil else { return }
        let overrun = firstWorkingDay(after: to)
        item.withAftermath { aftermath in
            switch change.deadline {
            case .delivery:
                aftermath.delivery = aftermath.delivery.map {
                    HandingOver(due: to, overrunOn: overrun, hasOverrun: $0.hasOverrun)
                }
            case .check: aftermath.check?.due = to
            case .rectification:
                aftermath.breach = aftermath.breach.map {
                    FoundBreach(
                        finding: $0.finding, on: $0.on, rectifyBy: to, rectifiedOn: $0.rectifiedOn,
                        isMissed: $0.isMissed)
                }
            case .response:
                aftermath.response = aftermath.response.map {
                    ProcedureResponse(by: to, overrunOn: overrun, date: $0.date, hasOverrun: $0.hasOverrun)
                }
            case .service: aftermath.engagement = aftermath.engagement.map { move($0, to: to) }
            case .lapse: aftermath.lapse?.voidAfter = to
            case .lapseReminder: aftermath.lapse?.remindOn = to
            default: break
            }
        }
    }
}
