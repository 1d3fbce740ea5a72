import TestSupport
import Testing
import WorkCalendar

struct WorkCalendarTests {
    let cn = ChineseCalendar.calendar

    @Test(
        "The published calendar has as many working days a year as the notices give",
        arguments: zip(2018...2026, [250, 250, 249, 250, 249, 249, 251, 248, 248]))
    func workingDaysOfYear(year: Int, expected: Int) {
        let eve = date("\(year - 1)-12-31")
        let last = date("\(year)-12-31")
        #expect(cn.workingDays(after: eve, through: last) == expected)
        #expect(days(after: eve, through: last).count { cn.isWorking($0) } == expected)
    }

    @Test("Every day of 2018 to 2026 is worked or off exactly as published, and says why")
    func everyDay() {
        let rows = Dictionary(uniqueKeysWithValues: ChineseCalendar.rows.map { ($0.date, $0) })
        #expect(rows.count == 322)
        var wrong: [LocalDate] = []
        for day in days(after: date("2017-12-31"), through: date("2026-12-31")) {
            let isWeekend = day.weekday == .saturday || day.weekday == .sunday
            let expected: DayKind =
                switch rows[day] {
                case nil: isWeekend ? .weekend : .ordinary
                case let row?: row.isWorking ? .makeUp(row.name) : .holiday(row.name)
                }
            if cn.kind(of: day) != expected || cn.isWorking(day) != expected.isWorking || cn.isProvisional(day) {
                wrong.append(day)
            }
        }
        #expect(wrong.isEmpty)
    }

    // Each counted by hand on the wall calendar of the year.
    @Test(
        "Working days are stepped over holidays and onto make-up days as counted by hand on the calendar of the year",
        arguments: [
            ("2024-02-08", 5, "2024-02-21"),  // Fri 9 | festival 10–17 | Sun 18 worked, 19, 20, 21
            ("2024-02-08", 1, "2024-02-09"),  // New Year's Eve of 2024 was worked
            ("2024-02-09", 1, "2024-02-18"),
            ("2024-02-10", 1, "2024-02-18"),
            ("2024-02-21", -5, "2024-02-08"),
            ("2024-09-30", 5, "2024-10-12"),  // festival 1–7 | 8, 9, 10, 11 | Sat 12 worked
            ("2020-01-23", 1, "2020-02-03"),  // festival prolonged to 2 February
            ("2025-09-26", 3, "2025-09-30"),  // Sun 28 worked
            ("2025-12-31", 1, "2026-01-04"),
            ("2026-02-13", 2, "2026-02-24"),  // Sat 14 worked | festival 15–23
        ])
    func byHand(start: String, days: Int, finish: String) {
        #expect(cn.date(days, workingDaysAfter: date(start)) == date(finish))
        #expect(cn.adding(.working(days), to: date(start)) == date(finish))
    }

    @Test("Twenty working days from 28 September 2023, over Mid-Autumn and National Day, end on 1 November")
    func twentyDays() {
        // 28 Sep Thu is day 0 | 29 Sep–6 Oct off | 7 Oct (1), 8 (2) worked | 9–13 (7) | 16–20 (12) | 23–27 (17) | 30 (18)
        #expect(cn.workingDays(after: date("2023-09-28"), through: date("2023-10-30")) == 18)
        #expect(cn.adding(.working(18), to: date("2023-09-28")) == date("2023-10-30"))
        #expect(cn.adding(.working(20), to: date("2023-09-28")) == date("2023-11-01"))
    }

    @Test("An amount of days ends at a closing: parts of a day at the next, calendar days on any day, nothing at once")
    func adding() {
        let friday = date("2024-03-01")
        let part = DayAmount(minutes: 120, unit: .working)
        #expect(cn.adding(part, to: friday) == date("2024-03-04"))
        #expect(cn.adding(.calendar(1), to: friday) == date("2024-03-02"))
        #expect(cn.adding(.zero, to: date("2024-03-02")) == date("2024-03-02"))
        #expect(cn.adding(.working(-1), to: friday) == date("2024-02-29"))
        #expect(cn.adding(.calendar(-2), to: friday) == date("2024-02-28"))
    }

    @Test("From a day off, day 0 is that day, and the working days on either side are days one and minus one")
    func fromDayOff() {
        let sunday = date("2024-03-10")
        #expect(cn.date(0, workingDaysAfter: sunday) == sunday)
        #expect(cn.date(1, workingDaysAfter: sunday) == date("2024-03-11"))
        // One working day, the Friday, lies in (Thursday, Sunday].
        #expect(cn.date(-1, workingDaysAfter: sunday) == date("2024-03-07"))
        #expect(cn.workingDays(after: date("2024-03-07"), through: sunday) == 1)
        #expect(cn.workingDay(onOrAfter: sunday) == date("2024-03-11"))
        #expect(cn.workingDay(onOrBefore: sunday) == date("2024-03-08"))
        #expect(cn.workingDays(after: sunday, through: date("2024-03-07")) == -1)
    }

