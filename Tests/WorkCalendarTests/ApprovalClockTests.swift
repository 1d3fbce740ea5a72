import Foundation
import TestSupport
import Testing
import WorkCalendar

struct ApprovalClockTests {
    private func clock(
        _ admitted: String, _ limit: DayAmount, stops: [ClockStop] = [], extensions: [ClockExtension] = [],
        end: String? = nil, endsOnWorkingDay: Bool = true
    ) -> ApprovalClock {
        ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date(admitted), limit: limit, stops: stops,
            extensions: extensions, end: end.map(date), endsOnWorkingDay: endsOnWorkingDay)
    }

    private func review(_ stop: String, _ resume: String?) -> ClockStop {
        ClockStop(stop: date(stop), resume: resume.map(date), reason: .expertReview, basis: "行政许可法 art. 45")
    }

    @Test("The day of admission is day 0, and a decision on day n has used n days")
    func dayZero() {
        let clock = clock("2024-03-04", .working(5))
        #expect(clock.start == date("2024-03-04"))
        #expect(clock.used(asOf: date("2024-03-04")) == .zero)
        #expect(clock.used(asOf: date("2024-03-07")) == .working(3))
        #expect(clock.remaining(asOf: date("2024-03-07")) == .working(2))
        #expect(clock.used(asOf: date("2024-03-10")) == .working(4))
        #expect(clock.deadline == date("2024-03-11"))
        #expect(clock.used(asOf: date("2024-02-01")) == .zero)
    }

    @Test("A decision on the day of admission uses no day, and the clock never runs")
    func instant() {
        let clock = clock("2024-03-04", .working(1), end: "2024-03-04")
        #expect(clock.used(asOf: date("2024-04-01")) == .zero)
        #expect(clock.remaining(asOf: date("2024-04-01")) == .working(1))
        #expect(!clock.isRunning(on: date("2024-03-04")) && !clock.isRunning(on: date("2024-03-05")))
        #expect(!clock.isOverdue(asOf: date("2024-04-01")))
    }

    @Test("What arrives on a day off counts as received on the next working day, and that is day 0")
    func receivedOnDayOff() {
        let saturday = clock("2024-02-10", .working(2))
        #expect(saturday.admitted == date("2024-02-10"))
        #expect(saturday.start == date("2024-02-18"))
        #expect(saturday.deadline == date("2024-02-20"))
        let decidedAtOnce = clock("2024-03-09", .working(2), end: "2024-03-09")
        #expect(decidedAtOnce.used(asOf: date("2024-03-20")) == .zero)
        #expect(decidedAtOnce.deadline == date("2024-03-13"))
    }

    @Test("An expert review takes its days off the limit: the day it begins still counts, the day it ends does not")
    func stop() {
        let clock = clock("2024-03-04", .working(5), stops: [review("2024-03-05", "2024-03-12")])
        #expect(clock.isRunning(on: date("2024-03-05")))
        #expect(!clock.isRunning(on: date("2024-03-06")) && !clock.isRunning(on: date("2024-03-12")))
        #expect(clock.isRunning(on: date("2024-03-13")) && clock.isRunning(on: date("2024-03-16")))
        #expect(clock.stop(on: date("2024-03-12"))?.reason == .expertReview)
        #expect(clock.used(asOf: date("2024-03-12")) == .working(1))
        #expect(clock.elapsed(asOf: date("2024-03-12")) == .working(6))
        #expect(clock.stopped(asOf: date("2024-03-12")) == .working(5))
        #expect(clock.deadline == date("2024-03-18"))
    }

    @Test("A stop that begins and ends on one day, or ends before it begins, costs nothing")
    func emptyStop() {
        let plain = clock("2024-03-04", .working(5))
        for stop in [review("2024-03-05", "2024-03-05"), review("2024-03-06", "2024-03-05")] {
            let clock = clock("2024-03-04", .working(5), stops: [stop])
            #expect(clock.deadline == plain.deadline)
            #expect(clock.isRunning(on: date("2024-03-05")) && clock.isRunning(on: date("2024-03-06")))
        }
    }

    @Test("Two reasons to stand still on one day cost that day once")
    func overlappingStops() {
        let hearing = ClockStop(
            stop: date("2024-03-06"), resume: date("2024-03-14"), reason: .hearing, basis: "行政许可法 art. 45")
        let clock = clock("2024-03-04", .working(5), stops: [hearing, review("2024-03-05", "2024-03-12")])
        #expect(clock.stopped(asOf: date("2024-03-31")) == .working(7))
        #expect(clock.deadline == date("2024-03-20"))
        #expect(clock.stop(on: date("2024-03-08"))?.reason == .expertReview)
        #expect(clock.stop(on: date("2024-03-14"))?.reason == .hearing)
    }

    @Test("While a stop is open there is no last day, and as of each day it is as if the clock resumed that day")
    func openStop() {
        let clock = clock("2024-03-04", .working(5), stops: [review("2024-03-06", nil)])
        #expect(clock.deadline == nil)
        #expect(clock.deadline(asOf: date("2024-03-06")) == date("2024-03-11"))
        #expect(clock.deadline(asOf: date("2024-03-08")) == date("2024-03-13"))
        #expect(clock.deadline(asOf: date("2024-03-10")) == date("2024-03-13"))
        #expect(clock.deadline(asOf: date("2024-03-15")) == date("2024-03-20"))
        #expect(clock.remaining(asOf: date("2030-01-01")) == .working(3))
        let tooLate = self.clock("2024-03-04", .working(2), stops: [review("2024-03-06", nil)])
        #expect(tooLate.deadline == date("2024-03-06"))
    }

    @Test("As of a date, what is dated later is not known: neither the end of a stop nor an extension")
    func asOf() {
        let clock = clock(
            "2024-03-04", .working(5), stops: [review("2024-03-05", "2024-03-12")],
            extensions: [ClockExtension(amount: .working(2), granted: date("2024-03-15"), reason: "complex case")])
        #expect(clock.deadline(asOf: date("2024-03-05")) == date("2024-03-11"))
        #expect(clock.deadline(asOf: date("2024-03-07")) == date("2024-03-13"))
        #expect(clock.deadline(asOf: date("2024-03-14")) == date("2024-03-18"))
        #expect(clock.deadline(asOf: date("2024-03-15")) == date("2024-03-20"))
        #expect(clock.limit(asOf: date("2024-03-14")) == .working(5))
        #expect(clock.limit(asOf: date("2024-03-15")) == .working(7))
        #expect(clock.deadline == date("2024-03-20"))
    }

    @Test("Twenty working days and an extension of ten end thirty working days after admission")
    func extended() {
        let extensions = [ClockExtension(amount: .working(10), granted: date("2023-10-20"), reason: "复杂")]
        let clock = clock("2023-09-28", .working(20), extensions: extensions)
        #expect(clock.deadline(asOf: date("2023-10-19")) == date("2023-11-01"))
        #expect(clock.deadline == date("2023-11-15"))
        #expect(clock.isOverdue(asOf: date("2023-11-16")) && !clock.isOverdue(asOf: date("2023-11-15")))
    }

    @Test("A quarter of a working day is in time until the next closing, and parts of days add up before rounding")
    func fractions() {
        let quarter = DayAmount(minutes: 120, unit: .working)
        let clock = clock("2024-03-08", quarter)
        #expect(clock.deadline == date("2024-03-11"))
        #expect(clock.remaining(asOf: date("2024-03-10")) == quarter)
        #expect(clock.remaining(asOf: date("2024-03-11")) == DayAmount(minutes: -360, unit: .working))
        #expect(!clock.isOverdue(asOf: date("2024-03-11")) && clock.isOverdue(asOf: date("2024-03-12")))
        let grant = ClockExtension(
            amount: DayAmount(minutes: 360, unit: .working), granted: date("2024-03-08"), reason: "site visit")
        #expect(self.clock("2024-03-08", quarter, extensions: [grant]).deadline == date("2024-03-11"))
    }

    @Test("A limit of nothing ends on day 0")
    func nothing() {
        let clock = clock("2024-03-09", .zero)
        #expect(clock.deadline == date("2024-03-11"))
        #expect(!clock.isOverdue(asOf: date("2024-03-11")) && clock.isOverdue(asOf: date("2024-03-12")))
    }

    @Test("Seven calendar days that end on National Day end on the day after the festival, unless the rule is strict")
    func calendarDays() {
        let moved = clock("2024-09-24", .calendar(7))
        #expect(moved.deadline == date("2024-10-08"))
        #expect(moved.used(asOf: date("2024-10-01")) == .calendar(7))
        #expect(moved.remaining(asOf: date("2024-10-01")) == .calendar(7))
        #expect(moved.remaining(asOf: date("2024-10-08")) == .calendar(0))
        #expect(!moved.isOverdue(asOf: date("2024-10-08")) && moved.isOverdue(asOf: date("2024-10-09")))
        let strict = clock("2024-09-24", .calendar(7), endsOnWorkingDay: false)
        #expect(strict.deadline == date("2024-10-01"))
        #expect(strict.remaining(asOf: date("2024-10-08")) == .calendar(-7))
    }

    @Test("A Sunday worked in exchange is a last day like any other")
    func makeUpDayIsLast() {
        #expect(clock("2024-09-26", .calendar(3)).deadline == date("2024-09-29"))
    }

    @Test("A stop of a limit in calendar days takes off plain days, and a last day does not move into a stop")
    func calendarStop() {
        let stopped = clock("2024-03-04", .calendar(4), stops: [review("2024-03-05", "2024-03-11")])
        #expect(stopped.stopped(asOf: date("2024-03-31")) == .calendar(6))
        #expect(stopped.deadline == date("2024-03-14"))
        // The fifth day is Saturday the ninth; Monday to Wednesday are stopped.
        let moving = clock("2024-03-04", .calendar(5), stops: [review("2024-03-10", "2024-03-13")])
        #expect(moving.deadline == date("2024-03-14"))
        #expect(moving.remaining(asOf: date("2024-03-14")) == .calendar(0))
    }

    @Test("After the decision the clock learns nothing more, and a stop that was still open ended with it")
    func decided() {
        let clock = clock(
            "2024-03-04", .working(5), stops: [review("2024-03-06", nil)],
            extensions: [ClockExtension(amount: .working(9), granted: date("2024-03-20"), reason: "too late")],
            end: "2024-03-14")
        for day in ["2024-03-14", "2024-03-15", "2025-01-01"] {
            #expect(clock.used(asOf: date(day)) == .working(2))
            #expect(clock.limit(asOf: date(day)) == .working(5))
            #expect(clock.deadline(asOf: date(day)) == date("2024-03-19"))
        }
        #expect(clock.deadline == date("2024-03-19"))
        #expect(!clock.isRunning(on: date("2024-03-15")) && clock.stop(on: date("2024-03-15")) == nil)
    }

    @Test("A decision on a day off after the last day is in time: no further working day was used")
    func decidedOnWeekend() {
        let clock = clock("2024-03-04", .working(4), end: "2024-03-09")
        #expect(clock.deadline == date("2024-03-08"))
        #expect(!clock.isOverdue(asOf: date("2024-03-09")))
    }

    @Test("An answer is provisional as soon as it needs a day about which nothing has been published")
    func provisional() {
        #expect(!clock("2026-12-28", .working(3)).isProvisional(asOf: date("2026-12-28")))
        #expect(clock("2026-12-28", .working(4)).isProvisional(asOf: date("2026-12-28")))
        #expect(clock("2017-12-29", .working(4)).isProvisional(asOf: date("2018-01-02")))
        #expect(clock("2026-12-28", .working(4), end: "2026-12-29").isProvisional(asOf: date("2026-12-29")))
        #expect(!clock("2026-12-25", .calendar(30), endsOnWorkingDay: false).isProvisional(asOf: date("2026-12-28")))
        #expect(clock("2026-12-25", .calendar(30)).isProvisional(asOf: date("2026-12-28")))
        // Used days are counted past the last day, and whether 30 December 2017 was a day off has not been published.
        #expect(clock("2026-12-01", .working(3)).isProvisional(asOf: date("2027-01-05")))
        #expect(clock("2017-12-30", .working(3)).isProvisional(asOf: date("2018-01-03")))
        let open = clock("2026-12-01", .working(4), stops: [review("2026-12-02", nil)])
        #expect(!open.isProvisional(asOf: date("2026-12-20")) && open.isProvisional(asOf: date("2026-12-30")))
    }

    @Test("Only the procedures that article 45 names stop a clock by the law itself")
    func statutoryReasons() {
        #expect(StopReason.allCases.filter(\.isStatutory).count == 8)
        #expect(!StopReason.siteVisit.isStatutory && !StopReason.collectiveDiscussion.isStatutory)
    }

    @Test("Stops and extensions are read back from JSON as they were written")
    func json() throws {
        let stops = [review("2024-03-05", nil), review("2024-03-05", "2024-03-12")]
        #expect(try JSONDecoder().decode([ClockStop].self, from: JSONEncoder().encode(stops)) == stops)
        let grant = ClockExtension(amount: .working(10), granted: date("2024-03-15"), reason: "复杂")
        #expect(try JSONDecoder().decode(ClockExtension.self, from: JSONEncoder().encode(grant)) == grant)
    }

    @Test("An extension in another unit than its limit is a mistake of the programme")
    func mixedUnits() async {
        await #expect(processExitsWith: .failure) {
            let day = LocalDate("2024-03-04")!
            _ = ApprovalClock(
                calendar: .weekdays, admitted: day, limit: .working(20),
                extensions: [ClockExtension(amount: .calendar(10), granted: day, reason: "wrong")])
        }
    }
}
