import WorkCalendar
import WorkflowModel

/// Goes through a log once, with the state as it was before each event.
struct FindingSearch {
    let rules: CaseRules
    private(set) var found: [Finding] = []
    private var state = CaseState()
    private var number = 0
    /// What has been seen of each item's applications.
    private var traces: [Int: Trace] = [:]

    /// What is remembered of an item, application by application.
    private struct Trace {
        var pauses: [Int] = []
        /// Requests for corrections and supplements in all applications so far.
        var requests: [Int] = []
        /// The refusal to admit the application before this one.
        var refusal: (number: Int, event: CaseEvent)?
        var suppliedSinceRefusal = false
        var mergingSince: LocalDate?
    }

    init(rules: CaseRules) { self.rules = rules }

    mutating func take(_ entered: EnteredEvent) {
        let event = entered.event
        number += 1
        let index = event.item.flatMap(rules.index(of:))
        if let index, state.items.indices.contains(index) {
            look(at: event, of: index)
            if let date = entered.enteredOn { lookAtDate(of: event, enteredOn: date, index) }
        }
        rules.evolve(&state, by: event, at: event.item.map { rules.index(of: $0) ?? -1 })
    }

    // MARK: Rules

    private mutating func look(at event: CaseEvent, of index: Int) {
        switch event.what {
        case .filed(_, _, let supplied, _, _, _):
            traces[index, default: Trace()].pauses = []
            traces[index, default: Trace()].mergingSince = nil
            if !supplied.isEmpty { traces[index]?.suppliedSinceRefusal = true }
        case .correctionRequested(let points): request(points, event, index, stops: false)
        case .supplementRequested(let points): request(points, event, index, stops: true)
        case .admitted, .deemedAdmitted: admission(event, index)
        case .admissionRefused(let reason, _):
            traces[index, default: Trace()].refusal = (number, event)
            traces[index]?.suppliedSinceRefusal = false
            if !reason.contains(where: { !$0.isWhitespace }) {
                report(.noReasons, event, index, "不予受理没有写理由", "no reason was given for not admitting it")
            }
        case .procedureBegan(let kind, _, _): procedure(kind, event, index)
        case .suspended: paused(event, index)
        case .procedureOverran:
            report(
                .hiddenExtension, event, index, "特别程序超过告知的时限仍未结束",
                "the special procedure went on beyond the length told to the applicant")
        case .returned where state.items[index].admittedOn != nil:
            report(.sentBackAfterAdmission, event, index, "受理之后退件", "sent back after it had been admitted")
        case .granted, .grantedWithGaps, .refused: decision(event, index)
        case .opinionGiven(let participant, _, let verdict, _): opinion(participant, verdict, event, index)
        case .opinionDeemed(let participant, _):
            report(
                .jointNoPosition, event, index, participant: participant, "\(participant) 到期未表态，视为同意",
                "\(participant) said nothing in time and is taken to agree")
        case .visitFixed(let date, let silent):
            for participant in silent {
                report(
                    .jointNoPosition, event, index, participant: participant,
                    "\(participant) 没有答复到场日期，视为接受 \(date)",
                    "\(participant) did not answer the date proposed and is taken to accept \(date)")
            }
        case .visitLapsed(let date, fixed: true):
            report(
                .stepLate, event, index, "约定 \(date) 到场，当日没有记录",
                "a visit was agreed for \(date), and nobody recorded anything")
        case .visitHeld(_, let absent, let unsigned, _, _, _, _): visit(absent, unsigned, event, index)
        case .sessionHeld, .opinionsClosed: traces[index, default: Trace()].mergingSince = event.on
        case .merged: merged(event, index)
        default: break
        }
    }

    /// Corrections and supplements: once, and only for what is on the item's list.
    private mutating func request(_ points: [Point], _ event: CaseEvent, _ index: Int, stops: Bool) {
        let earlier = traces[index]?.requests ?? []
        let listed = Set(rules.item(index).materials.map(\.material))
        let outside = points.compactMap(\.material).filter { !listed.contains($0) }
        if !outside.isEmpty {
            let ids = outside.joined(separator: ", ")
            report(.extraMaterial, event, index, "清单外索要材料 \(ids)", "asked for \(ids), which is not on the list")
        }
        if !earlier.isEmpty {
            report(
                .correctionRepeated, event, index, after: earlier, "第 \(earlier.count + 1) 次要求补正或补件",
                "asked for corrections or supplements \(earlier.count + 1) times")
        }
        traces[index, default: Trace()].requests.append(number)
        if stops { paused(event, index) }
    }

    /// Refused first, then admitted with nothing added.
    private mutating func admission(_ event: CaseEvent, _ index: Int) {
        defer { traces[index]?.refusal = nil }
        guard let trace = traces[index], let refusal = trace.refusal, !trace.suppliedSinceRefusal else { return }
        report(
            .refusedLawfulApplication, refusal.event, index, after: [refusal.number],
            "先不予受理，后以同样材料受理", "first not admitted, then admitted on the same materials")
    }

