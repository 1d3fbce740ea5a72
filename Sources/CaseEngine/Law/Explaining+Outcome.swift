import WorkCalendar
import WorkflowModel

extension Explaining {
    // MARK: Joint items

    var joint: [Reason] {
        guard let joint = item.joint, let procedure = rule.joint, item.admittedOn != nil else { return [] }
        var reasons: [Reason] = []
        for (participant, asked) in zip(joint.participants, procedure.participants) {
            if let reason = reason(of: participant, asked, round: joint.round) { reasons.append(reason) }
        }
        if let last = joint.phases.last, item.status == .rectifying {
            reasons.append(
                Reason(
                    .oneConsolidatedNotice, on: last.start,
                    zh: "\(last.start) 一次告知整改 \(joint.notice.count) 条，整改期间停止计时",
                    en:
                        "one notice of \(joint.notice.count) point(s) on \(last.start); the clock stands still until it is rectified"
                ))
        }
        if item.status == .merging {
            reasons.append(
                Reason(.oneConsolidatedNotice, zh: "意见到齐，等牵头部门合并", en: "all opinions are in; the lead merges them"))
        }
        if item.status == .concluding {
            let (zh, en) = joint.passed == true ? ("通过", "passed") : ("未通过", "did not pass")
            reasons.append(
                Reason(
                    .oneConsolidatedNotice, zh: "各方意见\(zh)，等牵头部门作出结论",
                    en: "the opinions \(en), and the lead concludes"))
        }
        return reasons
    }

    private func reason(of participant: ParticipantState, _ asked: Participant, round: Int) -> Reason? {
        let name = asked.title
        switch participant.standing {
        case .asked:
            let since = participant.askedOn
            let due = participant.limits?.promised.map { ("，期限 \($0)", ", due \($0)") } ?? ("", "")
            return Reason(
                round == 0 ? .opinionsInParallel : .failedOnlyRecheck, on: since,
                zh: "\(name.zh)：已征求意见\(due.0)", en: "\(name.en): asked\(due.1)")
        case .answered, .deemed:
            guard let verdict = participant.verdict, let on = participant.answeredOn else { return nil }
            let words = verdict.words(of: name.zh, recheck: round > 0)
            let english = verdict.words(of: name.en, recheck: round > 0)
            return Reason(
                participant.standing == .deemed ? .deemedConsent : .opinionsInParallel, on: on,
                zh: "\(on) \(words.zh)", en: "\(english.en) on \(on)")
        case .idle:
            guard round > 0, participant.verdict?.passes == true else { return nil }
            return Reason(
                .failedOnlyRecheck, zh: "\(name.zh)：上一轮已通过，不再复核", en: "\(name.en): passed before, not asked again")
        case .released:
            return Reason(
                .opinionsInParallel, zh: "\(name.zh)：已够通过，不必再答复", en: "\(name.en): enough have passed, no answer needed"
            )
        }
    }

    // MARK: Afterwards

    var afterwards: [Reason] {
        let on = item.endedOn ?? item.finishedOn
        let text = on?.description ?? ""
        switch item.status {
        case .refused:
            return [
                Reason(
                    .refusalWithReasons, on: on, zh: "\(text) 不予许可，已说明理由和救济途径；可以再次申报",
                    en: "refused on \(text) with reasons and ways to appeal; it may be filed again")
            ]
        case .notAdmitted:
            return [
                Reason(
                    .windowWithoutVeto, on: on, zh: "\(text) 由审批部门决定不予受理；可以再次申报",
                    en: "the department refused admission on \(text); it may be filed again")
            ]
        case .withdrawn:
            return [
                Reason(
                    .withdrawal, on: on, zh: "\(text) 申请人撤回；可以再次申报", en: "withdrawn on \(text); it may be filed again")
            ]
        case .returned:
            return [
                Reason(
                    item.correction?.suppliedOn == nil && item.correction != nil ? .oneCorrection : .brokenPromise,
                    on: on, zh: "\(text) 退件；可以再次申报", en: "returned on \(text); it may be filed again")
            ]
        case .revoked:
            return [
                Reason(
                    .revocation, on: on, zh: "已撤销，等它的事项不能以它为前提办结",
                    en: "revoked: what waits for it cannot finish on its strength")
            ]
        case .granted, .grantedWithGaps: return delivery + laterCheck
        case .issued: return laterCheck
        default: return []
        }
    }

    private var delivery: [Reason] {
        guard !rule.outputs.isEmpty, let ended = item.endedOn else { return [] }
        let due = machine.calendar.adding(machine.policy.deliveryLimit, to: ended)
        return [
            Reason(
                .delivery, on: due, zh: "\(ended) 准予，\(due) 前送达", en: "granted on \(ended), to be handed out by \(due)")
        ]
    }

    private var laterCheck: [Reason] {
        guard rule.handling == .commitment else { return [] }
        return [
            Reason(
                .laterCheck, basis: definition.basis, zh: "凭承诺准予，事后核查",
                en: "granted on a commitment, checked afterwards")
        ]
    }
}
