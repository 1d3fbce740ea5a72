import WorkCalendar
import WorkflowModel

/// The reasons of one item, found from its state and the plan alone.
struct Explaining {
    let machine: CaseMachine
    let state: CaseState
    let index: Int
    let date: LocalDate

    var item: ItemState { state.items[index] }
    var rule: ItemRule { machine.rules.item(index) }
    var definition: Item { machine.plan.items[index].item }

    var reasons: [Reason] {
        order + arrival + application + materials + registered + measured + elsewhere + booked + review + joint + time
            + afterwards + aftermath
            + standing
    }

    // MARK: What it waits for

    private var order: [Reason] {
        definition.after.compactMap { dependency in
            guard let position = machine.plan.index(of: dependency.item) else { return nil }
            let title = machine.plan.items[position].item.title
            let other = state.items[position]
            if let finished = other.finishedOn, other.status.isFinished {
                return Reason(
                    .orderOfItems, on: finished, zh: "“\(title.zh)”\(finished) 办结，不再等待",
                    en: "“\(title.en)” finished on \(finished), nothing to wait for")
            }
            guard !item.status.isFinished else { return nil }
            let relation = dependency.type == .finishToStart ? "" : " (\(dependency.type.rawValue))"
            return Reason(
                .orderOfItems, zh: "等“\(title.zh)”\(relation)，现为\(other.status.title.zh)",
                en: "waits for “\(title.en)”\(relation), which is \(other.status.title.en)")
        } + lag
    }

    private var lag: [Reason] {
        guard item.status == .planned, let from = item.readyFrom, from > date else { return [] }
        return [
            Reason(
                .orderOfItems, on: from, zh: "前置已齐，间隔到 \(from) 届满，届时可办",
                en: "all it waits for is there; the lag is over on \(from), and then it is ready")
        ]
    }

    // MARK: The application

    private var application: [Reason] {
        var reasons: [Reason] = []
        if item.status == .preReview {
            reasons.append(
                Reason(
                    .preReviewOutsideClocks, zh: "正在预审，任何时限都没有开始", en: "in pre-review: no clock has begun"))
        }
        if let received { reasons.append(received) }
        if let correction = item.correction {
            let (zh, en) =
                correction.suppliedOn.map { ("\($0) 补正", "supplied on \($0)") } ?? ("等待申请人补正", "not supplied yet")
            reasons.append(
                Reason(
                    .oneCorrection, on: correction.on,
                    zh: "\(correction.on) 一次告知 \(correction.points.count) 项补正，\(zh)；不得再次告知",
                    en: "\(correction.points.count) point(s) told on \(correction.on), \(en); there is no second notice"
                ))
        }
        if item.status == .filed, let admitBy = item.admitBy {
            reasons.append(
                Reason(
                    .deemedAdmission, on: admitBy, zh: "\(admitBy) 终了前不告知补正，自 \(item.receivedOn ?? admitBy) 起即为受理",
                    en:
                        "without a word by the end of \(admitBy) it counts as admitted since \(item.receivedOn ?? admitBy)"
                ))
        }
        if let admitted = item.admittedOn {
            reasons.append(
                item.isDeemedAdmitted
                    ? Reason(
                        .deemedAdmission, on: admitted, zh: "逾期未告知，自收到之日 \(admitted) 起即为受理，时限从这天起算",
                        en:
                            "nothing was said in time: admitted since its receipt on \(admitted), from which its clock counts"
                    )
                    : Reason(
                        .statutoryLimit, on: admitted, zh: "\(admitted) 受理，这天是第 0 天",
                        en: "admitted on \(admitted), which is day 0"))
        }
        return reasons + tolerance
    }

    private var tolerance: [Reason] {
        guard let gaps = item.gaps else { return [] }
        let names = gaps.materials.joined(separator: ", ")
        if gaps.isBroken {
            return [
                Reason(
                    .brokenPromise, on: gaps.promise, zh: "承诺 \(gaps.promise) 前补齐 \(names)，没有补齐：可以退件或不予许可",
                    en: "\(names) promised by \(gaps.promise) and not supplied: it may be returned or refused")
            ]
        }
        return [
            Reason(
                .tolerance, on: gaps.promise, zh: "容缺受理，\(names) 承诺于 \(gaps.promise) 前补齐，\(gaps.remindOn) 提醒",
                en: "admitted with gaps: \(names) promised by \(gaps.promise), reminded on \(gaps.remindOn)")
        ]
    }

    // MARK: The review

    private var review: [Reason] {
        var reasons = item.signatures.map { signature in
            let role = rule.chain.indices.contains(signature.link) ? rule.chain[signature.link] : ""
            let absent = signature.onBehalfOf.map { ("，代请假的\($0)", " for \($0), who was away") } ?? ("", "")
            return Reason(
                signature.onBehalfOf == nil ? .reviewerChain : .deputyActs, on: signature.on,
                zh: "第 \(signature.link + 1) 级（\(role)）\(signature.name)\(absent.0) \(signature.on) 签署",
                en: "link \(signature.link + 1) (\(role)) signed by \(signature.name)\(absent.1) on \(signature.on)")
        }
        if item.status == .inReview, !rule.chain.isEmpty {
            let link = min(item.signatures.count, rule.chain.count - 1)
            let other = item.signatures.last.map { ("，不能是\($0.name)", ", not \($0.name)") } ?? ("", "")
            reasons.append(
                Reason(
                    item.signatures.isEmpty ? .reviewerChain : .adjacentReviewers,
                    zh: "等第 \(link + 1) 级（\(rule.chain[link])）\(other.0)",
                    en: "waits for link \(link + 1) (\(rule.chain[link]))\(other.1)"))
        }
        if let supplement = item.supplement {
            reasons.append(
                Reason(
                    .oneSupplement, on: supplement.on, zh: "\(supplement.on) 要求补件一次，不得再次要求",
                    en: "a supplement was asked for on \(supplement.on); there is no second"))
        }
        if let pause = item.pause { reasons.append(reason(of: pause)) }
        return reasons
    }

    private func reason(of pause: Pause) -> Reason {
        let stands = pause.stopsClock ? ("停止计时", "the clock stands still") : ("继续计时", "the clock runs on")
        switch pause.kind {
        case .supplement:
            return Reason(
                .oneSupplement, on: pause.since, zh: "自 \(pause.since) 等补件，\(stands.0)",
                en: "a supplement is awaited since \(pause.since): \(stands.1)")
        case .suspension:
            return Reason(
                .suspension, on: pause.since, zh: "自 \(pause.since) 中止，\(stands.0)",
                en: "suspended since \(pause.since): \(stands.1)")
        case .referral:
            return Reason(
                .upperLevel, on: pause.since, zh: "自 \(pause.since) 等上级答复，\(stands.0)",
                en: "the answer of another level is awaited since \(pause.since): \(stands.1)")
        case .procedure:
            let title = pause.procedure?.stopReason.title ?? PauseKind.procedure.title
            let told = pause.announced.map { ("，告知至 \($0)", ", told to last to \($0)") } ?? ("", "")
            let overran = pause.hasOverrun ? ("，已超过告知的时间", ", longer than was told") : ("", "")
            return Reason(
                pause.stopsClock ? .specialProcedure : .proceduresThatCount, on: pause.since,
                zh: "自 \(pause.since) \(title.zh)，\(stands.0)\(told.0)\(overran.0)",
                en: "\(title.en) since \(pause.since): \(stands.1)\(told.1)\(overran.1)")
        }
    }
}