    @Test("Outside what is published the weekly pattern speaks and the answer is provisional")
    func beyondCoverage() {
        #expect(!cn.isProvisional(date("2018-01-01")) && !cn.isProvisional(date("2026-12-31")))
        #expect(cn.isProvisional(date("2017-12-31")) && cn.isProvisional(date("2027-01-01")))
        #expect(cn.isProvisional(after: date("2026-12-30"), through: date("2027-01-01")))
        #expect(!cn.isProvisional(after: date("2026-12-30"), through: date("2026-12-31")))
        #expect(!cn.isProvisional(after: date("2017-12-31"), through: date("2018-01-02")))
        #expect(cn.isProvisional(after: date("2017-12-30"), through: date("2018-01-02")))
        #expect(!cn.isProvisional(after: date("2030-01-01"), through: date("2030-01-01")))
        #expect(!WorkCalendar.weekdays.isProvisional(.latest))
        #expect(cn.workingDays(after: date("2029-12-30"), through: date("2030-12-29")) == 52 * 5)
        #expect(
            cn.date(5 * 52 * 2000, workingDaysAfter: date("2026-12-31")) == date("2026-12-31").adding(days: 364 * 2000))
        #expect(
            cn.date(-5 * 52 * 1500, workingDaysAfter: date("2017-12-29"))
                == date("2017-12-29").adding(days: -364 * 1500))
    }

    @Test("Days before 1970 are counted like any others")
    func beforeTheEpoch() {
        var counted = 0
        for day in days(after: date("1899-12-31"), through: date("1979-12-31")) {
            if cn.isWorking(day) { counted += 1 }
            if day.components.day == 15 {
                #expect(cn.workingDays(after: date("1899-12-31"), through: day) == counted)
                #expect(cn.date(-counted, workingDaysAfter: day) == date("1899-12-29"))
                #expect(cn.date(counted, workingDaysAfter: date("1899-12-31")) == cn.workingDay(onOrBefore: day))
            }
        }
    }

    @Test("An exception that says what the week says anyway changes no count and keeps its name if it is a day off")
    func redundantExceptions() {
        let name = LocalizedText(zh: "元旦", en: "New Year")
        let calendar = WorkCalendar(
            id: "test", version: "1", source: "test", week: WorkCalendar.weekdays.week, published: nil,
            exceptions: [
                .init(date: date("2024-03-03"), isWorking: false, name: name),
                .init(date: date("2024-03-01"), isWorking: true, name: name),
            ])
        #expect(calendar.exceptions.map(\.date) == [date("2024-03-01"), date("2024-03-03")])
        #expect(calendar.kind(of: date("2024-03-03")) == .holiday(name))
        #expect(calendar.kind(of: date("2024-03-01")) == .ordinary)
        #expect(calendar.workingDays(after: date("2024-02-25"), through: date("2024-03-10")) == 10)
    }

    @Test("Two exceptions on one date are a mistake of the programme, even when one of them changes nothing")
    func duplicateExceptions() async {
        await #expect(processExitsWith: .failure) {
            let name = LocalizedText(zh: "周六", en: "Saturday")
            let saturday = LocalDate("2024-03-02")!
            _ = WorkCalendar(
                id: "test", version: "1", source: "test", week: [.monday], published: nil,
                exceptions: [
                    .init(date: saturday, isWorking: true, name: name),
                    .init(date: saturday, isWorking: false, name: name),
                ])
        }
    }

    @Test(
        "Counting, adding and going back agree with a day-by-day loop on any week and any exceptions",
        arguments: [11, 12, 13])
    func agreesWithLoop(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let sample = SampleCalendar(using: &random)
            let calendar = sample.calendar
            for _ in 0..<40 {
                let start = sample.day(using: &random)
                let finish = sample.day(using: &random)
                let counted = days(after: start, through: finish).count { sample.isWorking($0) }
                let comment: Comment = "seed \(seed) round \(round): \(start) … \(finish)"
                #expect(calendar.isWorking(start) == sample.isWorking(start), comment)
                #expect(calendar.workingDays(after: start, through: finish) == counted || start > finish, comment)
                #expect(
                    calendar.workingDays(after: start, through: finish)
                        == -calendar.workingDays(after: finish, through: start), comment)
                let n = Int.random(in: 1...30, using: &random)
                #expect(calendar.date(n, workingDaysAfter: start) == sample.step(n, from: start), comment)
                let back = calendar.date(-n, workingDaysAfter: start)
                #expect(sample.isWorking(back), comment)
                #expect(days(after: back, through: start).count { sample.isWorking($0) } == n, comment)
                let there = calendar.date(n, workingDaysAfter: start)
                #expect(calendar.date(-n, workingDaysAfter: there) == calendar.workingDay(onOrBefore: start), comment)
                #expect(calendar.workingDays(after: start, through: there) == n, comment)
            }
        }
    }
}
