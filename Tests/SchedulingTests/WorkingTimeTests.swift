import Scheduling
import TestSupport
import Testing
import WorkCalendar

@Suite("Working time")
struct WorkingTimeTests {
    @Test("Every answer agrees with a calendar written down minute by minute", arguments: 0..<4)
    func agreesWithMinuteByMinute(calendar: Int) {
        let time = Calendars.all[calendar]
        let plain = Calendars.allMinuteByMinute[calendar]
        let origin = time.work(before: MinuteByMinute.minutes.lowerBound)
        var generator = SeededGenerator(seed: UInt64(calendar))
        for _ in 0..<8000 {
            // Ten days are kept free at either end, so that no answer falls outside the reference.
            let instant = Int.random(
                in: MinuteByMinute.minutes.lowerBound + 14_400..<MinuteByMinute.minutes.upperBound - 28_800,
                using: &generator)
            let snapped = Bool.random(using: &generator) ? instant : instant / 60 * 60
            let amount =
                Int.random(in: -6...6, using: &generator) * [1, 60, 240][Int.random(in: 0..<3, using: &generator)]
            #expect(time.work(before: snapped) - origin == plain.work(before: snapped))
            #expect(time.add(amount, to: snapped) == plain.add(amount, to: snapped), "\(snapped) \(amount)")
            #expect(time.nextWorkingInstant(from: snapped) == plain.nextStart(snapped))
            #expect(time.previousWorkingEnd(before: snapped) == plain.previousEnd(snapped))
        }
    }

