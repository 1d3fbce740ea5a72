import WorkCalendar

/// Where a date lies in a chart (时间轴): the same width for every day.
///
/// A date is its closing, so a day's column ends at its own x and begins at that of the day before.
public struct TimeScale: Sendable, Hashable {
    /// The closing at x = 0.
    public let origin: LocalDate
    /// Days from the left edge to the right.
    public let days: Int
    public let pixelsPerDay: Double

    /// The widest scale on which the days from one closing to another, with room beside them, fit.
    ///
    /// - Parameters:
    ///   - room: pixels that should not be exceeded; a very long project does, at a quarter of a pixel a day.
    ///   - padding: pixels that are left free on either side at least.
    public init(from start: LocalDate, to finish: LocalDate, room: Double, padding: Double = 18) {
        let length = Double(max(1, finish.days(since: start)))
        let scale = Self.ladder.first { length * $0 + 2 * padding <= room } ?? Self.ladder[Self.ladder.count - 1]
        let margin = Int((padding / scale).rounded(.up))
        origin = start.adding(days: -margin)
        days = max(1, finish.days(since: start)) + 2 * margin
        pixelsPerDay = scale
    }

    /// A scale of a chosen width of a day.
    ///
    /// - Precondition: `pixelsPerDay` > 0.
    package init(from start: LocalDate, to finish: LocalDate, pixelsPerDay: Double, padding: Double) {
        precondition(pixelsPerDay > 0, "a day has a width")
        let margin = Int((padding / pixelsPerDay).rounded(.up))
        origin = start.adding(days: -margin)
        days = max(1, finish.days(since: start)) + 2 * margin
        self.pixelsPerDay = pixelsPerDay
    }

    private static let ladder: [Double] = [32, 24, 16, 12, 8, 6, 5, 4, 3, 2.5, 2, 1.5, 1.25, 1, 0.75, 0.5, 0.25]

    public var width: Double { Double(days) * pixelsPerDay }

    /// The x of a date's closing.
    public func x(_ closing: LocalDate) -> Double { Double(closing.days(since: origin)) * pixelsPerDay }

    /// The days of the chart, the first after its left edge to the last.
    package var columns: ClosedRange<LocalDate> { origin.adding(days: 1)...origin.adding(days: days) }

    /// Runs of days off (非工作日) as half-open ranges of closings: what lies in (from, to] is off.
    ///
    /// Where a weekend would be thinner than two pixels only longer runs are drawn.
    func daysOff(_ calendar: WorkCalendar) -> [(from: LocalDate, to: LocalDate)] {
        var runs: [(from: LocalDate, to: LocalDate)] = []
        for number in columns.lowerBound.dayNumber...columns.upperBound.dayNumber {
            let date = LocalDate(dayNumber: number)
            guard !calendar.isWorking(date) else { continue }
            let before = date.adding(days: -1)
            if runs.last?.to == before {
                runs[runs.count - 1].to = date
            } else {
                runs.append((before, date))
            }
        }
        return drawsWeekends ? runs : runs.filter { $0.to.days(since: $0.from) > 2 }
    }

    package var drawsWeekends: Bool { pixelsPerDay >= 1 }

    /// All days off as one outline, from `top` down.
    package func daysOffPath(_ calendar: WorkCalendar, top: Double, height: Double) -> String {
        daysOff(calendar).map { run in
            let (left, right) = (x(run.from), x(run.to))
            return "M\(left.px) \(top.px)h\((right - left).px)v\(height.px)h\((left - right).px)z"
        }.joined()
    }

    // MARK: The head

    /// A label over the days after `from` up to `to`.
    struct Span {
        let from: LocalDate
        let to: LocalDate
        let text: String
        let isOff: Bool
    }

    /// Years over months, years over quarters, or months over weeks or days.
    func head(_ language: Language, _ calendar: WorkCalendar) -> (upper: [Span], lower: [Span]) {
        switch pixelsPerDay {
        case ..<0.8: (years(language), spans(months: 3) { _, month in "Q\((month + 2) / 3)" })
        case ..<3: (years(language), spans(months: 1) { language.month($1) })
        case ..<16: (monthsOfYears(language), weeks())
        default: (monthsOfYears(language), everyDay(calendar))
        }
    }

    private func years(_ language: Language) -> [Span] {
        spans(months: 12) { year, _ in language.say("\(year)年", "\(year)") }
    }

    private func monthsOfYears(_ language: Language) -> [Span] {
        spans(months: 1) { language.month($1, of: $0) }
    }

    /// Spans of so many months that begin with the year, cut at the edges.
    private func spans(months step: Int, _ text: (_ year: Int, _ month: Int) -> String) -> [Span] {
        var spans: [Span] = []
        var (year, month, _) = columns.lowerBound.components
        month -= (month - 1) % step
        let end = columns.upperBound
        while let first = LocalDate(year: year, month: month, day: 1), first <= end {
            let next = month + step > 12 ? (year + 1, 1) : (year, month + step)
            let last = LocalDate(year: next.0, month: next.1, day: 1).map { $0.adding(days: -1) } ?? end
            spans.append(
                Span(
                    from: max(origin, first.adding(days: -1)), to: min(end, last), text: text(year, month), isOff: false
                ))
            (year, month) = next
        }
        return spans
    }

    /// Weeks by the day of the month of their Monday.
    private func weeks() -> [Span] {
        let first = columns.lowerBound
        var monday = first.adding(days: 1 - first.weekday.rawValue)
        var spans: [Span] = []
        while monday <= columns.upperBound {
            spans.append(
                Span(
                    from: max(origin, monday.adding(days: -1)), to: min(columns.upperBound, monday.adding(days: 6)),
                    text: monday <= origin ? "" : "\(monday.components.day)", isOff: false))
            monday = monday.adding(days: 7)
        }
        return spans
    }

    private func everyDay(_ calendar: WorkCalendar) -> [Span] {
        (columns.lowerBound.dayNumber...columns.upperBound.dayNumber).map { number in
            let date = LocalDate(dayNumber: number)
            return Span(
                from: date.adding(days: -1), to: date, text: "\(date.components.day)", isOff: !calendar.isWorking(date))
        }
    }
}
