import WorkCalendar
import WorkflowModel

extension CaseEvent {
    /// What happened, in one short sentence without the item's name: for histories, logs and messages.
    public var words: LocalizedText { what.words }
}

extension Happening {
    var words: LocalizedText {
        switch self {
        case .caseOpened(let opening):
            text(
                "立案：\(opening.title.zh)" + (opening.codeSource.map { "，\($0.words.zh)" } ?? ""),
                "case opened: \(opening.title.en)" + (opening.codeSource.map { ", \($0.words.en)" } ?? ""))
        case .stageStarted(let stage): text("阶段开始：\(stage)", "stage started: \(stage)")
        case .stageClosed(let stage): text("阶段完成：\(stage)", "stage closed: \(stage)")
        case .caseCompleted: text("全部办结", "case completed")
        case .caseWithdrawn(let reason): text("撤件：\(reason)", "case withdrawn: \(reason)")
        case .caseCancelled(let reason): text("终止：\(reason)", "case cancelled: \(reason)")
        case .cardExplained(_, let explanation): text("说明情况：\(explanation)", "card explained: \(explanation)")
        case .cardLifted(_, let reason): text("解除监察：\(reason)", "card lifted: \(reason)")
        case .caseMigrated(let migration): migration.words
        case .calendarChanged(let change): change.words
        case .itemsTransferred(let transfer): transfer.words
        case .workAdded(let addition): addition.words
        case .cardConfirmed(_, let reason): text("认定超时：\(reason)", "card confirmed: \(reason)")
        case .greenChannelOpened(let rule, let reason):
            text("进入绿色通道：\(rule?.title.zh ?? reason)", "green channel opened: \(rule?.title.en ?? reason)")
        case .greenChannelClosed(let reason):
            reason.isEmpty
                ? text("退出绿色通道：不再符合规则", "green channel closed: the rule holds no more")
                : text("退出绿色通道：\(reason)", "green channel closed: \(reason)")
        case .cardRaised(_, let level, let participant, _, let department, _, let threshold):
            level.words(of: participant ?? department ?? "", threshold: threshold)
        default:
            wordsOfWork ?? wordsOfApplication ?? wordsOfMaterials ?? wordsOfAftermath ?? wordsOfOversight
                ?? wordsOfJoint
        }
    }

    private var wordsOfWork: LocalizedText? {
        switch self {
        case .becameReady: text("可以办理", "ready")
        case .milestoneReached: text("里程碑达成", "milestone reached")
        case .begun: text("开始", "begun")
        case .completed: text("完成", "completed")
        case .checked(let finding): text("事后核查：\(finding)", "checked: \(finding)")
        case .revoked(let reason, let basis): text("撤销：\(reason)（\(basis)）", "revoked: \(reason) (\(basis))")
        case .issued(let outputs):
            text("发放 \(names(outputs.map(\.material), "、"))", "issued \(names(outputs.map(\.material), ", "))")
        default: nil
        }
    }