    /// A stop that begins when nearly the whole limit is used.
    private mutating func procedure(_ kind: SpecialProcedure, _ event: CaseEvent, _ index: Int) {
        let item = state.items[index]
        let rule = rules.item(index)
        if kind.stopsClock, let start = item.admittedOn, let limit = rule.limit ?? rule.statutoryLimit?.limit {
            let extensions = item.extended.map { $0.amount.unit == limit.unit ? [$0] : [] } ?? []
            let clock = ApprovalClock(
                calendar: rules.calendar, admitted: start, limit: limit, stops: item.stops, extensions: extensions)
            let used = clock.used(asOf: event.on).minutes
            let whole = clock.limit(asOf: event.on).minutes
            if used * 100 >= whole * (100 - rules.policy.lateProcedurePercent) {
                let days = DayAmount(minutes: used, unit: limit.unit)
                report(
                    .lateProcedure, event, index, "已用 \(days)（时限 \(limit)）才启动\(kind.title.zh)",
                    "\(kind.title.en) began when \(days) of \(limit) were used")
            }
        }
        if kind.stopsClock { paused(event, index) }
    }

    private mutating func paused(_ event: CaseEvent, _ index: Int) {
        traces[index, default: Trace()].pauses.append(number)
        let pauses = traces[index]?.pauses ?? []
        guard pauses.count >= rules.policy.manyPauses else { return }
        report(
            .manyPauses, event, index, after: Array(pauses.dropLast()), "一次办理中停止计时 \(pauses.count) 次",
            "the clock was stopped \(pauses.count) times in one application")
    }

    /// A decision of an item that takes days, on the very day on which it was filed.
    private mutating func decision(_ event: CaseEvent, _ index: Int) {
        let item = state.items[index]
        let rule = rules.item(index)
        let takes = rule.takes?.min.minutes ?? rule.joint.map { _ in DayAmount.minutesPerDay } ?? 0
        guard rule.handling == .ordinary, takes >= DayAmount.minutesPerDay, item.filedOn == event.on else { return }
        report(
            .resultWithoutSteps, event, index, "收件、受理、决定在同一天录入，而该事项至少需要 \(rule.takes?.min ?? .working(1))",
            "filed, admitted and decided on one day, though it takes \(rule.takes?.min ?? .working(1)) at least")
    }

    /// Who was to be there and was not, or was and did not sign.
    private mutating func visit(_ absent: [String], _ unsigned: [String], _ event: CaseEvent, _ index: Int) {
        traces[index, default: Trace()].mergingSince = event.on
        for participant in absent {
            report(
                .jointNoPosition, event, index, participant: participant, "\(participant) 约定到场而缺席",
                "\(participant) was expected on the spot and absent")
        }
        for participant in unsigned {
            report(
                .jointNoPosition, event, index, participant: participant, "\(participant) 到场而不当场签署",
                "\(participant) was there and did not sign")
        }
    }

    /// Late answers, and points that come up only in a recheck.
    private mutating func opinion(_ participant: String, _ verdict: Verdict, _ event: CaseEvent, _ index: Int) {
        guard let joint = state.items[index].joint,
            let before = joint.participants.first(where: { $0.id == participant })
        else { return }
        if let due = before.limits?.promised, due < event.on {
            report(
                .jointAnswerLate, event, index, participant: participant,
                "\(participant) 应于 \(due) 前反馈，\(event.on) 才反馈",
                "\(participant) was to answer by \(due) and did on \(event.on)")
        }
        let new = verdict.points.filter { !before.points.contains($0) }
        if joint.round > 0, !new.isEmpty {
            report(
                .jointPointsLate, event, index, participant: participant, "\(participant) 复核时新提 \(new.count) 条",
                "\(participant) raised \(new.count) new point(s) in the recheck")
        }
    }

    /// The lead merges within the time that the plan has for it, at the most.
    private mutating func merged(_ event: CaseEvent, _ index: Int) {
        guard let since = traces[index]?.mergingSince, let longest = rules.item(index).joint?.merge?.max else { return }
        let due = rules.calendar.adding(longest, to: since)
        guard due < event.on else { return }
        report(
            .jointMergeLate, event, index, "意见 \(since) 收齐，\(event.on) 才合并告知",
            "opinions were in on \(since), merged on \(event.on)")
    }

    /// A result that was entered days after the date it bears.
    private mutating func lookAtDate(of event: CaseEvent, enteredOn: LocalDate, _ index: Int) {
        switch event.kind {
        case .granted, .grantedWithGaps, .refused, .issued, .admitted: break
        default: return
        }
        let days = rules.calendar.workingDays(after: event.on, through: enteredOn)
        // What is entered the next morning is no circumvention.
        guard event.by.role != .system, days > 1 else { return }
        report(
            .backdated, event, index, "日期为 \(event.on)，\(enteredOn) 才录入（晚 \(days) 个工作日）",
            "dated \(event.on) and entered on \(enteredOn), \(days) working days later")
    }

    // MARK: Reporting

    private mutating func report(
        _ rule: SupervisionRule, _ event: CaseEvent, _ index: Int, after earlier: [Int] = [],
        participant: String? = nil, _ zh: String, _ en: String
    ) {
        let item = state.items[index]
        let asked = participant.flatMap { id in rules.item(index).joint?.participants.first { $0.id == id } }
        let name = StepName(
            item: item.id, participant: participant, attempt: item.attempt, round: item.round,
            step: "\(rule.rawValue)-\(number)")
        found.append(
            Finding(
                id: name.text, rule: rule, item: item.id, participant: participant,
                department: asked?.department ?? rules.item(index).department,
                person: event.by.role == .system ? nil : event.by.name, on: event.on,
                events: earlier.contains(number) ? earlier : earlier + [number],
                words: LocalizedText(zh: zh, en: en)))
    }
}