    @Test("Around holidays and make-up days every single minute agrees")
    func everyMinuteOfTheHolidays() {
        for (time, plain) in zip(Calendars.all, Calendars.allMinuteByMinute) {
            let origin = time.work(before: MinuteByMinute.minutes.lowerBound)
            let range = at("2024-09-28 00:00")..<at("2024-10-04 00:00")
            let wrong = range.filter {
                time.work(before: $0) - origin != plain.work(before: $0)
                    || time.nextWorkingInstant(from: $0) != plain.nextStart($0)
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test("Five working days from the eve of National Day 2024 skip the holiday and count the make-up Sunday")
    func nationalDay() {
        // 27 Sep is a Friday. Counted: Sun 29 Sep (make-up), Mon 30 Sep, Tue 8, Wed 9 and Thu 10 Oct.
        let time = Calendars.working
        let finish = time.add(5 * 480, to: time.closing(of: date("2024-09-27")))
        #expect(finish == time.closing(of: date("2024-10-10")))
    }

    @Test("An amount ends at a closing, an amount taken off at an opening, and nothing moves nothing")
    func sidesOfAnInstant() {
        let time = Calendars.working
        #expect(time.add(480, to: at("2024-11-08 09:00")) == at("2024-11-08 17:00"))
        #expect(time.add(-480, to: at("2024-11-11 17:00")) == at("2024-11-11 09:00"))
        #expect(time.add(-480, to: at("2024-11-11 09:00")) == at("2024-11-08 09:00"))
        #expect(time.add(0, to: at("2024-11-09 03:00")) == at("2024-11-09 03:00"))
        #expect(time.nextWorkingInstant(from: at("2024-11-08 17:00")) == at("2024-11-11 09:00"))
        #expect(time.previousWorkingEnd(before: at("2024-11-11 09:00")) == at("2024-11-08 17:00"))
        #expect(time.previousWorkingEnd(before: at("2024-11-11 09:01")) == at("2024-11-11 09:01"))
        #expect(time.work(from: at("2024-11-11 12:00"), to: at("2024-11-08 12:00")) == -480)
    }

    @Test("Seven calendar days end a week later at closing, whatever days off lie between")
    func calendarDays() {
        let time = Calendars.everyDay
        #expect(time.add(7 * 480, to: time.closing(of: date("2024-09-30"))) == time.closing(of: date("2024-10-07")))
    }

    @Test("Elapsed time counts every minute")
    func elapsed() {
        let time = WorkingTime.continuous
        for instant in [-1441, -1, 0, 1, 1440, 28_000_000] {
            #expect(time.add(90, to: instant) == instant + 90)
            #expect(time.add(-90, to: instant) == instant - 90)
            #expect(time.nextWorkingInstant(from: instant) == instant)
            #expect(time.previousWorkingEnd(before: instant) == instant)
        }
    }

    @Test("Before 1970 and far in the future the weekly pattern goes on")
    func unlimited() {
        let time = Calendars.working
        // 1 Jan 1900 was a Monday; a week has 2400 working minutes.
        #expect(time.add(2400, to: at("1900-01-01 09:00")) == at("1900-01-05 17:00"))
        #expect(time.add(-1, to: at("1900-01-01 09:00")) == at("1899-12-29 16:59"))
        // 1 Jan 2900 is a Friday.
        #expect(time.add(481, to: at("2900-01-01 09:00")) == at("2900-01-04 09:01"))
    }

    @Test("An instant prints as the closing that it reaches, or as the closing that it follows")
    func closings() {
        let time = Calendars.working
        let closing = time.closing(of: date("2024-11-08"))
        #expect(closing == at("2024-11-08 17:00"))
        #expect(time.closingDate(onOrAfter: closing) == date("2024-11-08"))
        #expect(time.closingDate(onOrBefore: closing) == date("2024-11-08"))
        #expect(time.closingDate(onOrAfter: closing + 1) == date("2024-11-09"))
        #expect(time.closingDate(onOrBefore: closing - 1) == date("2024-11-07"))
        #expect(time.closing(of: date("2024-11-09")) == at("2024-11-09 17:00"), "a day off has a closing too")
        // Monday's opening and Friday's closing are one moment of work.
        let opening = time.nextWorkingInstant(from: closing)
        #expect(time.closingDate(onOrBefore: time.previousWorkingEnd(before: opening)) == date("2024-11-08"))
        #expect(WorkingTime.continuous.closing(of: date("2024-11-08")) == at("2024-11-09 00:00"))
        for day in -3...3 {
            let date = LocalDate(dayNumber: day)
            #expect(time.closingDate(onOrAfter: time.closing(of: date)) == date)
            #expect(time.closingDate(onOrBefore: time.closing(of: date)) == date)
        }
    }

    @Test("Ranks agree with the working days of the calendar that they were made from")
    func agreesWithWorkCalendar() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let start = LocalDate(dayNumber: Int.random(in: 19_950..<20_050, using: &generator))
            let days = Int.random(in: 0...30, using: &generator)
            let time = Calendars.working
            let finish = time.add(days * 480, to: time.closing(of: start))
            #expect(time.closingDate(onOrAfter: finish) == Calendars.nationalDay.date(days, workingDaysAfter: start))
        }
    }

    @Test("One day off, one extra day, or exceptions a lifetime apart change nothing but those days")
    func fewExceptions() {
        let hours = [540..<1020]
        let week: [Weekday: [Range<Int>]] = [
            .monday: hours, .tuesday: hours, .wednesday: hours, .thursday: hours, .friday: hours,
        ]
        let off = WorkingTime(week: week, exceptions: [date("2024-11-11"): []])
        #expect(off.add(1, to: at("2024-11-08 17:00")) == at("2024-11-12 09:01"))
        #expect(off.add(-1, to: at("2024-11-12 09:00")) == at("2024-11-08 16:59"))
        #expect(off.add(480 * 5, to: at("2024-11-12 09:00")) == at("2024-11-18 17:00"))
        #expect(off.previousWorkingEnd(before: at("2024-11-12 09:00")) == at("2024-11-08 17:00"))
        let extra = WorkingTime(week: week, exceptions: [date("2024-11-10"): [600..<720]])
        #expect(extra.add(120, to: at("2024-11-08 17:00")) == at("2024-11-10 12:00"))
        #expect(extra.add(121, to: at("2024-11-08 17:00")) == at("2024-11-11 09:01"))
        #expect(extra.nextWorkingInstant(from: at("2024-11-08 17:00")) == at("2024-11-10 10:00"))
        let apart = WorkingTime(week: week, exceptions: [date("1924-11-11"): [], date("2024-11-10"): [600..<720]])
        for instant in [at("1930-01-01 12:00"), at("2024-11-08 12:00"), at("2024-11-12 12:00")] {
            for amount in [-7000, -480, -1, 1, 480, 7000] {
                #expect(apart.add(amount, to: instant) == extra.add(amount, to: instant))
            }
        }
    }

    @Test("Calendars are equal when they say the same, whichever way it was written")
    func equality() {
        #expect(WorkingTime(week: [.monday: [0..<60, 60..<90]]) == WorkingTime(week: [.monday: [0..<90]]))
        #expect(Set([WorkingTime.everyDay(), .everyDay(hours: 540..<1020), .continuous]).count == 2)
        #expect(Calendars.working != WorkingTime(calendar: .weekdays))
    }
}
