import WorkCalendar
import WorkflowModel

extension CaseRules {
    /// The dates of a clock that runs now: limits, warnings and the days past them.
    ///
    /// - Parameters:
    ///   - start: day 0.
    ///   - stops: all of them resumed.
    ///   - warns: whether cards are raised; the applicant's own time has a last day but no cards.
    func limitDates(
        from start: LocalDate, promised: DayAmount?, statutory: DayAmount?, stops: [ClockStop],
        extended: ClockExtension?, warns: Bool
    ) -> LimitDates? {
        guard promised != nil || statutory != nil else { return nil }
        // Most clocks never stop: their days are counted without one.
        let isPlain = stops.isEmpty && extended == nil
        let dayZero = calendar.workingDay(onOrAfter: start)
        func clock(_ limit: DayAmount) -> ApprovalClock {
            let extensions = extended.map { $0.amount.unit == limit.unit ? [$0] : [] } ?? []
            return ApprovalClock(
                calendar: calendar, admitted: start, limit: limit, stops: stops, extensions: extensions)
        }
        func lastDay(of limit: DayAmount) -> LocalDate {
            guard isPlain, limit.unit == .working else { return clock(limit).deadline(asOf: .latest) }
            return calendar.date(max(0, limit.wholeDaysRoundedUp), workingDaysAfter: dayZero)
        }
        func firstDay(past last: LocalDate, of limit: DayAmount) -> LocalDate {
            let next = calendar.workingDay(onOrAfter: last.adding(days: 1))
            return isPlain ? next : firstRunningDay(onOrAfter: next, of: clock(limit))
        }
        var dates = LimitDates()
        dates.promised = promised.map(lastDay)
        dates.statutory = statutory.map(lastDay)
        guard warns else { return dates }
        if let promised, let last = dates.promised { dates.pastPromised = firstDay(past: last, of: promised) }
        for level in CardLevel.allCases {
            let threshold = policy.cards[level]
            guard let kind = threshold.limit, let limit = kind == .promised ? promised : statutory,
                let last = kind == .promised ? dates.promised : dates.statutory
            else { continue }
            let due =
                switch threshold {
                case .past: kind == .promised ? dates.pastPromised : firstDay(past: last, of: limit)
                case .before(let amount, _):
                    calendar.adding(DayAmount(minutes: -amount.minutes, unit: amount.unit), to: last)
                case .share(let percent, _):
                    // An extension is not part of the limit, so the share is used later by all of it.
                    lastDay(of: DayAmount(minutes: (limit.minutes * percent + 99) / 100, unit: limit.unit))
                case .never: nil as LocalDate?
                }
            if let due, threshold.isPast || due > start { dates[level] = due }
        }
        return dates
    }

    /// What a card of that level says in this case, when it is not the usual.
    func unusualThreshold(of level: CardLevel) -> String? {
        let threshold = policy.cards[level]
        return threshold == CardThresholds()[level] ? nil : threshold.description
    }

    /// The first working day on which the clock runs: a stop on the very last day keeps it away.
    private func firstRunningDay(onOrAfter first: LocalDate, of clock: ApprovalClock) -> LocalDate {
        var day = first
        while let resume = clock.stop(on: day)?.resume {
            day = calendar.workingDay(onOrAfter: resume.adding(days: 1))
        }
        return day
    }

    /// Sets the dates of the item's clocks anew after one of them started, stopped, resumed or was extended.
    func refreshLimits(of item: inout ItemState, at index: Int) {
        let definition = self.item(index)
        let runs = item.status.isClocked && !item.isStopped
        let start = item.status == .underway ? item.startedOn : clockStart(of: item, at: index)
        if runs, let start {
            item.limits = limitDates(
                from: start, promised: definition.limit, statutory: definition.statutoryLimit?.limit,
                stops: item.stops, extended: item.extended, warns: definition.clock.isWarned)
        } else {
            item.limits = nil
        }
        guard let joint = definition.joint, let count = item.joint?.participants.count else { return }
        for position in 0..<count {
            guard runs, item.joint!.participants[position].standing == .asked,  // counted just above
                let asked = item.joint!.participants[position].askedOn, position < joint.participants.count
            else {
                item.joint!.participants[position].limits = nil
                continue
            }
            let participant = joint.participants[position]
            item.joint!.participants[position].limits = limitDates(
                from: asked, promised: participant.limit, statutory: participant.statutory?.limit,
                stops: item.stops, extended: nil, warns: definition.clock.isWarned)
        }
    }
}

extension CaseRules {
    /// Day 0 of an application: its admission, or the day on which the department began, where the item says so.
    func clockStart(of item: ItemState, at index: Int) -> LocalDate? {
        guard self.item(index).startsWithDepartment else { return item.admittedOn }
        return item.rare.first?.reviewBeganOn
    }
}

extension ClockHolder {
    /// Whether supervision warns those who hold the time: neither the applicant nor nobody.
    var isWarned: Bool { self != .applicant && self != .none }
}
