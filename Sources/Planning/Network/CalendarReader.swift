import Scheduling
import WorkCalendar
import WorkflowModel

/// Reads one calendar of a network file: hours of weekdays, and dates that depart from them.
struct CalendarReader {
    let report: Report

    init(_ report: Report) { self.report = report }

    func calendar(_ node: YAMLNode) -> (id: String, place: TextSpan, time: WorkingTime)? {
        guard let fields = Fields(node, keys: ["id", "title", "week", "exceptions"], named: "id", report: report) else {
            return nil
        }
        fields.require("id")
        guard let id = fields.text("id") else { return nil }
        let week = week(fields)
        let exceptions = exceptions(fields)
        guard let week else { return nil }
        guard week.values.contains(where: { !$0.isEmpty }) else {
            report.add(.calendarWithoutWork(id), at: fields.has("week") ? fields.keySpan("week") : fields.heading)
            return nil
        }
        return (id, fields.span("id"), WorkingTime(week: week, exceptions: exceptions))
    }

    // MARK: Week

    private static let days: [String: Weekday] = {
        var days = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0.abbreviation, $0) })
        for day in Weekday.allCases { days["\(day)"] = day }
        return days
    }()

    private func week(_ fields: Fields) -> [Weekday: [Range<Int>]]? {
        guard fields.has("week") else { return [:] }
        guard let entries = fields.map("week") else { return nil }
        var week: [Weekday: [Range<Int>]] = [:]
        for entry in entries {
            let known = Weekday.allCases.map(\.abbreviation)
            guard let day = Self.days[entry.key] else {
                report.add(
                    .unknownWord(
                        entry.key, known: known, nearest: nearestName(to: entry.key, among: Self.days.keys.sorted())),
                    at: entry.keySpan)
                return nil
            }
            if week[day] != nil { report.add(.listedTwice(entry.key), at: entry.keySpan) }
            guard let hours = hours(entry.value) else { return nil }
            week[day] = hours
        }
        return week
    }

    /// A list of periods, `[["08:00", "12:00"], …]` or `["08:00-12:00", …]`.
    private func hours(_ node: YAMLNode) -> [Range<Int>]? {
        guard case .list(let nodes) = node.content else {
            report.add(.wrongForm(.list, found: node), at: node.span)
            return nil
        }
        var hours: [Range<Int>] = []
        for node in nodes {
            guard let period = period(node) else {
                report.add(.unreadableHours, at: node.span)
                return nil
            }
            hours.append(period)
        }
        return hours
    }

    private func period(_ node: YAMLNode) -> Range<Int>? {
        var ends: [String]
        switch node.content {
        case .list(let nodes): ends = nodes.compactMap(\.text)
        case .scalar(let text, _): ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        case .map: return nil
        }
        guard ends.count == 2, let from = ClockTime(Array(ends[0].utf8)[...]),
            let to = ClockTime(Array(ends[1].utf8)[...]),
            from.minute < to.minute
        else { return nil }
        return from.minute..<to.minute
    }

    // MARK: Exceptions

    /// Longest range of one exception.
    private static let longestRange = 3660

    private func exceptions(_ fields: Fields) -> [LocalDate: [Range<Int>]] {
        var exceptions: [LocalDate: [Range<Int>]] = [:]
        for node in fields.has("exceptions") ? fields.list("exceptions") ?? [] : [] {
            guard let own = Fields(node, keys: ["date", "from", "to", "hours", "title"], report: report),
                let days = days(own)
            else { continue }
            var hours: [Range<Int>] = []
            if own.has("hours"), let node = own.node("hours") { hours = self.hours(node) ?? [] }
            for number in days {
                let day = LocalDate(dayNumber: number)
                if exceptions.updateValue(hours, forKey: day) != nil {
                    report.add(.dateExceptedTwice(day), at: own.span(own.has("date") ? "date" : "from"))
                    break
                }
            }
        }
        return exceptions
    }

    private func days(_ fields: Fields) -> ClosedRange<Int>? {
        if fields.has("date") {
            for key in ["from", "to"] where fields.has(key) {
                report.add(.unknownKey(key, known: ["date", "hours"], nearest: nil), at: fields.keySpan(key))
            }
            return date(fields, "date").map { $0.dayNumber...$0.dayNumber }
        }
        guard fields.has("from") || fields.has("to") else {
            fields.require("date")
            return nil
        }
        fields.require("from", "to")
        guard let from = date(fields, "from"), let to = date(fields, "to") else { return nil }
        guard from <= to, to.days(since: from) < Self.longestRange else {
            report.add(.spanOutOfRange("\(from) … \(to)"), at: fields.span("to"))
            return nil
        }
        return from.dayNumber...to.dayNumber
    }

    private func date(_ fields: Fields, _ key: String) -> LocalDate? {
        guard let text = fields.text(key) else { return nil }
        guard let instant = WrittenInstant(text), instant.isDate else {
            report.add(.unreadableInstant(text), at: fields.span(key))
            return nil
        }
        return LocalDate(dayNumber: instant.minute.quotientAndRemainder(dividingBy: LocalDate.minutesPerDay).quotient)
    }
}

extension WorkingTime {
    /// Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00: a day of 480 minutes.
    static let standard: WorkingTime = {
        let hours = [8 * 60..<12 * 60, 13 * 60..<17 * 60]
        let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        return WorkingTime(week: Dictionary(uniqueKeysWithValues: days.map { ($0, hours) }))
    }()
}

extension LocalDate {
    /// Minutes of a wall-clock day.
    static let minutesPerDay = 1440
}