    private var wordsOfApplication: LocalizedText? {
        switch self {
        case .preReviewBegan: text("开始预审", "pre-review began")
        case .preReviewFinished(let advice, let missing):
            if let missing {
                text(
                    "预审意见：\(advice)，缺 \(list(missing, "；"))", "pre-review: \(advice), missing: \(list(missing, "; "))")
            } else {
                text("预审意见：\(advice)", "pre-review: \(advice)")
            }
        case .filed(let attempt, let received, let supplied, let reused, let missing, let arrival):
            wordsOfFiling(
                attempt: attempt, supplied: supplied.count, reused: reused.count, missing: missing,
                arrival.map { ($0, received) })
        case .correctionRequested(let points):
            text("一次性补正告知：\(list(points, "；"))", "correction requested: \(list(points, "; "))")
        case .correctionSupplied: text("已补正", "correction supplied")
        case .admitted(let gaps, let promise): wordsOfAdmission(gaps: gaps, promise: promise, deemedSince: nil)
        case .deemedAdmitted(let since, let gaps, let promise):
            wordsOfAdmission(gaps: gaps, promise: promise, deemedSince: since)
        case .admissionRefused(let reason, _): text("不予受理：\(reason)", "not admitted: \(reason)")
        case .signed(let link, let opinion):
            text("第 \(link + 1) 环签署：\(opinion)", "signed, link \(link + 1): \(opinion)")
        case .supplementRequested(let points):
            text("要求补件，停止计时：\(list(points, "；"))", "supplement requested, clock stopped: \(list(points, "; "))")
        case .supplementSupplied: text("补件齐全，恢复计时", "supplement supplied, clock runs")
        case .procedureBegan(let kind, _, let length):
            text("特别程序开始：\(kind.title.zh)，\(length)", "special procedure began: \(kind.title.en), \(length)")
        case .procedureOverran: text("特别程序超过告知的时限", "special procedure overran its announced length")
        case .procedureEnded(let result): text("特别程序结束：\(result)", "special procedure ended: \(result)")
        case .suspended(let reason, _): text("中止：\(reason)", "suspended: \(reason)")
        case .referred(let level, let authority, _, let within):
            text(
                "审查完毕，报\(level.title.zh)机关 \(authority)，\(within) 内答复，本级停止计时",
                "examined and handed to \(authority) (\(level.title.en)), to be answered in \(within), clock stopped")
        case .referralOverran: text("上级逾期未答复", "the other level did not answer in time")
        case .referralAnswered(let agrees, let signer, let document, _):
            text(
                "上级\(agrees ? "同意" : "不同意")，\(signer) 签发（\(document)），恢复计时",
                "the other level \(agrees ? "agreed" : "declined"), signed by \(signer) (\(document)), clock runs")
        case .resumed(let reason): text("恢复：\(reason)", "resumed: \(reason)")
        case .extended(let amount, let reason, _): text("延长 \(amount)：\(reason)", "extended by \(amount): \(reason)")
        case .gapsSupplied: text("容缺材料补齐", "promised materials supplied")
        case .gapsReminded: text("提醒：容缺材料即将到期", "reminder: promised materials are due")
        case .promiseBroken(let missing):
            text("容缺承诺未履行：\(names(missing, "、"))", "promise broken: \(names(missing, ", "))")
        case .granted: text("准予", "granted")
        case .grantedWithGaps: text("容缺准予", "granted, materials to follow")
        case .deemedGranted: text("逾期未答复，视为同意", "deemed granted: no answer in time")
        case .refused(let reasons, _): text("不予许可：\(reasons)", "refused: \(reasons)")
        case .returned(let reason): text("退件：\(reason)", "returned: \(reason)")
        case .withdrawn(let reason): text("撤回：\(reason)", "withdrawn: \(reason)")
        default: nil
        }
    }

    private var wordsOfJoint: LocalizedText {
        switch self {
        case .opinionGiven(let participant, let round, let verdict, _):
            verdict.words(of: participant, recheck: round > 0)
        case .opinionDeemed(let participant, _):
            text("\(participant)：逾期未答复，视为同意", "\(participant): no answer in time, deemed to agree")
        case .sessionHeld(let votes, _):
            text("联合勘验，\(votes.count) 个部门签署", "joint session, \(votes.count) departments signed")
        case .opinionsClosed: text("意见收齐", "opinions are in")
        case .merged(_, let passed, let rectify, let points, _):
            if passed {
                text("汇总：通过", "merged: passed")
            } else if rectify {
                text("一次性整改告知，\(points.count) 条", "one notice to rectify, \(points.count) point(s)")
            } else {
                text("汇总：未通过", "merged: not passed")
            }
        case .rectified(let round, _, _, _): text("第 \(round) 轮整改完成", "rectified, round \(round)")
        default: wordsOfChange
        }
    }

