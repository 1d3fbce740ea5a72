import TestSupport
import Testing
import WorkCalendar

struct DayLedgerTests {
    @Test("The ledger says why 23 February 2024 is day 4: festival, weekend and review did not count, a Sunday did")
    func whyThisDay() throws {
        let review = ClockStop(
            stop: date("2024-02-19"), resume: date("2024-02-21"), reason: .expertReview, basis: "行政许可法 art. 45")
        let clock = ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date("2024-02-09"), limit: .working(3), stops: [review])
        let ledger = clock.ledger(asOf: date("2024-02-24"))
        let festival = LocalizedText(zh: "春节", en: "Spring Festival")
        let expected: [(String, DayKind, DayLedger.Standing, Int)] = [
            ("2024-02-10", .holiday(festival), .dayOff, 0), ("2024-02-11", .holiday(festival), .dayOff, 0),
            ("2024-02-12", .holiday(festival), .dayOff, 0), ("2024-02-13", .holiday(festival), .dayOff, 0),
            ("2024-02-14", .holiday(festival), .dayOff, 0), ("2024-02-15", .holiday(festival), .dayOff, 0),
            ("2024-02-16", .holiday(festival), .dayOff, 0), ("2024-02-17", .holiday(festival), .dayOff, 0),
            ("2024-02-18", .makeUp(festival), .counted, 1), ("2024-02-19", .ordinary, .counted, 2),
            ("2024-02-20", .ordinary, .stopped(review), 2), ("2024-02-21", .ordinary, .stopped(review), 2),
            ("2024-02-22", .ordinary, .counted, 3), ("2024-02-23", .ordinary, .beyondLimit, 4),
            ("2024-02-24", .weekend, .dayOff, 4),
        ]
        #expect(ledger.entries.count == expected.count)
        for (entry, (day, kind, standing, total)) in zip(ledger.entries, expected) {
            #expect(entry.date == date(day))
            #expect(entry.kind == kind)
            #expect(entry.standing == standing)
            #expect(entry.total == total)
        }
        #expect(ledger.total == .working(4) && ledger.total == clock.used(asOf: date("2024-02-24")))
        #expect(try #require(ledger.day(4)).date == date("2024-02-23"))
        #expect(ledger.day(0) == nil && ledger.day(5) == nil)
        #expect(try #require(ledger[date("2024-02-18")]).total == 1)
        #expect(ledger[date("2024-02-09")] == nil && ledger[date("2024-02-25")] == nil)
    }

    @Test("A ledger through a last day that moved shows the days over which it moved, and then the decision")
    func movedAndDecided() {
        let open = ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date("2024-09-24"), limit: .calendar(5))
        #expect(open.ledger(asOf: date("2024-09-24")).entries.isEmpty)
        let foreseen = open.ledger(asOf: date("2024-09-25"), through: date("2024-10-02"))
        #expect(
            foreseen.entries.map(\.standing) == Array(repeating: .counted, count: 5)
                + Array(repeating: .beyondLimit, count: 3))

        let moved = ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date("2024-09-24"), limit: .calendar(12),
            end: date("2024-10-09"))
        let standings = moved.ledger(asOf: date("2024-10-10")).entries.map(\.standing)
        #expect(standings.suffix(5) == [.counted, .moved, .moved, .beyondLimit, .decided])
    }

    @Test("A ledger as of a date takes an open stop to end then, so that it shows how the deadline comes about")
    func foreseen() throws {
        let stop = ClockStop(stop: date("2024-03-05"), reason: .hearing, basis: "行政许可法 art. 45")
        let clock = ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date("2024-03-04"), limit: .working(3), stops: [stop])
        let today = date("2024-03-07")
        let ledger = clock.ledger(asOf: today, through: clock.deadline(asOf: today))
        #expect(try #require(ledger.day(3)).date == clock.deadline(asOf: today))
        #expect(
            ledger.entries.prefix(5).map(\.standing) == [.counted, .stopped(stop), .stopped(stop), .counted, .dayOff])
    }
}
