import WorkCalendar

/// Reads calendars of working days (工作日历文件).
public enum CalendarFile {
    /// The calendar in a text, or what is wrong with it.
    public static func read(_ text: String, path: String) -> FileReading<WorkCalendar> {
        let report = Report(SourceText(text, path: path))
        guard var reader = CalendarReader(report) else { return report.reading(nil) }
        return report.reading(reader.calendar())
    }
}

private struct CalendarReader {
    let fields: Fields
    let report: Report
    /// Name and place of the holiday of each day off.
    private var holidays: [LocalDate: Holiday] = [:]
    private var makeup: [LocalDate: TextSpan] = [:]
    private var order: [Holiday] = []

    private struct Holiday {
        let name: LocalizedText
        let days: ClosedRange<LocalDate>
        let span: TextSpan
    }

    private struct Coverage {
        let from: LocalDate
        let published: LocalDate
        let provisional: LocalDate
    }

    init?(_ report: Report) {
        let keys = ["calendar", "version", "title", "source", "week", "coverage", "years"]
        guard let fields = Document.fields(.calendar, keys: keys, report) else { return nil }
        self.fields = fields
        self.report = report
    }

    mutating func calendar() -> WorkCalendar? {
        fields.require("version", "title", "source", "week")
        // A calendar without holidays has no end; one with holidays ends where they are no longer published.
        if fields.has("coverage") || fields.has("years") { fields.require("coverage", "years") }
        let id = fields.id("calendar")
        let version = fields.text("version")
        _ = fields.localized("title")
        let source = fields.text("source")
        let week = week()
        let coverage = coverage()
        for year in fields.map("years") ?? [] { read(year, coverage) }
        if let coverage { requireYears(coverage) }
        checkMakeup(week: week)
        guard !report.hasErrors, let id, let version, let source else { return nil }
        let daysOff = holidays.map { WorkCalendar.Exception(date: $0.key, isWorking: false, name: $0.value.name) }
        let workedDays = makeup.keys.map {
            WorkCalendar.Exception(date: $0, isWorking: true, name: nearestHoliday(to: $0))
        }
        return WorkCalendar(
            id: id, version: version, source: source, week: week, published: coverage.map { $0.from...$0.published },
            exceptions: daysOff + workedDays)
    }

    // MARK: Week and coverage

    private func week() -> Set<Weekday> {
        guard let names = fields.texts("week") else { return [] }
        var week: Set<Weekday> = []
        let known = Weekday.allCases.map(\.abbreviation)
        for (name, span) in names {
            guard let day = Weekday(abbreviation: name) else {
                report.add(.unknownWord(name, known: known, nearest: nearestName(to: name, among: known)), at: span)
                continue
            }
            if !week.insert(day).inserted { report.add(.listedTwice(name), at: span) }
        }
        if names.isEmpty { report.add(.weekWithoutWork, at: fields.span("week")) }
        return week
    }

    private func coverage() -> Coverage? {
        guard let node = fields.node("coverage"),
            let coverage = Fields(node, keys: ["from", "published", "provisional"], report: report)
        else { return nil }
        coverage.require("from", "published")
        let provisional = coverage.date("provisional")
        guard let from = coverage.date("from"), let published = coverage.date("published") else { return nil }
        if published < from {
            report.add(.coverageOutOfOrder, at: coverage.span("published"))
            return nil
        }
        if let provisional, provisional < published {
            report.add(.coverageOutOfOrder, at: coverage.span("provisional"))
            return nil
        }
        return Coverage(from: from, published: published, provisional: provisional ?? published)
    }

    /// Every year that is covered as published needs its notice; otherwise its holidays would count as working days.
    private func requireYears(_ coverage: Coverage) {
        let years = Set((fields.map("years") ?? []).compactMap { Int($0.key) })
        for year in coverage.from.year...coverage.published.year where !years.contains(year) {
            report.add(.publishedYearMissing(year), at: fields.keySpan("years"))
        }
    }

    // MARK: Years

    private mutating func read(_ entry: YAMLEntry, _ coverage: Coverage?) {
        guard entry.key.utf8.count == 4, let year = Int(entry.key), year >= 1 else {
            report.add(.unreadableYear(entry.key), at: entry.keySpan)
            return
        }
        guard
            let fields = Fields(
                entry.value, keys: ["notice", "holidays", "makeup"], heading: entry.keySpan, report: report)
        else { return }
        fields.require("notice", "holidays")
        _ = fields.text("notice")
        for node in fields.list("holidays") ?? [] {
            guard let holiday = holiday(node), check(holiday.days.lowerBound, holiday.span, year, coverage),
                check(holiday.days.upperBound, holiday.span, year, coverage)
            else { continue }
            add(holiday)
        }
        for (text, span) in fields.texts("makeup") ?? [] {
            guard let date = LocalDate(text) else {
                report.add(.unreadableDate(text), at: span)
                continue
            }
            guard check(date, span, year, coverage) else { continue }
            if makeup.updateValue(span, forKey: date) != nil { report.add(.listedTwice(text), at: span) }
        }
    }

    private func holiday(_ node: YAMLNode) -> Holiday? {
        guard let fields = Fields(node, keys: ["name", "from", "to"], named: "from", report: report) else { return nil }
        fields.require("name", "from")
        let name = fields.localized("name")
        let from = fields.date("from")
        let to = fields.has("to") ? fields.date("to") : from
        guard let name, let from, let to else { return nil }
        guard from <= to else {
            report.add(.rangeRunsBackwards(from: from, to: to), at: fields.span("to"))
            return nil
        }
        return Holiday(name: name, days: from...to, span: fields.span("from"))
    }

    /// A notice speaks about its year and, for New Year and its make-up days, about the December before.
    private func check(_ date: LocalDate, _ span: TextSpan, _ year: Int, _ coverage: Coverage?) -> Bool {
        let (itsYear, month, _) = date.components
        guard itsYear == year || (itsYear == year - 1 && month == 12) else {
            report.add(.dateOfAnotherYear(date, year: year), at: span)
            return false
        }
        if let coverage, !(coverage.from...coverage.provisional).contains(date) {
            report.add(.outsideCoverage(date), at: span)
            return false
        }
        return true
    }

    private mutating func add(_ holiday: Holiday) {
        order.append(holiday)
        var day = holiday.days.lowerBound
        while day <= holiday.days.upperBound {
            if let other = holidays[day] {
                report.add(
                    .holidaysOverlap(day), at: holiday.span, notes: [(other.span, Wording.otherHoliday(other.name))])
                return
            }
            holidays[day] = holiday
            day = day.adding(days: 1)
        }
    }

    // MARK: Make-up days

    private func checkMakeup(week: Set<Weekday>) {
        for (date, span) in makeup.sorted(by: { $0.key < $1.key }) {
            if let holiday = holidays[date] {
                report.add(
                    .makeupInHoliday(date), at: span, notes: [(holiday.span, Wording.otherHoliday(holiday.name))])
            } else if !week.isEmpty, week.contains(date.weekday) {
                report.add(.makeupOnWorkingDay(date), at: span)
            }
        }
    }

    /// A notice names make-up days together with the holiday that they pay for, which is the nearest one.
    private func nearestHoliday(to date: LocalDate) -> LocalizedText {
        func distance(_ holiday: Holiday) -> Int {
            holiday.days.upperBound < date
                ? date.days(since: holiday.days.upperBound) : holiday.days.lowerBound.days(since: date)
        }
        let nearest = order.min { distance($0) < distance($1) }
        return nearest?.name ?? LocalizedText(zh: "调休", en: "make-up day")
    }
}
