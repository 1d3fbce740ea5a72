import WorkCalendar

extension Happening {
    var wordsOfAftermath: LocalizedText? {
        switch self {
        case .commitmentSigned(let signer): text("\(signer) 签署承诺书", "\(signer) signed the promise")
        case .commitmentDeclined: text("申请人选择一般程序", "the applicant chose the ordinary way")
        case .reviewBegan: text("部门开始办理", "the department began")
        case .legalityReviewed(let agrees, let opinion):
            text(
                "法制审核\(agrees ? "同意" : "不同意")：\(opinion)", "legality \(agrees ? "confirmed" : "denied"): \(opinion)")
        case .procedureScheduled(let date): text("特别程序定于 \(date)", "the procedure takes place on \(date)")
        case .responseOverran: text("特别程序未及时安排", "no date was named in time for the procedure")
        case .delivered(let method, let tracking, let recipient):
            text(
                "\(method.title.zh)，\(recipient)\(tracking.map { "，运单号 \($0)" } ?? "")",
                "delivered \(method.title.en) to \(recipient)\(tracking.map { ", number \($0)" } ?? "")")
        case .noticeHandedOut(let notice, let recipient):
            text("窗口向\(recipient)转达\(notice.title.zh)", "\(notice.title.en) handed out to \(recipient)")
        case .deliveryOverran: text("超过送达期限", "not delivered in time")
        case .resultPushed(let department): text("结果推送 \(department)", "result pushed to \(department)")
        case .resultAcknowledged: text("监管部门已接收结果", "the supervising department has received the result")
        case .valuesMeasured(let values, let exceeded):
            text(
                "竣工实测 \(values.map { "\($0.fact) \($0.value.plain)" }.joined(separator: "、"))"
                    + (exceeded.isEmpty ? "，符合控制指标" : "，超出控制指标：\(exceeded.joined(separator: "、"))"),
                "measured as built: \(values.map { "\($0.fact) \($0.value.plain)" }.joined(separator: ", "))"
                    + (exceeded.isEmpty
                        ? ", within the control values"
                        : ", beyond the control value of \(exceeded.joined(separator: ", "))"))
        case .appointmentBooked(_, let purpose, let date, let at, let place):
            text(
                "预约 \(date) \(at) \(purpose.title.zh)\(place.map { "（\($0)）" } ?? "")",
                "booked for \(date) \(at), \(purpose.title.en)\(place.map { " (\($0))" } ?? "")")
        case .appointmentMoved(_, let date, let at): text("改约 \(date) \(at)", "moved to \(date) \(at)")
        case .appointmentCancelled(_, let date, let reason):
            text("取消 \(date) 的预约：\(reason)", "appointment of \(date) cancelled: \(reason)")
        case .appointmentKept(_, let date): text("\(date) 的预约已履约", "appointment of \(date) kept")
        case .appointmentMissed(_, let date): text("\(date) 的预约失约", "appointment of \(date) missed")
        case .firmReminded(let firm, let due):
            text("提醒：中介机构 \(firm) 承诺 \(due) 完成", "reminder: firm \(firm) promised it by \(due)")
        case .firmOverran(let firm, let due):
            text(
                "中介机构 \(firm) 超过承诺的服务时间（\(due)），记入信用",
                "firm \(firm) is past its promised time (\(due)), which goes into its credit record")
        default: wordsOfBreach ?? wordsOfContest
        }
    }

    private var wordsOfBreach: LocalizedText? {
        switch self {
        case .checkDrawn(let seed, let population, let inspectors, let due):
            text(
                "随机抽中核查（\(population) 件，种子 \(seed)），\(inspectors.joined(separator: "、"))，\(due) 前完成",
                "drawn for a check (of \(population), seed \(seed)), \(inspectors.joined(separator: ", ")), by \(due)")
        case .checkOverran: text("事后核查超期", "the later check is overdue")
        case .breachFound(let finding, let rectifyBy):
            text(
                "核查不符承诺：\(finding)\(rectifyBy.map { "，\($0) 前整改" } ?? "")",
                "breach found: \(finding)\(rectifyBy.map { ", to be put right by \($0)" } ?? "")")
        case .breachRectified(let note): text("已整改：\(note)", "put right: \(note)")
        case .rectificationMissed: text("逾期未整改", "not put right in time")
        case .breachRecorded(let kind): text("记入信用：\(kind.title.zh)", "credit record: \(kind.title.en)")
        case .effectSuspended(let cause):
            text("\(cause.title.zh)，中止效力，启动撤销", "effect suspended, to be revoked: \(cause.title.en)")
        case .effectRestored: text("恢复效力", "effect restored")
        default: nil
        }
    }

    private var wordsOfContest: LocalizedText? {
        switch self {
        case .appealFiled(let route, let lastDay, let grounds):
            text(
                "\(route.title.zh)（期限至 \(lastDay)）：\(grounds)", "\(route.title.en) (open until \(lastDay)): \(grounds)")
        case .appealDecided(let route, let outcome, let reason):
            text(
                "\(route.title.zh)结果：\(outcome.title.zh)，\(reason)", "\(route.title.en): \(outcome.title.en), \(reason)"
            )
        case .lapseReminded(let date): text("提醒：\(date) 后失效", "reminder: void after \(date)")
        case .permitExtended(let date, let reason): text("延期至 \(date)：\(reason)", "extended to \(date): \(reason)")
        case .lapsed: text("逾期未使用，自行失效", "nobody made use of it in time: void")
        default: nil
        }
    }

    private func text(_ zh: String, _ en: String) -> LocalizedText { LocalizedText(zh: zh, en: en) }
}

extension BreachKind {
    public var title: LocalizedText {
        switch self {
        case .tolerance: LocalizedText(zh: "容缺承诺未履行", en: "tolerance promise broken")
        case .commitment: LocalizedText(zh: "告知承诺不实", en: "commitment broken")
        case .lateService: LocalizedText(zh: "中介服务逾期", en: "promised service time not kept")
        case .other: LocalizedText(zh: "其他失信", en: "other breach")
        }
    }
}
