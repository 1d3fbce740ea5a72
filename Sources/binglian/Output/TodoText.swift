import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Requests in a table, the most urgent first.
struct TodoText {
    let found: [(CaseSnapshot, WorkRequest)]
    /// What supervision waits for, listed after the work.
    var overseen: [(CaseSnapshot, OversightRequest)] = []
    let today: LocalDate
    let terminal: Terminal
    /// Whether each row names its case.
    var namesCases = true

    private var sorted: [(CaseSnapshot, WorkRequest)] {
        found.sorted { a, b in
            (a.0.rank, a.1.due ?? .latest, a.1.since, a.0.id.text, a.1.id) < (
                b.0.rank, b.1.due ?? .latest, b.1.since, b.0.id.text, b.1.id
            )
        }
    }

    var text: String {
        guard !found.isEmpty || !overseen.isEmpty else { return terminal.say("没有待办。", "Nothing to do.") }
        var columns: [TextTable.Column] = namesCases ? [.init(terminal.say("办件", "case"), limit: 64)] : []
        columns += [
            .init(terminal.say("事项", "item"), limit: 40), .init(terminal.say("谁", "who"), limit: 20),
            .init(terminal.say("自", "since")), .init(terminal.say("期限", "due")), .init("task"),
            // Last, because a list of materials may be long.
            .init(terminal.say("要做什么", "what"), limit: 400),
        ]
        var table = TextTable(columns)
        for (snapshot, request) in sorted {
            let due = request.due.map { $0 < today ? "\($0) !" : $0.description } ?? "—"
            table.add(
                (namesCases ? [snapshot.id.text] : []) + [
                    request.item + (request.participant.map { " · \($0)" } ?? ""), request.party.name,
                    request.since.description, due, request.ask.verb,
                    snapshot.greenMark(terminal) + AskWords.of(request.ask)[terminal.language],
                ])
        }
        for (snapshot, request) in overseen.sorted(by: { ($0.1.due ?? .latest) < ($1.1.due ?? .latest) }) {
            let due = request.due.map { $0 < today ? "\($0) !" : $0.description } ?? "—"
            table.add(
                (namesCases ? [snapshot.id.text] : []) + [
                    request.subject, request.party.name, request.since.description, due, request.ask.verb,
                    request.ask.words[terminal.language],
                ])
        }
        return table.text
    }

    /// As documented in `docs/json.md#todo`.
    var json: JSONText {
        .array(
            sorted.map { snapshot, request in request.json(of: snapshot) }
                + overseen.map { snapshot, request in request.json(of: snapshot.id) })
    }
}

extension WorkRequest {
    /// As documented in `docs/json.md#todo`.
    func json(of snapshot: CaseSnapshot) -> JSONText {
        .members([
            "case": .string(snapshot.id.text), "request": .string(id), "item": .string(item),
            "participant": .optional(participant), "attempt": .integer(attempt), "round": .integer(round),
            "party": .string(party.name), "task": .string(ask.verb), "ask": AskWords.of(ask).json,
            "since": .string(since.description), "due": .optional(due?.description),
            "greenChannel": .bool(snapshot.state.greenChannel != nil),
        ])
    }
}

extension CaseSnapshot {
    /// Cases in the green channel go first.
    fileprivate var rank: Int { state.greenChannel == nil ? 1 : 0 }

    fileprivate func greenMark(_ terminal: Terminal) -> String {
        state.greenChannel == nil ? "" : terminal.say("［绿色通道］", "[green channel] ")
    }
}

