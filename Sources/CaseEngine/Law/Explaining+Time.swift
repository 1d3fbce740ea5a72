import WorkCalendar
import WorkflowModel

extension Explaining {
    /// Why it is due when it is due, and what comes by time alone.
    var time: [Reason] {
        var reasons = item.stops.filter { $0.resume != nil }.map { stop in
            Reason(
                stop.reason.rule, on: stop.resume,
                zh: "\(stop.reason.title.zh)：\(stop.stop) 之后至 \(stop.resume ?? stop.stop) 不计",
                en:
                    "\(stop.reason.title.en): what is after \(stop.stop) up to \(stop.resume ?? stop.stop) does not count"
            )
        }
        if let extended = item.extended {
            reasons.append(
                Reason(
                    .extensionOnce, zh: "延长 \(extended.amount)，只能一次", en: "extended by \(extended.amount), only once"))
        }
        return reasons + promised + statutory + byTime + cards
    }

    private var start: LocalDate? { item.status == .underway ? item.startedOn : item.admittedOn }

    private var promised: [Reason] {
        guard let limit = rule.limit else { return [] }
        let added = item.extended.map { " + \($0.amount)" } ?? ""
        if let last = item.limits?.promised, let start {
            return [
                Reason(
                    .promisedLimit, on: last, basis: definition.source,
                    zh: "承诺 \(limit)\(added)，自 \(start) 起\(notCounted.zh)，最后一天 \(last)",
                    en: "\(limit)\(added) promised, from \(start)\(notCounted.en): the last day is \(last)")
            ]
        }
        return item.isStopped
            ? [
                Reason(
                    .promisedLimit, basis: definition.source, zh: "承诺 \(limit)\(added)，停止计时期间没有最后一天",
                    en: "\(limit)\(added) promised; while the clock stands still there is no last day")
            ] : []
    }

    private var statutory: [Reason] {
        guard let limit = rule.statutoryLimit else { return [] }
        guard let last = item.limits?.statutory, let start else { return [] }
        let added = item.extended.map { " + \($0.amount)" } ?? ""
        return [
            Reason(
                .statutoryLimit, on: last, basis: limit.basis ?? definition.basis,
                zh: "法定 \(limit.limit)\(added)，自 \(start) 起\(notCounted.zh)，最后一天 \(last)",
                en: "\(limit.limit)\(added) by law, from \(start)\(notCounted.en): the last day is \(last)")
        ]
    }

    private var notCounted: LocalizedText {
        item.stops.isEmpty
            ? LocalizedText(zh: "", en: "")
            : LocalizedText(zh: "扣除不计的日子", en: " without the days that do not count")
    }

    /// What happens if nobody does anything.
    private var byTime: [Reason] {
        machine.timers(in: state).filter { $0.item == item.id && $0.due >= date }.compactMap { timer in
            let part = timer.participant.map { "\($0)：" } ?? ""
            let partEn = timer.participant.map { "\($0): " } ?? ""
            switch timer.effect {
            case .raiseCard(let level):
                return Reason(
                    .supervisionCards, on: timer.due, zh: "\(part)\(timer.due) 终了仍未办结：\(level.title.zh)",
                    en: "\(partEn)\(level.title.en) unless it is done by the end of \(timer.due)")
            case .deemAgreement:
                return Reason(
                    .deemedConsent, on: timer.due, zh: "\(part)\(timer.due) 终了仍未答复：视为同意",
                    en: "\(partEn)taken to agree without an answer by the end of \(timer.due)")
            case .noteOverrun:
                return Reason(
                    .specialProcedure, on: timer.due, zh: "\(timer.due) 起超过告知的时间，另行记录",
                    en: "from \(timer.due) it is longer than was told, which is noted")
            default: return nil
            }
        } + silence
    }

    private var silence: [Reason] {
        guard rule.silence == .neverDeemed, item.status.isUnderReview else { return [] }
        return [
            Reason(
                .safetyNeverDeemed, basis: definition.basis, zh: "逾期不视为同意，只记牌",
                en: "silence is never agreement; cards are raised instead")
        ]
    }

    private var cards: [Reason] {
        state.cards.filter { $0.item == item.id && $0.standing == .open }.map { card in
            Reason(
                .supervisionCards, on: card.raisedOn, zh: "\(card.raisedOn) \(card.level.title.zh) \(card.id)，等说明和处理",
                en: "\(card.level.title.en) \(card.id) of \(card.raisedOn): to be explained and settled")
        }
    }
}

extension StopReason {
    /// The rule by which a clock stands still.
    var rule: LawRule {
        switch self {
        case .supplement: .oneSupplement
        case .rectification: .oneConsolidatedNotice
        case .suspension: .suspension
        case .referral: .upperLevel
        case .siteVisit, .collectiveDiscussion: .proceduresThatCount
        default: .specialProcedure
        }
    }
}
