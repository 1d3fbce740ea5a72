import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import CaseEngine

@Suite("When the window serves")
struct ServiceCalendarTests {
    static let office = ServiceCalendar(
        hours: ServiceHours("09:00-17:30")!, longer: [.wednesday: ServiceHours("09:00-19:30")!],
        extra: [.saturday: ServiceHours("09:00-12:00")!],
        days: ["2024-05-02": ServiceHours("10:00-11:00")!, "2024-05-08": nil])

    static let calendar = WorkCalendar(
        id: "test", version: "1", source: "test", week: [.monday, .tuesday, .wednesday, .thursday, .friday],
        published: nil,
        exceptions: [
            .init(date: "2024-05-01", isWorking: false, name: both("holiday")),
            .init(date: "2024-05-02", isWorking: false, name: both("holiday")),
            .init(date: "2024-05-04", isWorking: false, name: both("holiday")),
            .init(date: "2024-05-11", isWorking: true, name: both("make-up")),
        ])

    @Test(
        "What comes in counts as received on the day on which the window serves next",
        arguments: [
            ("2024-04-30", "17:30", "2024-04-30"), ("2024-04-30", "17:31", "2024-05-02"),
            ("2024-04-30", "00:00", "2024-04-30"), ("2024-05-01", nil, "2024-05-02"),
            // A Saturday that is a holiday is no day of service; another one is; a make-up day has a working day's hours.
            ("2024-05-04", "10:00", "2024-05-06"), ("2024-05-18", "12:00", "2024-05-18"),
            ("2024-05-18", "12:01", "2024-05-20"), ("2024-05-11", "17:00", "2024-05-11"),
            ("2024-05-15", "19:30", "2024-05-15"), ("2024-05-16", "19:30", "2024-05-17"),
            // Closed for once.
            ("2024-05-08", "10:00", "2024-05-09"),
        ] as [(LocalDate, String?, LocalDate)])
    func received(day: LocalDate, time: String?, expected: LocalDate) {
        let found = Self.office.received(on: day, at: time.map { TimeOfDay($0)! }, Self.calendar)
        #expect(found == expected)
    }

    @Test("What counts as received is never before it came in, and always on a day of service")
    func always() {
        for number in 0..<400 {
            let day = LocalDate("2024-04-01").adding(days: number)
            for minutes in [0, 539, 720, 1050, 1170, 1440] {
                let received = Self.office.received(on: day, at: TimeOfDay(minutes: minutes), Self.calendar)
                #expect(received >= day)
                #expect(Self.office.hours(on: received, Self.calendar) != nil, "\(day) \(minutes)")
                var between = day.adding(days: 1)
                while between < received {
                    #expect(Self.office.hours(on: between, Self.calendar) == nil, "\(day) \(minutes)")
                    between = between.adding(days: 1)
                }
            }
        }
    }

    @Test("It is read back as it was written")
    func coding() throws {
        let data = try JSONEncoder().encode(Self.office)
        #expect(try JSONDecoder().decode(ServiceCalendar.self, from: data) == Self.office)
    }

    @Test(
        "Hours that are none are refused",
        arguments: ["", "9:00-17:30", "09:00", "17:30-09:00", "09:00-24:01", "09:60-10:00"])
    func hours(text: String) { #expect(ServiceHours(text) == nil) }
}
