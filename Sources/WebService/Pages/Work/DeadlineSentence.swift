import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Until when, what happens then, and which rule says so (期限说明): one sentence above what is to be done.
enum DeadlineSentence {
    static func markup(view: CaseView, index: Int, requests: [WorkRequest], _ context: PageContext) -> [Markup] {
        var sentences: [(text: LocalizedText, kind: String)] = []
        for request in requests {
            if let sentence = of(request, view: view, index: index),
                !sentences.contains(where: { $0.text == sentence.text })
            {
                sentences.append(sentence)
            }
        }
        if requests.isEmpty, let stopped = stopped(view: view, index: index) { sentences.append(stopped) }
        return sentences.map { Notices.inset([.p([.named($0.text, context)])], kind: $0.kind) }
    }

    private static func kind(_ deadline: DeadlineStanding?) -> String {
        switch deadline?.light {
        case .near: "near"
        case .overduePromised, .overdueStatutory: "bad"
        case .stopped: "stopped"
        default: ""
        }
    }

    static func of(_ request: WorkRequest, view: CaseView, index: Int) -> (text: LocalizedText, kind: String)? {
        let item = view.state.items[index]
        let standing = view.standings[index]
        let deadline = view.deadline(of: request)
        switch request.ask {
        case .admit:
            guard let last = item.admitBy else { return nil }
            let left = view.machine.calendar.workingDays(after: view.today, through: last)
            let on = (zh: Language.zh.short(last), en: Language.en.short(last))
            return (
                LocalizedText(
                    zh:
                        "补正告知还剩 \(Language.zh.days(left * DayAmount.minutesPerDay))（至 \(on.zh)）；逾期视为自收到之日起受理（行政许可法第三十二条）。",
                    en:
                        "\(Language.en.days(left * DayAmount.minutesPerDay)) left to list what is missing (until \(on.en)); after that the application counts as admitted from the day it was received (Administrative Licensing Law art. 32)."
                ),
                kind(deadline)
            )
        case .opine, .recheck, .answerVisit:
            guard let last = request.due, let deadline else { return nil }
            let participant = view.plan.items[index].item.joint?.participants.first { $0.id == request.participant }
            let silence: LocalizedText =
                switch participant?.silence {
                case .deemedAgree:
                    LocalizedText(
                        zh: "；逾期不答复视为同意，并记录在案", en: "; silence past that counts as agreement and goes on record")
                case .neverDeemed:
                    LocalizedText(
                        zh: "；涉及安全，逾期不视为同意，会亮牌督办",
                        en: "; it is about safety: silence never counts as agreement, a card is raised")
                default: LocalizedText(zh: "；逾期会亮牌督办", en: "; past that a card is raised")
                }
            return (
                LocalizedText(
                    zh: "意见期限至 \(Language.zh.long(last))，\(deadline.text.zh)\(silence.zh)。",
                    en: "Your opinion is due by \(Language.en.long(last)), \(deadline.text.en)\(silence.en)."),
                kind(deadline)
            )
        case .supplyCorrection:
            return (
                LocalizedText(
                    zh: "申请尚未受理，审批时限还没有开始计算；补正交齐后部门重新决定是否受理。",
                    en:
                        "The application is not admitted and no clock runs yet. The department decides again once everything is in."
                ), "stopped"
            )
        case .rectify, .supplySupplement, .endSpecialProcedure, .resume:
            return stopped(view: view, index: index)
        case .supplyGaps:
            guard let last = request.due, let deadline else { return nil }
            return (
                LocalizedText(
                    zh: "承诺 \(Language.zh.long(last)) 前补齐，\(deadline.text.zh)；逾期未补齐的，许可不生效并记入信用。",
                    en:
                        "You promised to supply this by \(Language.en.long(last)), \(deadline.text.en). If it does not come the promise counts as broken."
                ), kind(deadline)
            )
        case .deliver, .issue:
            guard let last = request.due, let deadline else { return nil }
            return (
                LocalizedText(
                    zh: "决定之日起十个工作日内送达（行政许可法第四十四条）：至 \(Language.zh.long(last))，\(deadline.text.zh)。",
                    en:
                        "To be delivered within ten working days of the decision (Administrative Licensing Law art. 44): by \(Language.en.long(last)), \(deadline.text.en)."
                ), kind(deadline)
            )
        default:
            guard let clock = standing.deadline, let clocks = standing.clocks, let leading = clocks.leading else {
                guard let last = request.due, let deadline else { return nil }
                return (
                    LocalizedText(
                        zh: "期限至 \(Language.zh.long(last))，\(deadline.text.zh)。",
                        en: "Due by \(Language.en.long(last)), \(deadline.text.en)."),
                    kind(deadline)
                )
            }
            if clock.light == .stopped { return stopped(view: view, index: index) }
            let last = leading.deadline(asOf: view.today)
            let statutory = clocks.promised == nil ? nil : clocks.statutory?.deadline(asOf: view.today)
            let name = clocks.promised == nil ? ("法定时限", "statutory limit") : ("承诺时限", "promised limit")
            return (
                LocalizedText(
                    zh: "\(name.0)至 \(Language.zh.long(last))，\(clock.text.zh)"
                        + (statutory.map { "；法定时限至 \(Language.zh.long($0))" } ?? "") + "。",
                    en: "The \(name.1) ends on \(Language.en.long(last)), \(clock.text.en)"
                        + (statutory.map { "; the statutory one on \(Language.en.long($0))" } ?? "") + "."),
                kind(clock)
            )
        }
    }

    private static func stopped(view: CaseView, index: Int) -> (text: LocalizedText, kind: String)? {
        let item = view.state.items[index]
        guard item.isStopped, let stop = item.stops.last, stop.resume == nil else { return nil }
        let told = item.pause?.announced
        let basis = Citation.words(stop.basis, in: .zh)
        return (
            LocalizedText(
                zh: "时限自 \(Language.zh.long(stop.stop)) 起停表（\(stop.reason.title.zh)，\(basis)）"
                    + (told.map { "，已告知申请人预计到 \(Language.zh.long($0))" } ?? "") + "；这段时间不计入审批时限。",
                en: "The clock has stood still since \(Language.en.long(stop.stop)) (\(stop.reason.title.en))"
                    + (told.map { "; the applicant was told to expect it until \(Language.en.long($0))" } ?? "")
                    + ". This time does not count."),
            "stopped"
        )
    }
}
