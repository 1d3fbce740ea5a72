import CaseEngine
import WorkCalendar
import WorkflowModel

/// How a clock stands to its limit on a day, in one light and one sentence (时限状态).
public struct DeadlineStanding: Sendable, Hashable {
    public let light: DeadlineLight
    /// The last day that is in time; `nil` while the clock stands still.
    public let last: LocalDate?
    /// What stands beside the light: 剩 3 个工作日.
    public let text: LocalizedText

    /// - Parameters:
    ///   - light: its sign.
    ///   - last: the last day in time.
    ///   - text: what stands beside it.
    public init(light: DeadlineLight, last: LocalDate?, text: LocalizedText) {
        self.light = light
        self.last = last
        self.text = text
    }

    /// A deadline that is a date and nothing more, such as that of an opinion or of an answer.
    ///
    /// Near on its last working day and on the one before.
    public init(_ last: LocalDate, on today: LocalDate, calendar: WorkCalendar) {
        let left = calendar.workingDays(after: today, through: last)
        if last < today {
            let over = calendar.workingDays(after: last, through: today)
            self.init(
                light: .overduePromised, last: last,
                text: Self.days(over, zh: "超期 ", en: "", after: " overdue"))
        } else if left == 0 {
            self.init(light: .near, last: last, text: LocalizedText(zh: "今天到期", en: "due today"))
        } else {
            self.init(
                light: left <= 1 ? .near : .normal, last: last, text: Self.days(left, zh: "剩 ", en: "", after: " left"))
        }
    }

    /// The standing of an item's clocks; `nil` when the item has no clock now.
    public init?(_ clocks: ItemClocks?, of item: ItemState, on today: LocalDate, calendar: WorkCalendar) {
        guard let clocks, clocks.isOpen, let leading = clocks.leading else { return nil }
        if clocks.isStopped {
            let since = item.stops.last?.stop ?? today
            let day = max(0, today.days(since: since))
            var (zh, en) = ("停表第 \(day) 天", "stopped for \(Language.en.days(day * DayAmount.minutesPerDay, .calendar))")
            if let announced = item.pause?.announced {
                let told = calendar.workingDays(after: item.pause?.since ?? since, through: announced)
                zh += "，预计 \(told) 个工作日"
                en += ", \(Language.en.days(told * DayAmount.minutesPerDay)) expected"
            }
            self.init(light: .stopped, last: nil, text: LocalizedText(zh: zh, en: en))
            return
        }
        if let statutory = clocks.statutory, statutory.isOverdue(asOf: today) {
            self.init(
                light: .overdueStatutory, last: statutory.deadline(asOf: today),
                text: Self.amount(statutory.remaining(asOf: today), zh: "超法定期限 ", after: " over the statutory limit"))
            return
        }
        let last = leading.deadline(asOf: today)
        if leading.isOverdue(asOf: today) {
            let isPromised = clocks.promised != nil
            self.init(
                light: isPromised ? .overduePromised : .overdueStatutory, last: last,
                text: Self.amount(
                    leading.remaining(asOf: today), zh: isPromised ? "超承诺期限 " : "超法定期限 ",
                    after: isPromised ? " over the promised limit" : " over the statutory limit"))
            return
        }
        let remaining = leading.remaining(asOf: today)
        let isNear = Self.isNear(leading, on: today)
        let text =
            remaining.wholeDaysRoundedUp <= 0
            ? LocalizedText(zh: "今天到期", en: "due today") : Self.amount(remaining, zh: "剩 ", after: " left")
        self.init(light: isNear ? .near : .normal, last: last, text: text)
    }

    /// Whether nine tenths of a running clock's limit are used, or no more than a day of it is left.
    static func isNear(_ clock: ApprovalClock, on day: LocalDate) -> Bool {
        clock.remaining(asOf: day).minutes <= DayAmount.minutesPerDay
            || clock.used(asOf: day).minutes * 10 >= clock.limit(asOf: day).minutes * 9
    }

    /// As the days say on which a light changes: what lists have of a clock.
    ///
    /// - Parameters:
    ///   - unit: that of the limit that the deadline is told by.
    ///   - statutory: that of the statutory limit.
    ///   - stopped: since when the clock stands still.
    ///   - calendar: what working days are counted on.
    public init?(
        _ dates: LightDates, unit: DayUnit, statutory: DayUnit, stopped: LocalDate?, on today: LocalDate,
        calendar: WorkCalendar
    ) {
        guard let light = dates.light(on: today) else { return nil }
        func count(after first: LocalDate, through last: LocalDate, _ unit: DayUnit) -> DayAmount {
            let days =
                unit == .working ? calendar.workingDays(after: first, through: last) : last.days(since: first)
            return DayAmount(minutes: days * DayAmount.minutesPerDay, unit: unit)
        }
        let last = dates.late?.adding(days: -1)
        switch light {
        case .stopped:
            let day = max(0, today.days(since: stopped ?? today))
            let words = Language.en.days(day * DayAmount.minutesPerDay, .calendar)
            self.init(light: .stopped, last: nil, text: LocalizedText(zh: "停表第 \(day) 天", en: "stopped for \(words)"))
        case .overdueStatutory:
            let past = dates.over?.adding(days: -1) ?? today
            let amount = count(after: past, through: today, statutory)
            self.init(
                light: light, last: past,
                text: Self.amount(amount, zh: "超法定期限 ", after: " over the statutory limit"))
        case .overduePromised:
            let amount = count(after: last ?? today, through: today, unit)
            self.init(light: light, last: last, text: Self.amount(amount, zh: "超期 ", after: " overdue"))
        case .near, .normal:
            guard let last else { return nil }
            let left = count(after: today, through: last, unit)
            self.init(
                light: light, last: last,
                text: left.minutes <= 0
                    ? LocalizedText(zh: "今天到期", en: "due today") : Self.amount(left, zh: "剩 ", after: " left"))
        }
    }

    private static func days(_ count: Int, zh: String, en: String, after: String) -> LocalizedText {
        let minutes = count * DayAmount.minutesPerDay
        return LocalizedText(zh: zh + Language.zh.days(minutes), en: en + Language.en.days(minutes) + after)
    }

    private static func amount(_ amount: DayAmount, zh: String, after: String) -> LocalizedText {
        let minutes = abs(amount.minutes)
        return LocalizedText(
            zh: zh + Language.zh.days(minutes, amount.unit), en: Language.en.days(minutes, amount.unit) + after)
    }
}