    private var wordsOfChange: LocalizedText {
        switch self {
        case .visitProposed(let date, let remote, let answerBy):
            text(
                "提议\(remote ? "远程" : "现场")勘验日期 \(date)，\(answerBy) 前答复",
                "\(remote ? "remote visit" : "visit") proposed for \(date), answer by \(answerBy)")
        case .visitAnswered(let participant, let dates):
            text(
                "\(participant) 可到场：\(names(dates.map(\.description), "、"))",
                "\(participant) can come on \(names(dates.map(\.description), ", "))")
        case .visitFixed(let date, let silent):
            text(
                "到场日期定为 \(date)，告知各方" + (silent.isEmpty ? "" : "；\(names(silent, "、")) 未答复，视为接受"),
                "visit fixed for \(date), all are told"
                    + (silent.isEmpty ? "" : "; \(names(silent, ", ")) did not answer and accepts"))
        case .visitLapsed(let date, let fixed):
            fixed
                ? text("\(date) 没有到场记录，须另行约定", "nothing was recorded on \(date): agree on another date")
                : text("没有各方都合适的日期，须另行提议", "no date suits all: propose another")
        case .visitHeld(let votes, let absent, let unsigned, let deemed, _, _, _):
            text(
                "到场，\(votes.count) 个部门签署" + defaults(absent, unsigned, deemed).zh,
                "visit held, \(votes.count) department(s) signed" + defaults(absent, unsigned, deemed).en)
        case .conflictMarked(let number, let first, let second):
            text(
                "意见冲突 \(number)：\(first.participant)“\(first.point.text)”与 \(second.participant)“\(second.point.text)”",
                "conflict \(number): \(first.participant) “\(first.point.text)”, \(second.participant) “\(second.point.text)”"
            )
        case .conflictResolved(let number, let resolution):
            text("意见冲突 \(number) 处理：\(resolution)", "conflict \(number) resolved: \(resolution)")
        case .reopened(_, let supplied, let touched, let reason):
            text(
                "\(names(supplied.map(\.material), "、")) 变更，由 \(names(touched, "、")) 重新审查：\(reason)",
                "\(names(supplied.map(\.material), ", ")) changed, re-opened for \(names(touched, ", ")): \(reason)")
        case .changeEnded(let reason, let appeal):
            appeal == nil
                ? text("放弃变更，原许可有效：\(reason)", "change given up, the grant stands: \(reason)")
                : text("变更不予许可，原许可有效：\(reason)", "change refused, the grant stands: \(reason)")
        default: text(kind.rawValue, kind.rawValue)
        }
    }

    /// Who did not come or sign, and what follows for them.
    private func defaults(_ absent: [String], _ unsigned: [String], _ deemed: [String]) -> LocalizedText {
        var zh = ""
        var en = ""
        for (ids, word) in [(absent, ("缺席", "absent")), (unsigned, ("未当场签署", "did not sign"))] where !ids.isEmpty {
            zh += "；\(names(ids, "、")) \(word.0)"
            en += "; \(names(ids, ", ")) \(word.1)"
        }
        if !deemed.isEmpty {
            zh += "；\(names(deemed, "、")) 视为接受"
            en += "; \(names(deemed, ", ")) taken to accept"
        }
        return text(zh, en)
    }

    private func wordsOfFiling(
        attempt: Int, supplied: Int, reused: Int, missing: [String], _ arrival: (Arrival, received: LocalDate)?
    ) -> LocalizedText {
        let again = attempt > 1 ? ("再次申报", "filed again") : ("申报", "filed")
        let gaps = missing.isEmpty ? ("", "") : ("，容缺 \(names(missing, "、"))", ", to follow: \(names(missing, ", "))")
        let how = arrival.map {
            ("；\($0.words.zh)，收到日 \($1)", "; \($0.words.en), counts as received on \($1)")
        }
        return text(
            "\(again.0)，提交 \(supplied) 件、复用 \(reused) 件\(gaps.0)\(how?.0 ?? "")",
            "\(again.1), \(supplied) supplied, \(reused) reused\(gaps.1)\(how?.1 ?? "")")
    }

    private func wordsOfAdmission(gaps: [String], promise: LocalDate?, deemedSince: LocalDate?) -> LocalizedText {
        let word = deemedSince.map { ("五日未告知，自 \($0) 视为受理", "deemed admitted since \($0)") } ?? ("受理", "admitted")
        guard let promise, !gaps.isEmpty else { return text(word.0, word.1) }
        return text(
            "\(word.0)，容缺 \(names(gaps, "、")) 于 \(promise) 前补齐",
            "\(word.1), \(names(gaps, ", ")) to follow by \(promise)")
    }

    private func text(_ zh: String, _ en: String) -> LocalizedText { LocalizedText(zh: zh, en: en) }

    private func names(_ ids: [String], _ separator: String) -> String { ids.joined(separator: separator) }

    private func list(_ points: [Point], _ separator: String) -> String {
        points.map(\.text).joined(separator: separator)
    }
}

extension Verdict {
    func words(of participant: String, recheck: Bool) -> LocalizedText {
        let place = recheck ? ("复验", "recheck") : ("意见", "opinion")
        let (zh, en) =
            switch self {
            case .pass: ("通过", "pass")
            case .passWithConditions: ("有条件通过", "pass with conditions")
            case .fail(let points): ("不通过，\(points.count) 条", "fail, \(points.count) point(s)")
            case .notInvolved: ("不涉及", "not involved")
            }
        return LocalizedText(zh: "\(participant) \(place.0)：\(zh)", en: "\(participant) \(place.1): \(en)")
    }
}
