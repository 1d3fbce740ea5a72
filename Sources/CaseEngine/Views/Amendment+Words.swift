import WorkCalendar

extension CaseMigration {
    /// One sentence: from which version to which, and how much moved.
    var words: LocalizedText {
        var zh = ["改按版本 \(to.version) 办理（原 \(from.version)）：\(reason)"]
        var en = ["goes on under version \(to.version) (was \(from.version)): \(reason)"]
        func add(_ chinese: String, _ english: String, _ ids: [String]) {
            guard !ids.isEmpty else { return }
            zh.append("\(chinese) \(ids.joined(separator: "、"))")
            en.append("\(english) \(ids.joined(separator: ", "))")
        }
        add("改名", "renamed", map.sorted { $0.key < $1.key }.map { "\($0.key)→\($0.value)" })
        add("新增", "added", added)
        add("不再办理", "dropped", dropped)
        add("按原版本", "under the old version", kept.map(\.item))
        add("划转", "handed over", handed.map(\.place))
        if !deadlines.isEmpty {
            zh.append("期限变动 \(deadlines.count) 处")
            en.append("\(deadlines.count) deadline(s) moved")
        }
        return LocalizedText(zh: zh.joined(separator: "；"), en: en.joined(separator: "; "))
    }
}

extension CalendarChange {
    /// One sentence: from which version to which, and how many deadlines moved.
    var words: LocalizedText {
        let provisional = deadlines.contains(where: \.provisional)
        return LocalizedText(
            zh: "工作日历由 \(from) 改为 \(to)（\(after) 之后）：\(reason)；期限变动 \(deadlines.count) 处"
                + (provisional ? "，其中有暂定日期" : ""),
            en: "calendar \(from) is now \(to) (days after \(after)): \(reason); \(deadlines.count) deadline(s) moved"
                + (provisional ? ", some of them provisional" : ""))
    }
}

extension Handover {
    /// Which part of which item.
    public var place: String { participant.map { "\(item).\($0)" } ?? item }
}

extension DeadlineChange {
    /// Which deadline moved from when to when.
    public var words: LocalizedText {
        let place = participant.map { "\(item).\($0)" } ?? item
        let zh = "\(place) \(deadline.title.zh)：\(from.map { "\($0)" } ?? "无") → \(to.map { "\($0)" } ?? "无")"
        let en = "\(place), \(deadline.title.en): \(from.map { "\($0)" } ?? "none") → \(to.map { "\($0)" } ?? "none")"
        return provisional ? LocalizedText(zh: zh + "（暂定）", en: en + " (provisional)") : LocalizedText(zh: zh, en: en)
    }
}

extension Deadline {
    public var title: LocalizedText {
        switch self {
        case .ready: LocalizedText(zh: "可办日", en: "ready")
        case .received: LocalizedText(zh: "收件日", en: "received")
        case .admission: LocalizedText(zh: "补正告知期限", en: "last day to ask for a correction")
        case .blue: LocalizedText(zh: "蓝色提醒日", en: "blue reminder")
        case .yellow: LocalizedText(zh: "黄牌日", en: "yellow card")
        case .promised: LocalizedText(zh: "承诺期限", en: "promised limit")
        case .red: LocalizedText(zh: "红牌日", en: "red card")
        case .statutory: LocalizedText(zh: "法定期限", en: "statutory limit")
        case .statutoryRed: LocalizedText(zh: "法定超期日", en: "statutory red card")
        case .gapReminder: LocalizedText(zh: "容缺提醒日", en: "reminder of promised materials")
        case .promise: LocalizedText(zh: "容缺期限", en: "promised materials")
        case .announced: LocalizedText(zh: "特别程序期限", en: "special procedure")
        case .resumption: LocalizedText(zh: "恢复计时日", en: "clock goes on")
        case .delivery: LocalizedText(zh: "送达期限", en: "delivery")
        case .check: LocalizedText(zh: "核查期限", en: "later check")
        case .rectification: LocalizedText(zh: "整改期限", en: "rectification of a breach")
        case .response: LocalizedText(zh: "响应期限", en: "date of a procedure")
        case .lapse: LocalizedText(zh: "许可失效日", en: "lapse of the permit")
        case .service: LocalizedText(zh: "中介服务期限", en: "promised service time")
        case .lapseReminder: LocalizedText(zh: "失效提醒日", en: "reminder of the lapse")
        }
    }
}

extension MigrationObstacle {
    /// Why not, and what to do.
    public var text: LocalizedText {
        switch self {
        case .goneUnderWay(let item, let status):
            LocalizedText(
                zh: "事项 \(item) 现为“\(status.title.zh)”，新版本对本项目没有它。用 --map 指明由哪个事项承接，或用 --keep 按原版本办完。",
                en:
                    "Item \(item) is “\(status.title.en)”, and the new version does not have it for this project. Say with "
                    + "--map which item takes it up, or let it finish under the old version with --keep.")
        case .otherKind(let item):
            LocalizedText(
                zh: "事项 \(item) 已开始，新版本改变了它的类型。用 --keep 按原版本办完。",
                en: "Item \(item) has begun, and the new version makes it something else. Let it finish with --keep.")
        case .otherProcedure(let item):
            LocalizedText(
                zh: "联合事项 \(item) 的意见已收齐，新版本改变了参与方或程序。用 --keep 按原版本办完。",
                en:
                    "The opinions of joint item \(item) are closed, and the new version has other participants or another "
                    + "procedure. Let it finish with --keep.")
        case .materialGone(let item, let material):
            LocalizedText(
                zh: "事项 \(item) 正在等材料 \(material)，新版本没有列出它。等补齐后再迁移，或用 --keep 按原版本办完。",
                en:
                    "Item \(item) waits for material \(material), which the new version does not list. Migrate when it is "
                    + "supplied, or let the item finish with --keep.")
        case .takenTwice(let id, let items):
            LocalizedText(
                zh: "事项 \(items.joined(separator: "、")) 都在办理，不能同时并入 \(id)。只留一个，其余用 --keep 按原版本办完。",
                en:
                    "Items \(items.joined(separator: ", ")) are all under way and cannot go on as \(id) together. Leave one, "
                    + "and let the others finish with --keep.")
        case .factMissing(let fact):
            LocalizedText(
                zh: "新版本要用项目属性 \(fact)，本项目没有，也没有默认值。给该属性一个默认值。",
                en: "The new version decides by the fact \(fact), which the project has not given. Give it a default.")
        case .passedOver(let item):
            LocalizedText(
                zh: "事项 \(item) 等待全部单项工程，已经开始或者办结，不能再增加单项工程。另行立案。",
                en:
                    "Item \(item) waits for all works and was begun or is over, so none can be added. Open a case of its own."
            )
        case .factUnfit(let fact):
            LocalizedText(
                zh: "项目属性 \(fact) 的值不是新版本所认的。核对新版本对该属性的定义。",
                en: "The project's fact \(fact) is none that the new version knows. Check its declaration there.")
        }
    }
}
