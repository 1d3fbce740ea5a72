import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

extension Invariant {
    static let clocks: [Invariant] = [
        Invariant(
            number: 3,
            statement: "Pauses never nest; each has one beginning and at most one end, and no day counts in it",
            source: "行政许可法 art. 45",
            event: { step in
                let item = step.item
                switch step.event.kind {
                case .supplementRequested, .procedureBegan, .suspended, .referred:
                    return step.demand(item.pause == nil, "a pause in a pause")
                case .supplementSupplied: return ends(.supplementRequested, step)
                case .procedureEnded, .procedureOverran: return ends(.procedureBegan, step)
                case .resumed: return ends(.suspended, step)
                case .referralAnswered, .referralOverran: return ends(.referred, step)
                case .granted, .grantedWithGaps, .deemedGranted:
                    return step.demand(item.pause == nil && !item.isRectifying, "decided during a pause")
                case .merged: return step.demand(!item.isRectifying, "a rectification in a rectification")
                case .rectified: return step.demand(item.isRectifying, "rectified what nobody asked for")
                default: return nil
                }
            }),
        Invariant(
            number: 4, statement: "Days counted one by one are what the engine's clock counts from the dates alone",
            source: "行政许可法 arts. 42, 45, 82",
            append: { step in
                guard let asOf = step.state.asOf, step.state.status == .open else { return nil }
                for (index, item) in step.state.items.enumerated() {
                    let rule = step.machine.rules.item(index)
                    guard let plain = step.reading.items[item.id], let clock = plain.clock, item.status.isClocked,
                        let limit = rule.limit, let start = step.machine.rules.clockStart(of: item, at: index)
                    else { continue }
                    let counted = ApprovalClock(
                        calendar: step.machine.calendar, admitted: start, limit: limit, stops: item.stops)
                    let used = counted.used(asOf: asOf).wholeDaysRoundedUp
                    if used != clock.used(limit.unit) {
                        return "\(item.id): \(clock.used(limit.unit)) days one by one, \(used) by dates on \(asOf)"
                    }
                }
                return nil
            }),
        Invariant(
            number: 5,
            statement: "A day counts once: dates never fall, and a new calendar changes no day that was counted",
            source: "放假安排 change days ahead only",
            event: { step in
                if let last = step.reading.date, step.event.on < last { return "dated before the last event" }
                guard case .calendarChanged(let change) = step.event.what else { return nil }
                if change.after != step.event.on { return "counts anew from another day than its own" }
                for back in 0..<60 {
                    let day = change.after.adding(days: -back)
                    if step.rules.calendar.isWorking(day) != step.next.calendar.isWorking(day) {
                        return "\(day) counted otherwise before"
                    }
                }
                return nil
            }),
        Invariant(
            number: 8,
            statement:
                "A card comes once, at its threshold in counted days, while the clock runs and before the answer",
            source: "监察 of the definition", event: card),
        Invariant(
            number: 9,
            statement: "Silence is taken as agreement where the version says so, past the limit, and by nobody's hand",
            source: "行政许可法 art. 32; silence of the definition", event: deemed),
        Invariant(
            number: 10,
            statement: "The store has exactly the timers of the case, each once, and none fires before its day",
            source: "timers of docs/states.md",
            event: { step in
                guard step.event.by.role == .system, step.event.on > step.record.event.at.officeDate.adding(days: 0)
                else { return nil }
                return "happened on \(step.event.on), recorded on \(step.record.event.at.officeDate)"
            },
            append: { step in
                let wanted = step.machine.timers(in: step.state).map { StoredTimer(name: $0.name, due: $0.due) }
                if Set(wanted.map(\.name)).count != wanted.count { return "two timers of one name" }
                let wakes = step.machine.nextDue(in: step.state)
                if wakes != wanted.map(\.due).min() {
                    return "the engine waits for \(wakes?.description ?? "nothing"), which no timer is due on"
                }
                let known = Set(step.timers)
                if let missing = wanted.first(where: { !known.contains($0) }) {
                    return "the store lacks timer \(missing.name) of \(missing.due)"
                }
                let needed = Set(wanted)
                return step.timers.first { !needed.contains($0) }.map { "the store has a dead timer \($0.name)" }
            }),
    ]

