import Foundation
import TestSupport
import WorkCalendar

/// The published days of 2018 to 2026, read from the fixture.
enum ChineseCalendar {
    struct Row {
        let date: LocalDate
        let isWorking: Bool
        let name: LocalizedText
    }

    static let rows: [Row] = {
        let lines = try! ProjectFiles.text("Fixtures/calendars/calendar-cn.csv").split(whereSeparator: \.isNewline)
        return lines.dropFirst().map { line in
            let fields = line.split(separator: ",").map(String.init)
            let words = fields[2].replacingOccurrences(of: " 调休上班", with: "").split(separator: " ", maxSplits: 1)
            return Row(
                date: LocalDate(fields[0])!, isWorking: fields[1] == "makeup_workday",
                name: LocalizedText(zh: String(words[0]), en: String(words[1])))
        }
    }()

    static let calendar = WorkCalendar(
        id: "cn", version: "2026.1", source: "Fixtures/calendars/calendar-cn.csv",
        week: WorkCalendar.weekdays.week, published: date("2018-01-01")...date("2026-12-31"),
        exceptions: rows.map { .init(date: $0.date, isWorking: $0.isWorking, name: $0.name) })
}

/// A date that is known to exist.
func date(_ text: String) -> LocalDate { LocalDate(text)! }

/// The dates of a half-open range (after, through], one by one.
func days(after: LocalDate, through: LocalDate) -> [LocalDate] {
    guard after < through else { return [] }
    return (after.dayNumber + 1...through.dayNumber).map { LocalDate(dayNumber: $0) }
}
