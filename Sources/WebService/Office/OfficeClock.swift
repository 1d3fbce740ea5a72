import Foundation
import Orchestrator
import WorkCalendar

/// The date and the moment that an office goes by (机关时钟).
public struct OfficeClock: Sendable {
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
    public static let system = OfficeClock(
        today: { moment.date(secondsFromUTC: secondsOfBeijing) }, now: { moment })

    /// Always that date, for trials and tests; moments go on, from noon of it.
    public static func fixed(on date: LocalDate) -> OfficeClock {
        let noon = Instant.officeClosing(of: date).adding(milliseconds: -5 * 3_600_000)
        let begun = moment
        return OfficeClock(
            today: { date },
            now: { noon.adding(milliseconds: (moment.milliseconds - begun.milliseconds) % 18_000_000) })
    }

    private static var moment: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
