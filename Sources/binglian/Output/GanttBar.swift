import WorkCalendar

/// One row of a text Gantt chart: where a stretch of days lies between two dates.
struct GanttScale {
    let start: LocalDate
    let finish: LocalDate
    let columns: Int

    /// `█` critical, `▓` counted, `░` not counted, `◆` a moment.
    enum Mark: Character {
        case critical = "█"
        case counted = "▓"
        case uncounted = "░"
        case moment = "◆"
    }

    private func column(of date: LocalDate) -> Int {
        let days = max(1, finish.days(since: start))
        return min(columns - 1, max(0, date.days(since: start) * columns / days))
    }

    /// A bar over the days after `from` up to and including `to`.
    func bar(from: LocalDate, to: LocalDate, _ mark: Mark) -> String {
        let left = column(of: from)
        guard from < to else { return String(repeating: " ", count: left) + String(Mark.moment.rawValue) }
        let right = max(left + 1, column(of: to))
        return String(repeating: " ", count: left) + String(repeating: mark.rawValue, count: right - left)
    }

    /// A line with the first day of some months, for the chart's head.
    var head: String {
        var line = [Character](repeating: " ", count: columns)
        var next = 0
        var date = start
        while date <= finish {
            let (year, month, day) = date.components
            let position = column(of: date)
            if day == 1 || date == start, position >= next {
                let text = "\(year)-\(month < 10 ? "0" : "")\(month)"
                guard position + text.count <= columns else { break }
                for (offset, character) in text.enumerated() { line[position + offset] = character }
                next = position + text.count + 1
            }
            date = date.adding(days: 1)
        }
        return String(line)
    }
}
