import CaseEngine
import WorkCalendar

/// What is asked of somebody, in words.
public enum AskWords {
    /// - Parameter naming: what stands for the id of a material or of a participant; the id itself where nobody says.
    public static func of(_ ask: WorkRequest.Ask, naming: (String) -> LocalizedText = { LocalizedText(zh: $0, en: $0) })
        -> LocalizedText
    {
        switch ask {
        case .file(let needed):
            needed.isEmpty
                ? LocalizedText(zh: "申报（材料已齐）", en: "file (nothing more to supply)")
                : LocalizedText(
                    zh: "申报，需 \(needed.map { naming($0).zh }.joined(separator: "、"))",
                    en: "file, with \(needed.map { naming($0).en }.joined(separator: ", "))")
        case .finishPreReview: LocalizedText(zh: "预审意见", en: "give pre-review advice")
        case .admit: LocalizedText(zh: "受理或一次性补正告知", en: "admit, or request a correction")
        case .supplyCorrection(let points):
            LocalizedText(
                zh: "补正：\(list(points, "；", { naming($0).zh }))",
                en: "supply the correction: \(list(points, "; ", { naming($0).en }))")
        case .sign(_, let role):
            LocalizedText(zh: "签署（\(chineseRoles[role] ?? role)）", en: "sign as \(role)")
        case .decide: LocalizedText(zh: "作出决定", en: "decide")
        case .supplySupplement(let points):
            LocalizedText(
                zh: "补件：\(list(points, "；", { naming($0).zh }))",
                en: "supply what was asked for: \(list(points, "; ", { naming($0).en }))")
        case .endSpecialProcedure(let kind):
            LocalizedText(zh: "结束特别程序（\(kind.title.zh)）", en: "end the special procedure (\(kind.title.en))")
        case .resume: LocalizedText(zh: "恢复办理", en: "resume")
        case .supplyGaps(let gaps):
            LocalizedText(
                zh: "补齐容缺材料 \(gaps.map { naming($0).zh }.joined(separator: "、"))",
                en: "supply \(gaps.map { naming($0).en }.joined(separator: ", ")) as promised")
        case .issue: LocalizedText(zh: "发证", en: "issue")
        case .check: LocalizedText(zh: "事后核查", en: "check")
        case .begin: LocalizedText(zh: "开始", en: "begin")
        case .complete: LocalizedText(zh: "完成", en: "complete")
        case .opine: LocalizedText(zh: "提出意见", en: "give an opinion")
        case .holdSession(let participants):
            LocalizedText(
                zh: "联合勘验（\(participants.map { naming($0).zh }.joined(separator: "、"))）",
                en: "hold the session (\(participants.map { naming($0).en }.joined(separator: ", ")))")
        case .merge: LocalizedText(zh: "汇总意见，一次性告知", en: "merge the opinions into one notice")
        case .rectify(let points):
            LocalizedText(
                zh: "整改 \(points.count) 条：\(list(points.map(\.point), "；", { naming($0).zh }))",
                en: "rectify \(points.count) point(s): \(list(points.map(\.point), "; ", { naming($0).en }))")
        case .recheck: LocalizedText(zh: "复验", en: "recheck")
        case .conclude: LocalizedText(zh: "出具联合结论", en: "conclude")
        case .answerVisit(let date):
            LocalizedText(zh: "确认 \(date) 到场，或另提日期", en: "confirm \(date) for the visit, or name dates")
        case .goThere: LocalizedText(zh: "现场勘查", en: "visit the place")
        case .proposeVisit(let date):
            LocalizedText(zh: "提议到场日期（最早 \(date)）", en: "propose a date to meet there (\(date) at the earliest)")
        case .recordVisit(let participants):
            LocalizedText(
                zh: "作到场记录（\(participants.map { naming($0).zh }.joined(separator: "、"))）",
                en: "record the visit (\(participants.map { naming($0).en }.joined(separator: ", ")))")
        case .resolveConflict(let number):
            LocalizedText(zh: "处理第 \(number) 项意见冲突", en: "resolve conflict \(number) between opinions")
        case .keepAppointment(let purpose, let at):
            LocalizedText(
                zh: "\(at) 预约（\(purpose.title.zh)），到后登记",
                en: "appointment at \(at), \(purpose.title.en): say that somebody came")
        case .recordAnswer(let authority):
            LocalizedText(zh: "登记 \(authority) 的决定", en: "enter what \(authority) decided")
        case .measure(let standards):
            LocalizedText(
                zh: "登记竣工实测（\(standards.map(\.words).joined(separator: "、"))）",
                en: "enter what was measured (\(standards.map(\.words).joined(separator: ", ")))")
        default: afterwards(ask)
        }
    }

    /// Promises, and what follows a decision.
    private static func afterwards(_ ask: WorkRequest.Ask) -> LocalizedText {
        switch ask {
        case .commit:
            LocalizedText(
                zh: "签署承诺书，或选择一般程序（decline-commitment）", en: "promise, or choose the ordinary way (decline-commitment)")
        case .beginReview: LocalizedText(zh: "开始办理", en: "begin the review")
        case .reviewLegality: LocalizedText(zh: "法制审核", en: "review the refusal's legality")
        case .scheduleProcedure(let kind):
            LocalizedText(zh: "安排特别程序（\(kind.title.zh)）的日期", en: "name a date for the procedure (\(kind.title.en))")
        case .deliver: LocalizedText(zh: "送达", en: "deliver")
        case .handOut(let notice):
            LocalizedText(zh: "转达\(notice.title.zh)", en: "hand out: \(notice.title.en.lowercased())")
        case .acknowledge: LocalizedText(zh: "接收推送的结果", en: "acknowledge the result")
        case .rectifyBreach(let finding): LocalizedText(zh: "限期整改：\(finding)", en: "put right: \(finding)")
        case .revoke(let cause): LocalizedText(zh: "撤销（\(cause.title.zh)）", en: "revoke (\(cause.title.en))")
        default: LocalizedText(zh: ask.verb, en: ask.verb)
        }
    }

    /// The links of a reviewer chain as workflows name them; other names are shown as they are.
    private static let chineseRoles = ["handler": "经办人", "reviewer": "审核人", "approver": "审批人"]

    /// Points as they are told, each with its material.
    private static func list(_ points: [Point], _ separator: String, _ naming: (String) -> String) -> String {
        points.map { point in (point.material.map { "[\(naming($0))] " } ?? "") + point.text }.joined(
            separator: separator)
    }
}

extension OversightRequest.Ask {
    public var words: LocalizedText {
        switch self {
        case .explainCard(let level):
            LocalizedText(zh: "说明情况（\(level.title.zh)）", en: "explain the card (\(level.title.en))")
        case .reviewCard(let level, let isExplained):
            isExplained
                ? LocalizedText(
                    zh: "审核说明，解除或认定（\(level.title.zh)）",
                    en: "lift or confirm the card, which was explained (\(level.title.en))")
                : LocalizedText(
                    zh: "逾期未说明，解除或认定（\(level.title.zh)）",
                    en: "lift or confirm the card, which nobody explained (\(level.title.en))")
        case .answer(let kind, let text):
            LocalizedText(zh: "答复\(kind.title.zh)：\(text)", en: "answer the \(kind.title.en): \(text)")
        case .callBack(let kind): LocalizedText(zh: "回访（\(kind.title.zh)）", en: "call back (\(kind.title.en))")
        case .close(let kind): LocalizedText(zh: "审核并销号（\(kind.title.zh)）", en: "review and close the \(kind.title.en)")
        }
    }
}
