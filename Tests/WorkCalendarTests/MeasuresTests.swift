import TestSupport
import Testing
import WorkCalendar

struct MeasuresTests {
    private func period(_ start: String, _ finish: String?, stops: [ClockStop] = []) -> RunningPeriod {
        RunningPeriod(start: date(start), finish: finish.map(date), stops: stops)
    }

    private func measures(_ periods: [RunningPeriod], from: String = "2024-03-01", to: String = "2024-03-29")
        -> Measures
    {
        Measures(of: periods, after: date(from), through: date(to), on: ChineseCalendar.calendar)
    }

    @Test("Two departments at work together use each day once in the union and twice in the sum")
    func parallel() {
        let measures = measures([period("2024-03-04", "2024-03-08"), period("2024-03-06", "2024-03-13")])
        #expect(measures.union == .working(7))
        #expect(measures.sum == .working(9))
        #expect(measures.span == .working(7))
    }

    @Test("The applicant's time between two approvals is in the span and in nothing else")
    func gap() {
        let measures = measures([period("2024-03-04", "2024-03-06"), period("2024-03-13", "2024-03-15")])
        #expect(measures.union == .working(4))
        #expect(measures.sum == .working(4))
        #expect(measures.span == .working(9))
    }

    @Test("A day on which one of two clocks stands still is still used by the other; when both stand still it is not")
    func stopped() {
        let stop = ClockStop(stop: date("2024-03-05"), resume: date("2024-03-07"), reason: .testing, basis: "")
        let other = ClockStop(stop: date("2024-03-06"), reason: .hearing, basis: "")
        let periods = [
            period("2024-03-04", "2024-03-08", stops: [stop]), period("2024-03-04", "2024-03-08", stops: [other]),
        ]
        #expect(measures(periods).union == .working(3))
        #expect(measures(periods).sum == .working(4))
        let ledger = Measures.ledger(
            of: periods, after: date("2024-03-04"), through: date("2024-03-09"), on: ChineseCalendar.calendar)
        #expect(ledger.entries.map(\.standing) == [.counted, .counted, .stopped(stop), .counted, .dayOff])
        #expect(ledger.total == .working(3))
    }

    @Test("Only what lies in the window is measured, and what still runs is measured to its end")
    func window() {
        let periods = [period("2024-02-01", "2024-03-05"), period("2024-03-27", nil), period("2024-04-10", nil)]
        let measures = measures(periods)
        #expect(measures.union == .working(4))
        #expect(measures.sum == .working(4))
        #expect(measures.span == .working(20))
        #expect(self.measures(periods, from: "2024-03-29", to: "2024-03-29").union == .zero)
        #expect(self.measures(periods, from: "2024-03-29", to: "2024-03-01").sum == .zero)
        #expect(self.measures([]).span == .zero)
    }

    @Test("An instant decision uses no day but begins the span; a period that ends where the window opens does not")
    func instants() {
        let later = period("2024-03-13", "2024-03-15")
        #expect(measures([period("2024-03-04", "2024-03-04"), later]).span == .working(9))
        #expect(measures([period("2024-03-01", "2024-03-01"), later]).span == .working(10))
        #expect(measures([period("2024-02-20", "2024-03-01"), later]).span == .working(2))
        #expect(measures([period("2024-03-08", "2024-03-06"), later]).span == .working(2))
    }

    @Test("A target in calendar days measures plain days")
    func calendarDays() {
        let measures = Measures(
            of: [period("2024-03-04", "2024-03-11")], after: date("2024-03-01"), through: date("2024-03-31"),
            on: ChineseCalendar.calendar, unit: .calendar)
        #expect(measures.union == .calendar(7))
    }

    @Test("A clock gives its running time to the measures, from its day 0")
    func fromClock() {
        let clock = ApprovalClock(
            calendar: ChineseCalendar.calendar, admitted: date("2024-03-02"), limit: .working(5),
            end: date("2024-03-08"))
        #expect(clock.runningPeriod == period("2024-03-04", "2024-03-08"))
        #expect(measures([clock.runningPeriod]).sum == clock.used(asOf: date("2024-03-29")))
    }
}