    private static func ends(_ kind: CaseEvent.Kind, _ step: EventStep) -> String? {
        step.demand(step.item.pause == kind, "a pause ends that is not there")
    }

    @Sendable private static func card(_ step: EventStep) -> String? {
        if case .cardLifted = step.event.what {
            return step.demand(step.event.by.role == .supervisor, "lifted by another hand")
        }
        guard case .cardRaised(let id, let level, let participant, let round, _, _, _) = step.event.what,
            let rule = step.rule
        else { return nil }
        let item = step.item
        if step.reading.cards[id] != nil { return "card \(id) twice" }
        if round != item.round { return "a card for round \(round) in round \(item.round)" }
        let clock: DayCount?
        let limit: DayAmount?
        let threshold = step.rules.policy.cards[level]
        if let participant {
            clock = item.asked[participant]
            let asked = rule.joint?.participants.first { $0.id == participant }
            limit = threshold.limit == .statutory ? asked?.statutory?.limit : asked?.limit
            if clock == nil { return "a card after the answer" }
        } else {
            clock = item.clock
            limit = threshold.limit == .statutory ? rule.statutoryLimit?.limit : rule.limit
            if rule.route == .work { return nil }
            if clock == nil { return "a card without a clock" }
        }
        guard let clock, let limit else { return "a card without a limit" }
        if !clock.runs { return "a card while the clock stands still" }
        let extended =
            participant == nil && item.extended?.unit == limit.unit ? item.extended?.wholeDaysRoundedUp ?? 0 : 0
        let used = clock.used(limit.unit)
        switch threshold {
        case .past:
            return step.demand(used > limit.wholeDaysRoundedUp + extended, "\(level) after \(used) days of \(limit)")
        case .share(let percent, _):
            return step.demand(
                used * DayAmount.minutesPerDay * 100 >= limit.minutes * percent, "\(level) after \(used) days")
        case .before(let amount, _):
            guard amount.unit == limit.unit, limit.unit == .working else { return nil }
            return step.demand(
                used >= limit.wholeDaysRoundedUp + extended - amount.wholeDaysRoundedUp, "\(level) after \(used) days")
        case .never: return "\(level) is never raised"
        }
    }

    @Sendable private static func deemed(_ step: EventStep) -> String? {
        let clock: DayCount?
        let limit: DayAmount?
        switch step.event.what {
        case .deemedGranted:
            if step.rule?.silence != .deemedAgree { return "silence means nothing here" }
            (clock, limit) = (step.item.clock, step.rule?.limit)
        case .opinionDeemed(let id, _):
            let participant = step.rule?.joint?.participants.first { $0.id == id }
            if participant?.silence != .deemedAgree { return "the silence of \(id) means nothing" }
            (clock, limit) = (step.item.asked[id], participant?.limit)
        case .deemedAdmitted(let since, _, _):
            guard let received = step.item.received else { return "admitted without receipt" }
            if since != received { return "admitted since \(since), received on \(received)" }
            var days = 0
            var day = received
            while day < step.event.on {
                day = day.adding(days: 1)
                if step.rules.calendar.isWorking(day) { days += 1 }
            }
            let admission = step.rules.policy.admissionLimit.wholeDaysRoundedUp
            return step.demand(days >= admission && step.event.by == .system, "deemed admitted after \(days) days")
        default: return nil
        }
        guard let clock, let limit else { return "deemed without a limit" }
        if step.event.by != .system { return "deemed by hand" }
        let extended = step.event.kind == .deemedGranted ? step.item.extended?.wholeDaysRoundedUp ?? 0 : 0
        return step.demand(
            clock.used(limit.unit) > limit.wholeDaysRoundedUp + extended, "deemed before the limit passed")
    }
}

extension Instant {
    /// The civil date in the office at that moment.
    var officeDate: LocalDate { date(secondsFromUTC: 8 * 3600) }
}
