import Foundation
import Orchestrator
import WorkCalendar

/// The date and the moment that an office goes by (机关时钟).
public struct CityClock: Sendable {
    /// The office's civil date.
    public let today: @Sendable () -> LocalDate
    /// The moment, for the log.
    public let now: @Sendable () -> Instant

    public init(today: @escaping @Sendable () -> LocalDate, now: @escaping @Sendable () -> Instant) {
        self.today = today
        self.now = now
    }

    private static let secondsOfBeijing = 8 * 3600

    /// The machine's clock; the date is Beijing's, which knows no daylight saving.
    public static let system = CityClock(
        today: { moment.date(secondsFromUTC: secondsOfBeijing) }, now: { moment })

    /// Always that date, for trials and tests; moments go on, from noon of it.
    public static func fixed(on date: LocalDate) -> CityClock {
        let noon = Instant.officeClosing(of: date).adding(milliseconds: -5 * 3_600_000)
        let begun = moment
        return CityClock(
            today: { date },
            now: { noon.adding(milliseconds: (moment.milliseconds - begun.milliseconds) % 18_000_000) })
    }

    /// A date that begins with one and moves on by a day in so many milliseconds, for demonstrations. Moments are those of
    /// the office's day.
    public static func accelerated(from date: LocalDate, millisecondsPerDay: Int) -> CityClock {
        let begun = moment
        let perDay = Int64(max(1, millisecondsPerDay))
        let elapsed: @Sendable () -> (day: Int, part: Int64) = {
            let passed = max(0, moment.milliseconds - begun.milliseconds)
            return (Int(passed / perDay), passed % perDay)
        }
        return CityClock(
            today: { date.adding(days: elapsed().day) },
            now: {
                // Between nine and five of that day.
                let (day, part) = elapsed()
                let opening = Instant.officeClosing(of: date.adding(days: day)).adding(milliseconds: -28_800_000)
                return opening.adding(milliseconds: part * 28_800_000 / perDay)
            })
    }

    /// Returns when the office's date is that day or a later one.
    ///
    /// - Throws: `CancellationError`.
    public func wait(until date: LocalDate) async throws {
        while today() < date { try await Task.sleep(for: .milliseconds(100)) }
    }

    private static var moment: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
