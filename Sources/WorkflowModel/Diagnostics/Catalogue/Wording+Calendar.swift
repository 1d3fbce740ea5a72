import WorkCalendar

// Calendars.
extension Wording {
    package static func unreadableDate(_ text: String) -> Wording {
        Wording(
            .unreadableDate,
            message: .init(zh: "“\(short(text))”不是日期", en: "“\(short(text))” is no date"),
            label: .init(zh: "没有这一天", en: "there is no such day"),
            hint: .init(zh: "写成 2026-02-17", en: "write it as 2026-02-17"))
    }

    static func rangeRunsBackwards(from: LocalDate, to: LocalDate) -> Wording {
        Wording(
            .rangeRunsBackwards,
            message: .init(
                zh: "假期从 \(from) 到 \(to)，结束早于开始", en: "the holiday from \(from) to \(to) ends before it starts"),
            label: .init(zh: "早于开始", en: "before the start"),
            hint: .init(zh: "调换 from 和 to", en: "swap from and to"))
    }

    static func makeupOnWorkingDay(_ date: LocalDate) -> Wording {
        Wording(
            .makeupOnWorkingDay,
            message: .init(zh: "\(date) 本来就上班，不用调休", en: "\(date) is worked anyway: nothing to make up"),
            label: .init(zh: "平常的工作日", en: "an ordinary working day"),
            hint: .init(zh: "核对通知里的调休日", en: "look the day up in the notice"))
    }

    static func holidaysOverlap(_ date: LocalDate) -> Wording {
        Wording(
            .holidaysOverlap,
            message: .init(zh: "\(date) 已经在另一个假期里", en: "\(date) is in another holiday already"),
            label: .init(zh: "与另一个假期重叠", en: "overlaps another holiday"),
            hint: .init(zh: "一天只放进一个假期", en: "put each day into one holiday"))
    }

    /// The note at the holiday that a day is in already.
    static func otherHoliday(_ name: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "“\(short(name.zh))”", en: "“\(short(name.en))”")
    }

    static func dateOfAnotherYear(_ date: LocalDate, year: Int) -> Wording {
        Wording(
            .dateOfAnotherYear,
            message: .init(zh: "\(date) 不属于 \(year) 年的通知", en: "\(date) does not belong to the notice for \(year)"),
            label: .init(zh: "别的年份", en: "of another year"),
            hint: .init(
                zh: "移到那一年；元旦假期可以从上年 12 月开始", en: "move it to its year; only New Year may start in the December before")
        )
    }

    static func outsideCoverage(_ date: LocalDate) -> Wording {
        Wording(
            .outsideCoverage,
            message: .init(zh: "\(date) 在日历范围之外", en: "\(date) lies outside the calendar's coverage"),
            label: .init(zh: "范围之外", en: "not covered"),
            hint: .init(zh: "改日期，或扩大 coverage", en: "change the date, or widen coverage"))
    }

    static let weekWithoutWork = Wording(
        .weekWithoutWork,
        message: .init(zh: "一周里没有工作日", en: "the week has no working day"),
        label: .init(zh: "空列表", en: "an empty list"),
        hint: .init(zh: "通常写 week: [mon, tue, wed, thu, fri]", en: "usually week: [mon, tue, wed, thu, fri]"))

    static let coverageOutOfOrder = Wording(
        .coverageOutOfOrder,
        message: .init(zh: "范围的日期次序不对", en: "the dates of coverage are out of order"),
        label: .init(zh: "早于前一个", en: "before the one it follows"),
        hint: .init(zh: "from ≤ published ≤ provisional", en: "from ≤ published ≤ provisional"))

    static func makeupInHoliday(_ date: LocalDate) -> Wording {
        Wording(
            .makeupInHoliday,
            message: .init(zh: "\(date) 既放假又调休上班", en: "\(date) is both a holiday and worked"),
            label: .init(zh: "在假期里", en: "within a holiday"),
            hint: .init(zh: "核对通知，删掉一个", en: "look it up in the notice and delete one"))
    }

    static func publishedYearMissing(_ year: Int) -> Wording {
        Wording(
            .publishedYearMissing,
            message: .init(
                zh: "\(year) 年在已公布的范围内，却没有放假安排", en: "\(year) is covered as published, but its holidays are missing"),
            label: .init(zh: "缺少 \(year) 年", en: "\(year) is missing"),
            hint: .init(zh: "在 years: 下加上 \(year)，或缩小 coverage", en: "add \(year) under years:, or narrow coverage"))
    }

    static func unreadableYear(_ text: String) -> Wording {
        Wording(
            .unreadableYear,
            message: .init(zh: "“\(short(text))”不是年份", en: "“\(short(text))” is no year"),
            label: .init(zh: "应为四位年份", en: "should be a year of four digits"),
            hint: .init(zh: "例如 2026:", en: "such as 2026:"))
    }
}
