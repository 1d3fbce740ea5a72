/// A dependency between two activities (搭接关系) with a lag, which is negative for a lead.
public struct Relation: Sendable, Hashable {
    public var predecessor: String
    public var successor: String
    public var kind: Kind
    /// Minutes, positive or negative, of the lag's calendar.
    public var lag: Int
    public var lagCalendar: LagCalendar
    /// Hundredths of a percent of the predecessor's duration that are lag as well, within ±`largestShare`.
    public var lagShare: Int

    /// A lag of a hundred times the predecessor's duration.
    public static let largestShare = 1_000_000

    /// What of the predecessor lets what of the successor happen.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case finishToStart = "FS"
        case startToStart = "SS"
        case finishToFinish = "FF"
        case startToFinish = "SF"
    }

    /// The calendar that a lag runs on: the one switch that decides most differences between planning programs.
    public enum LagCalendar: Sendable, Hashable {
        /// The rule of Microsoft Project.
        case successor
        /// The default of Primavera P6.
        case predecessor
        /// A calendar of the network, by index.
        case calendar(Int)
        /// Wall-clock time.
        case elapsed
    }

    public init(
        _ predecessor: String, _ successor: String, _ kind: Kind = .finishToStart, lag: Int = 0,
        lagCalendar: LagCalendar = .successor, lagShare: Int = 0
    ) {
        self.predecessor = predecessor
        self.successor = successor
        self.kind = kind
        self.lag = lag
        self.lagCalendar = lagCalendar
        self.lagShare = lagShare
    }

    /// Minutes of lag after a predecessor of that duration; a share is rounded to the nearest minute, halves away from 0.
    public func lag(after duration: Int) -> Int {
        lagShare == 0 ? lag : lag + Self.share(lagShare, of: duration)
    }

    static func share(_ share: Int, of duration: Int) -> Int {
        let product = share * duration
        return (2 * abs(product) + 10_000) / 20_000 * product.signum()
    }
}
