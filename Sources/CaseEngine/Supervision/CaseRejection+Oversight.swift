import WorkCalendar

extension CaseRejection {
    /// Why supervision may not do what was asked, and what to do.
    var oversightText: LocalizedText {
        switch self {
        case .cardAlreadyRaised(let id):
            LocalizedText(
                zh: "同一问题的监察牌 \(id) 尚未处理。先处理它。", en: "Card \(id) is open for the same breach. Settle that one first.")
        case .cardNotConfirmed(let id):
            LocalizedText(
                zh: "监察牌 \(id) 不是已认定的红牌，不能记问责。先认定。",
                en: "Card \(id) is no confirmed red card, so no measure can be noted. Confirm it first.")
        case .scoreOutOfRange(let score):
            LocalizedText(
                zh: "评分 \(score) 不在 1（非常满意）至 5（非常不满意）之间。改正评分。",
                en: "The score \(score) is not 1 (very satisfied) to 5 (very dissatisfied). Correct it.")
        case .stepNotDone(let item, let step):
            LocalizedText(
                zh: "事项 \(item) 的\(step.title.zh)环节尚未完成。完成后再评价。",
                en: "The \(step.title.en) of item \(item) is not over yet. Rate it afterwards.")
        case .alreadyRated(let item, let step):
            LocalizedText(
                zh: "事项 \(item) 的\(step.title.zh)环节已经评价过，一个环节一次。",
                en: "The \(step.title.en) of item \(item) has been rated, once and for all. Rate another step.")
        case .unknownMatter(let id):
            LocalizedText(
                zh: "没有督办件 \(id)。用 matter list 查看编号。", en: "There is no matter \(id). See the ids with matter list.")
        case .matterNotNow(let id, let status):
            LocalizedText(
                zh: "督办件 \(id) 现为“\(status.title.zh)”，此时不能这样办。查看待办，办理当前环节。",
                en: "Matter \(id) is “\(status.title.en)” and cannot take this now. See what is asked for at present.")
        case .matterNotOfKind(let id, let kind):
            LocalizedText(
                zh: "\(kind.title.zh) \(id) 没有这一环节。按其类型办理。",
                en: "The \(kind.title.en) \(id) has no such step. Use the steps of its kind.")
        case .matterAlreadyExtended(let id):
            LocalizedText(
                zh: "投诉 \(id) 已经延期过一次。在延长后的期限内答复。",
                en: "Complaint \(id) has been extended once already. Answer within the longer limit.")
        case .outcomeMissing(let id):
            LocalizedText(
                zh: "差评 \(id) 须写明处理方式：立行立改、限期整改或解释说明。补写后再提交。",
                en: "A bad rating (\(id)) is put right at once, by a date, or explained. Say which.")
        case .callBackMissing(let id):
            LocalizedText(
                zh: "差评 \(id) 尚未回访。回访后再销号。", en: "Nobody has called back on \(id). Call back before closing it.")
        case .promiseIsAgents:
            LocalizedText(
                zh: "限期取证由项目的代办员（或综合窗口）承诺和说明。转给代办员办理。",
                en:
                    "The certificate is promised, and answered for, by the project's agent or the window. Hand it to the agent."
            )
        case .beforeEarliestFinish(let date, let earliest?):
            LocalizedText(
                zh: "承诺的 \(date) 早于关键路径的最早完成日 \(earliest)。改为该日或之后的日期，或者先缩短流程。",
                en: "The promised \(date) is before the critical path's earliest finish, \(earliest). "
                    + "Promise that day or a later one, or shorten the way first.")
        case .beforeEarliestFinish(_, nil):
            LocalizedText(
                zh: "没有最早完成日的测算，不能承诺日期。先测算（case forecast）。",
                en:
                    "Nobody has worked out the earliest finish, so no date is promised. Make a forecast first (case forecast)."
            )
        case .promiseNotMoved(let date):
            LocalizedText(
                zh: "承诺的 \(date) 已经改期一次，或者已经逾期、办结，不再改期。按承诺办理，逾期的说明情况。",
                en:
                    "The promise of \(date) was moved before, or is over or closed, and is not moved again. Keep it, or explain why it is late."
            )
        case .noHigherOffice(let id):
            LocalizedText(
                zh: "\(id) 之上没有更高的办理单位。由现承办单位答复。",
                en: "There is no office above for \(id). The one that has it answers.")
        case .departmentMissing:
            LocalizedText(
                zh: "没有写明责任部门，事项也没有部门。写明部门。",
                en: "No department is named, and the item has none. Name the department.")
        case .unknownDepartment(let id):
            LocalizedText(
                zh: "流程没有部门 \(id)。核对部门编号。", en: "The workflow has no department \(id). Check the id.")
        case .dateNotAhead(let date):
            LocalizedText(
                zh: "没有写明日期，或 \(date) 早于今天。写今天或之后的日期。",
                en: "No date is given, or \(date) is before today. Give today or a later date.")
        default: LocalizedText(zh: "\(code)。", en: "\(code).")
        }
    }
}
