import ArgumentParser
import Foundation
import WorkCalendar
import WorkflowModel

/// Questions to a calendar with real holidays, and to a clock that was stopped twice.
struct CalendarBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Questions of working days a second.")

    @Argument(help: "The calendar file.")
    var file: String

    @Option(help: "How many questions of each kind.")
    var questions = 1_000_000

    func run() throws {
        guard let calendar = CalendarFile.read(try String(contentsOfFile: file, encoding: .utf8), path: file).value
        else { throw ValidationError("the calendar has mistakes; binglian check names them") }
        let first = LocalDate(dayNumber: 18_993)  // 1 January 2022
        var sum = 0
        let counting = seconds {
            for number in 0..<questions {
                let start = first.adding(days: number % 1400)
                sum &+= calendar.workingDays(after: start, through: start.adding(days: number % 90))
            }
        }
        let adding = seconds {
            for number in 0..<questions {
                sum &+= calendar.date(number % 60, workingDaysAfter: first.adding(days: number % 1400)).dayNumber
            }
        }
        let clocks = seconds {
            for number in 0..<questions / 10 {
                let admitted = first.adding(days: number % 1400)
                let clock = ApprovalClock(
                    calendar: calendar, admitted: admitted, limit: .working(20),
                    stops: [
                        ClockStop(
                            stop: admitted.adding(days: 3), resume: admitted.adding(days: 9), reason: .supplement,
                            basis: ""),
                        ClockStop(
                            stop: admitted.adding(days: 12), resume: admitted.adding(days: 30), reason: .expertReview,
                            basis: ""),
                    ])
                sum &+= clock.deadline(asOf: .latest).dayNumber
            }
        }
        precondition(sum != 0)
        report([
            "countsPerSecond": Double(questions) / counting, "datesPerSecond": Double(questions) / adding,
            "clocksPerSecond": Double(questions / 10) / clocks,
        ])
    }
}
