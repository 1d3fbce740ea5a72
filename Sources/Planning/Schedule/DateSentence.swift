import WorkCalendar
import WorkflowModel

/// Why an activity has its dates (为什么是这一天), in sentences: what it waited for, what it takes, and which days do not
/// count.
public struct DateSentence: Sendable, Hashable {
    /// What set the start.
    public let start: LocalizedText
    /// How the finish follows from it.
    public let finish: LocalizedText
    /// The ids of the activities that set the start, with their titles, for links.
    public let drivers: [Driver]

    public struct Driver: Sendable, Hashable {
        public let id: String
        public let item: String
        public let title: LocalizedText
    }

    /// - Parameter rows: all rows of the schedule, the row itself among them.
    public init(_ row: ScheduledRow, among rows: [ScheduledRow], on calendar: WorkCalendar) {
        let byID = Dictionary(rows.map { ($0.activity.id, $0) }, uniquingKeysWith: { first, _ in first })
        let before = row.drivenBy.compactMap { byID[$0] }
        drivers = before.map { .init(id: $0.activity.id, item: $0.activity.item, title: $0.activity.title) }
        let links = Dictionary(row.predecessors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        start = Self.start(of: row, after: before, links)
        finish = Self.finish(of: row, on: calendar)
    }

    // MARK: The start

    private static func start(
        of row: ScheduledRow, after before: [ScheduledRow], _ links: [String: PlanReport.Link]
    ) -> LocalizedText {
        let date = row.start
        switch row.standing {
        case .finished:
            return LocalizedText(
                zh: "\(Language.zh.long(date))已经开始，这是事实，不是推算。",
                en: "It began on \(Language.en.long(date)): a fact, not a forecast.")
        case .running:
            return LocalizedText(
                zh: "\(Language.zh.long(date))开始，正在办理。", en: "It began on \(Language.en.long(date)) and goes on.")
        case .ahead: break
        }
        guard !before.isEmpty else {
            return LocalizedText(
                zh: "没有需要等待的事项，自\(Language.zh.long(date))日终起即可开始。",
                en: "It waits for nothing and can begin at the closing of \(Language.en.long(date)).")
        }
        let reasons = before.map { driver in reason(driver, links[driver.activity.id]) }
        let others = row.predecessors.count - before.count
        let rest = LocalizedText(
            zh: others > 0 ? "另外 \(others) 个前置事项更早具备。" : "",
            en: others > 0 ? " \(others) other predecessor\(others == 1 ? " is" : "s are") ready earlier." : "")
        return LocalizedText(
            zh: "等\(reasons.map(\.zh).joined(separator: "和"))，因此自\(Language.zh.long(date))日终起开始。\(rest.zh)",
            en: "It waits for \(reasons.map(\.en).joined(separator: " and ")), so it begins at the closing of "
                + "\(Language.en.long(date)).\(rest.en)")
    }

    private static func reason(_ driver: ScheduledRow, _ link: PlanReport.Link?) -> LocalizedText {
        let title = driver.activity.title
        let type = link?.type ?? .finishToStart
        let (date, zh, en) =
            type == .finishToStart || type == .finishToFinish
            ? (driver.finish, "完成", "to finish") : (driver.start, "开始", "to begin")
        var text = LocalizedText(
            zh: "“\(title.zh)”\(zh)（\(date)）", en: "‘\(title.en)’ \(en) (\(date))")
        if let lag = link?.lag, lag.minutes != 0 {
            let (zh, en) = (Language.zh.days(abs(lag.minutes), lag.unit), Language.en.days(abs(lag.minutes), lag.unit))
            text =
                lag.minutes > 0
                ? LocalizedText(zh: "\(text.zh)后 \(zh)", en: "\(text.en) and \(en) more")
                : LocalizedText(zh: "\(text.zh)前 \(zh)", en: "\(en) before \(text.en)")
        }
        return text
    }

    // MARK: The finish

    private static func finish(of row: ScheduledRow, on calendar: WorkCalendar) -> LocalizedText {
        guard row.start < row.finish else {
            return LocalizedText(zh: "不占用时间。", en: "It takes no time.")
        }
        let days = calendar.workingDays(after: row.start, through: row.finish)
        let all = row.finish.days(since: row.start)
        var zh = "\(row.start) 之后到 \(row.finish) 共 \(Language.zh.days(all * DayAmount.minutesPerDay, .calendar))"
        var en =
            "From after \(row.start) through \(row.finish) there are "
            + Language.en.days(all * DayAmount.minutesPerDay, .calendar)
        zh += "，其中 \(Language.zh.days(days * DayAmount.minutesPerDay))"
        en += ", \(Language.en.days(days * DayAmount.minutesPerDay)) of them"
        let off = all - days
        if off > 0 {
            let names = holidays(after: row.start, through: row.finish, on: calendar)
            let inZh = names.isEmpty ? "" : "，含\(names.map(\.zh).joined(separator: "、"))"
            let inEn = names.isEmpty ? "" : ", \(names.map(\.en).joined(separator: ", ")) among them"
            zh += "；跳过 \(off) 个非工作日\(inZh)"
            en += "; \(off) day\(off == 1 ? "" : "s") off \(off == 1 ? "is" : "are") skipped\(inEn)"
        }
        let stopped = row.stops.reduce(0) { $0 + calendar.workingDays(after: $1.lowerBound, through: $1.upperBound) }
        if stopped > 0 {
            zh += "；停表 \(Language.zh.days(stopped * DayAmount.minutesPerDay))"
            en += "; the clock stood still for \(Language.en.days(stopped * DayAmount.minutesPerDay))"
        }
        if row.standing != .finished, row.duration.minutes > 0 {
            zh += "。可能用时 \(Language.zh.days(row.duration.minutes, row.duration.unit))"
            en += ". Its likely duration is \(Language.en.days(row.duration.minutes, row.duration.unit))"
        }
        return LocalizedText(zh: zh + "。", en: en + ".")
    }

    private static func holidays(
        after start: LocalDate, through finish: LocalDate, on calendar: WorkCalendar
    ) -> [LocalizedText] {
        var names: [LocalizedText] = []
        for day in calendar.exceptions where start < day.date && day.date <= finish && !day.isWorking {
            if !names.contains(day.name) { names.append(day.name) }
        }
        return names
    }
}
