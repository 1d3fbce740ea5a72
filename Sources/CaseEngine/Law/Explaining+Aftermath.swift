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
        for appeal in after.appeals where appeal.outcome == nil {
            reasons.append(
                Reason(
                    .appeals, on: appeal.filedOn, zh: "\(appeal.filedOn) 提出救济，尚无结果",
                    en: "appealed on \(appeal.filedOn), undecided"))
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