/// What is asked of somebody, in words.
enum AskWords {
    static func of(_ ask: WorkRequest.Ask) -> LocalizedText {
        switch ask {
        case .file(let needed):
            needed.isEmpty
                ? LocalizedText(zh: "申报（材料已齐）", en: "file (nothing more to supply)")
                : LocalizedText(
                    zh: "申报，需 \(needed.joined(separator: "、"))", en: "file, with \(needed.joined(separator: ", "))")
        case .finishPreReview: LocalizedText(zh: "预审意见", en: "give pre-review advice")
        case .admit: LocalizedText(zh: "受理或一次性补正告知", en: "admit, or request a correction")
        case .supplyCorrection(let points):
            LocalizedText(zh: "补正：\(list(points, "；"))", en: "supply the correction: \(list(points, "; "))")
        case .sign(_, let role):
            LocalizedText(zh: "签署（\(chineseRoles[role] ?? role)）", en: "sign as \(role)")
        case .decide: LocalizedText(zh: "作出决定", en: "decide")
        case .supplySupplement(let points):
            LocalizedText(zh: "补件：\(list(points, "；"))", en: "supply what was asked for: \(list(points, "; "))")
        case .endSpecialProcedure(let kind):
            LocalizedText(zh: "结束特别程序（\(kind.title.zh)）", en: "end the special procedure (\(kind.title.en))")
        case .resume: LocalizedText(zh: "恢复办理", en: "resume")
        case .supplyGaps(let gaps):
            LocalizedText(
                zh: "补齐容缺材料 \(gaps.joined(separator: "、"))", en: "supply \(gaps.joined(separator: ", ")) as promised")
        case .issue: LocalizedText(zh: "发证", en: "issue")
        case .check: LocalizedText(zh: "事后核查", en: "check")
        case .begin: LocalizedText(zh: "开始", en: "begin")
        case .complete: LocalizedText(zh: "完成", en: "complete")
        case .opine: LocalizedText(zh: "提出意见", en: "give an opinion")
        case .holdSession(let participants):
            LocalizedText(
                zh: "联合勘验（\(participants.joined(separator: "、"))）",
                en: "hold the session (\(participants.joined(separator: ", ")))")
        case .merge: LocalizedText(zh: "汇总意见，一次性告知", en: "merge the opinions into one notice")
        case .rectify(let points):
            LocalizedText(
                zh: "整改 \(points.count) 条：\(list(points.map(\.point), "；"))",
                en: "rectify \(points.count) point(s): \(list(points.map(\.point), "; "))")
        case .recheck: LocalizedText(zh: "复验", en: "recheck")
        case .conclude: LocalizedText(zh: "出具联合结论", en: "conclude")
        case .answerVisit(let date):
            LocalizedText(zh: "确认 \(date) 到场，或另提日期", en: "confirm \(date) for the visit, or name dates")
        case .goThere: LocalizedText(zh: "现场勘查", en: "visit the place")
        case .proposeVisit(let date):
            LocalizedText(zh: "提议到场日期（最早 \(date)）", en: "propose a date to meet there (\(date) at the earliest)")
        case .recordVisit(let participants):
            LocalizedText(
                zh: "作到场记录（\(participants.joined(separator: "、"))）",
                en: "record the visit (\(participants.joined(separator: ", ")))")
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
        case .acknowledge: LocalizedText(zh: "接收推送的结果", en: "acknowledge the result")
        case .rectifyBreach(let finding): LocalizedText(zh: "限期整改：\(finding)", en: "put right: \(finding)")
        case .revoke(let cause): LocalizedText(zh: "撤销（\(cause.title.zh)）", en: "revoke (\(cause.title.en))")
        default: LocalizedText(zh: ask.verb, en: ask.verb)
        }
    }

    /// The links of a reviewer chain as workflows name them; other names are shown as they are.
    private static let chineseRoles = ["handler": "经办人", "reviewer": "审核人", "approver": "审批人"]

    /// Points as they are told, each with its material.
    private static func list(_ points: [Point], _ separator: String) -> String {
        points.map { point in (point.material.map { "[\($0)] " } ?? "") + point.text }.joined(separator: separator)
    }
}

extension WorkRequest.Ask {
    /// The `task` command that answers.
    var verb: String {
        switch self {
        case .file: "file"
        case .finishPreReview: "finish-pre-review"
        case .admit: "admit"
        case .supplyCorrection: "supply-correction"
        case .sign: "sign"
        case .decide: "decide"
        case .supplySupplement: "supply"
        case .endSpecialProcedure, .resume: "resume"
        case .supplyGaps: "supply-gaps"
        case .issue: "issue"
        case .check: "check"
        case .begin: "begin"
        case .complete: "complete"
        case .opine, .recheck: "opine"
        case .holdSession: "session"
        case .merge: "merge"
        case .rectify: "rectify"
        case .conclude: "conclude"
        case .answerVisit: "answer-visit"
        case .goThere: "pause"
        case .proposeVisit: "propose-visit"
        case .recordVisit: "record-visit"
        case .measure: "measure"
        case .recordAnswer: "record-answer"
        case .keepAppointment: "keep-appointment"
        case .resolveConflict: "resolve-conflict"
        case .commit: "commit"
        case .beginReview: "begin-review"
        case .reviewLegality: "review-legality"
        case .scheduleProcedure: "schedule-procedure"
        case .deliver: "deliver"
        case .acknowledge: "acknowledge"
        case .rectifyBreach: "report-rectified"
        case .revoke: "revoke"
        }
    }
}

extension OversightRequest {
    /// As documented in `docs/json.md#todo`.
    func json(of caseID: CaseID) -> JSONText {
        .members([
            "case": .string(caseID.text), "request": .string(id), "item": .optional(item),
            "participant": .optional(participant), "attempt": .integer(0), "round": .integer(0),
            "party": .string(party.name), "task": .string(ask.verb), "ask": ask.words.json,
            "since": .string(since.description), "due": .optional(due?.description),
        ])
    }
}

extension OversightRequest.Ask {
    /// The `card` or `matter` command that answers.
    var verb: String {
        switch self {
        case .explainCard: "card explain"
        case .reviewCard: "card confirm"
        case .answer: "matter answer"
        case .callBack: "matter call-back"
        case .close: "matter close"
        }
    }

    var words: LocalizedText {
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
