import WorkCalendar
import WorkflowModel

extension Explaining {
    /// Promises, later checks, breaches, appeals and the lapse of a permit.
    var aftermath: [Reason] {
        guard let after = item.aftermath else { return [] }
        var reasons: [Reason] = []
        if let promise = after.promise {
            reasons.append(
                Reason(
                    .commitmentChoice, on: promise.on, basis: definition.basis,
                    zh: "\(promise.on) 申请人选择告知承诺，\(promise.signer) 签署",
                    en: "the applicant chose to promise on \(promise.on), signed by \(promise.signer)"))
        }
        if let engagement = after.engagement { reasons.append(reason(of: engagement)) }
        if let check = after.check, check.isAsked, item.status != .checked {
            let due = check.due.map { ("，\($0) 前核查", ", to be checked by \($0)") } ?? ("", "")
            let drawn = !check.inspectors.isEmpty
            reasons.append(
                Reason(
                    drawn ? .spotCheck : .laterCheck, on: check.due,
                    zh: (drawn ? "随机抽中" : "事后核查") + due.0,
                    en: (drawn ? "drawn for a check" : "checked afterwards") + due.1))
        }
        if let breach = after.breach { reasons.append(reason(of: breach)) }
        if let suspended = after.suspended {
            reasons.append(
                Reason(
                    .commitmentBreach, on: suspended.on, zh: "自 \(suspended.on) 起没有效力，直到撤销或者承诺履行",
                    en: "without effect since \(suspended.on), until it is revoked or the promise is kept"))
        }
        reasons += following(after)
        for appeal in after.appeals where appeal.outcome == nil {
            reasons.append(
                Reason(
                    .appeals, on: appeal.filedOn, zh: "\(appeal.filedOn) 提出救济，尚无结果",
                    en: "appealed on \(appeal.filedOn), undecided"))
        }
        return reasons
    }

    /// The firm that does the work, and its promised time.
    private func reason(of engagement: FirmEngagement) -> Reason {
        let words: (zh: String, en: String) =
            if engagement.hasOverrun {
                ("，已逾期，记入其信用", ", and is late: that goes into its credit record")
            } else if item.status == .underway, let reminder = engagement.remindOn, !engagement.isReminded {
                ("，\(reminder) 提醒", ", reminded on \(reminder)")
            } else {
                ("", "")
            }
        return Reason(
            .firmTime, on: engagement.due,
            zh: "中介机构 \(engagement.firm) 承诺 \(engagement.time)，自 \(engagement.since) 起至 \(engagement.due)\(words.zh)",
            en:
                "firm \(engagement.firm) promised \(engagement.time), from \(engagement.since) to \(engagement.due)\(words.en)"
        )
    }

    /// Visits, legal review, appeals decided, delivery, the supervising department and the lapse of a permit.
    private func following(_ after: Aftermath) -> [Reason] {
        var reasons: [Reason] = []
        if definition.provisions.visit, let on = after.visitedOn {
            reasons.append(
                Reason(.visitDemanded, on: on, zh: "\(on) 已到现场核实", en: "somebody was there on \(on)"))
        }
        if let legality = after.legality {
            let (zh, en) = legality.agrees ? ("同意", "agrees") : ("不同意", "does not agree")
            reasons.append(
                Reason(
                    .legalReview, on: legality.on, zh: "\(legality.on) \(legality.name) 法制审核\(zh)",
                    en: "the legal review by \(legality.name) on \(legality.on) \(en)"))
        }
        if let response = after.response, response.date == nil {
            reasons.append(
                Reason(
                    .procedureOfItem, on: response.by, zh: "\(response.by) 前确定特别程序的日期",
                    en: "a date for the special procedure is named by \(response.by)"))
        }
        for appeal in after.appeals {
            guard let outcome = appeal.outcome, let on = appeal.decidedOn else { continue }
            reasons.append(
                Reason(
                    outcome == .annulled ? .decidedAnew : .appeals, on: on,
                    zh: "\(appeal.route.title.zh) \(on) \(outcome.title.zh)",
                    en: "\(appeal.route.title.en): \(outcome.title.en) on \(on)"))
        }
        if let delivery = after.delivery, item.issuedOn != nil {
            reasons.append(
                delivery.on.map { on in
                    Reason(
                        .delivery, on: on, zh: "\(on) 送达（\(delivery.method?.title.zh ?? "")）",
                        en: "delivered on \(on) \(delivery.method?.title.en ?? "")")
                }
                    ?? Reason(
                        .delivery, on: delivery.due,
                        zh: "已发证，\(delivery.due) 前送达" + (delivery.hasOverrun ? "，已逾期" : ""),
                        en: "issued, to be delivered by \(delivery.due)" + (delivery.hasOverrun ? ", overdue" : "")))
        }
        if let push = after.push {
            let (zh, en) =
                push.acknowledgedOn.map { ("，\($0) 确认接收", ", acknowledged on \($0)") } ?? (
                    "，等确认接收", ", to be acknowledged"
                )
            reasons.append(
                Reason(
                    .resultPushed, on: push.on, zh: "\(push.on) 推送 \(push.department)\(zh)",
                    en: "pushed to \(push.department) on \(push.on)\(en)"))
        }
        if let lapse = after.lapse {
            reasons.append(
                Reason(
                    .permitLapse, on: lapse.voidAfter, basis: definition.provisions.lapses?.basis,
                    zh: "\(lapse.voidAfter) 前不开工又不延期的失效，已延期 \(lapse.extensions) 次",
                    en: "void unless it is made use of by \(lapse.voidAfter), extended \(lapse.extensions) times"))
        }
        return reasons
    }

    private func reason(of breach: FoundBreach) -> Reason {
        let next: (String, String) =
            switch (breach.rectifyBy, breach.rectifiedOn) {
            case (_, let done?): ("，\(done) 报告整改，等复查", ", reported put right on \(done), to be looked at again")
            case (let by?, nil): ("，\(by) 前整改", ", to be put right by \(by)")
            case (nil, nil): ("，不再给整改期，可以撤销", ", no more time is given and it may be revoked")
            }
        return Reason(
            .commitmentBreach, on: breach.on, basis: definition.basis,
            zh: "\(breach.on) 核查不符承诺：\(breach.finding)\(next.0)",
            en: "found not as promised on \(breach.on): \(breach.finding)\(next.1)")
    }
}
