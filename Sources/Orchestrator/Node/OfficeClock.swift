import WorkCalendar

/// The office's date and moment (机关时钟): the only clock that a node reads for approvals.
public protocol OfficeClock: Sendable {
    /// The moment that goes into the log.
    var now: Instant { get }
    /// The civil date of the offices.
    var today: LocalDate { get }
    /// How long it is, in the machine's time, until the office's next date begins.
    var untilTomorrow: Duration { get }
}

/// Beijing time, which knows no daylight saving (北京时间).
public struct BeijingClock: OfficeClock {
    static let secondsFromUTC = 8 * 3600

    public init() {}

    public var now: Instant { .now }
    public var today: LocalDate { now.date(secondsFromUTC: Self.secondsFromUTC) }
    public var untilTomorrow: Duration { now.duration(to: .beginning(of: today.adding(days: 1))) }
}

/// An office whose days pass quickly (加速时钟), for demonstrations: begins on a date and goes on at a pace.
public struct AcceleratedClock: OfficeClock {
    /// The moment of the office at which it began, and of the machine.
    private let start: Instant
    private let begun: ContinuousClock.Instant
    /// How long a day of the office takes.
    public let day: Duration

    /// - Parameter date: the office's first date, from its beginning on.
    /// - Parameter day: how long each of its days takes; above zero.
    public init(from date: LocalDate, day: Duration) {
        precondition(day > .zero, "days take time")
        start = .beginning(of: date)
        begun = .now
        self.day = day
    }

    public var now: Instant {
        let passed = (ContinuousClock.now - begun) / day
        return start.adding(milliseconds: Int64(passed * 86_400_000))
    }

    public var today: LocalDate { now.date(secondsFromUTC: BeijingClock.secondsFromUTC) }

    public var untilTomorrow: Duration {
        let left = now.duration(to: .beginning(of: today.adding(days: 1)))
        return day * (left / .milliseconds(86_400_000))
    }
}

/// An office whose date stands still (定日时钟), for trials and tests; moments go on, from noon of that date.
public struct StandingClock: OfficeClock {
    public let today: LocalDate
    private let begun = ContinuousClock.now

    public init(on date: LocalDate) { today = date }

    public var now: Instant {
        let passed = (ContinuousClock.now - begun) / .milliseconds(1)
        return Instant.beginning(of: today).adding(milliseconds: Int64(43_200_000 + min(passed, 43_000_000)))
    }

    public var untilTomorrow: Duration { .seconds(86_400) }
}

extension OfficeClock {
    /// Returns when the office's date is that day or a later one.
    ///
    /// - Throws: `CancellationError`.
    public func wait(until date: LocalDate) async throws {
        while today < date { try await Task.sleep(for: min(untilTomorrow, .seconds(1))) }
    }
}

extension Instant {
    /// When a date begins in the offices.
    static func beginning(of date: LocalDate) -> Instant {
        Instant(milliseconds: Int64(date.dayNumber) * 86_400_000 - Int64(BeijingClock.secondsFromUTC) * 1000)
    }
}
