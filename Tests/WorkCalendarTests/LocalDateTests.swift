import Foundation
import Testing
import WorkCalendar

struct LocalDateTests {
    @Test("Every day from 1900 to 2200 has the year, month, day and weekday that the Gregorian calendar gives it")
    func agreesWithFoundation() {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = TimeZone(secondsFromGMT: 0)!
        var wrong: [LocalDate] = []
        for day in days(after: date("1899-12-31"), through: date("2200-12-31")) {
            let parts = gregorian.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day.dayNumber) * 86_400))
            let (year, month, dayOfMonth) = day.components
            let isoWeekday = (parts.weekday! + 5) % 7 + 1
            if year != parts.year || month != parts.month || dayOfMonth != parts.day
                || day.weekday.rawValue != isoWeekday
            {
                wrong.append(day)
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("A date, its parts and its text are three forms of one thing, for every day of 400 years")
    func roundTrips() {
        var wrong: [LocalDate] = []
        for day in days(after: date("1799-12-31"), through: date("2199-12-31")) {
            let (year, month, dayOfMonth) = day.components
            if LocalDate(year: year, month: month, day: dayOfMonth) != day || LocalDate(day.description) != day {
                wrong.append(day)
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("Adding days and taking the distance undo each other, also across year 1 and year 9999")
    func arithmeticInverts() {
        for start in [LocalDate.earliest, date("1969-12-31"), date("2024-02-29"), .latest] {
            for days in [-800_000, -366, -1, 0, 1, 28, 365, 800_000] {
                let moved = start.adding(days: days)
                #expect(moved.days(since: start) == days)
                #expect(moved.adding(days: -days) == start)
                #expect((moved > start) == (days > 0))
            }
        }
    }

    @Test(
        "The edges of the calendar",
        arguments: [("0001-01-01", -719_162), ("1970-01-01", 0), ("9999-12-31", 2_932_896)])
    func edges(text: String, dayNumber: Int) {
        #expect(LocalDate(text)?.dayNumber == dayNumber)
        #expect(LocalDate(dayNumber: dayNumber).description == text)
    }

    @Test("What lies beyond the years that can be read is printed so that it is not read as another date")
    func beyond() {
        #expect(LocalDate.latest.adding(days: 1).description == "+10000-01-01")
        #expect(LocalDate.earliest.adding(days: -1).description == "0000-12-31")
        #expect(LocalDate.earliest.adding(days: -367).description == "-0001-12-31")
        #expect(LocalDate("+10000-01-01") == nil)
        #expect(LocalDate("0000-12-31") == nil)
    }

    @Test(
        "Only ISO 8601 dates that exist are read",
        arguments: [
            "", "2024", "2024-2-08", "2024-02-8", "24-02-08", "2024/02/08", "2024-02-08 ", " 2024-02-08", "2024-02-30",
            "2023-02-29", "1900-02-29", "2024-00-10", "2024-13-01", "2024-04-31", "2024-01-00", "0000-01-01",
            "-024-01-01",
            "2024-02-0８", "２０２４-02-08", "2024-02-08T00:00", "20240208",
        ])
    func refused(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test("A date is a plain text in JSON")
    func json() throws {
        let data = try JSONEncoder().encode([date("2024-02-08")])
        #expect(String(decoding: data, as: UTF8.self) == #"["2024-02-08"]"#)
        #expect(try JSONDecoder().decode([LocalDate].self, from: data) == [date("2024-02-08")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([LocalDate].self, from: Data(#"["2024-02-30"]"#.utf8))
        }
    }

    @Test("Weekdays are read by the names that calendar files use")
    func weekdays() {
        for day in Weekday.allCases { #expect(Weekday(abbreviation: day.abbreviation) == day) }
        #expect(Weekday(abbreviation: "Mon") == nil)
        #expect(LocalDate(dayNumber: 0).weekday == .thursday)
        #expect(date("2024-02-08").weekday == .thursday)
        #expect(LocalDate.earliest.weekday == .monday)
    }
}
