import WorkCalendar

/// A moment in UTC, to the millisecond, as the event log records it (时刻).
///
/// Rules of approval never read one: they work on the office's civil dates, which the shell derives from it.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted; negative before.
    public let milliseconds: Int64

    /// The moment so many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// The moment so many milliseconds later, or earlier when negative.
    public func adding(milliseconds: Int64) -> Instant { Instant(milliseconds: self.milliseconds + milliseconds) }

    /// The civil date that clocks show at this moment where they run `secondsFromUTC` ahead of UTC.
    public func date(secondsFromUTC: Int = 0) -> LocalDate {
        LocalDate(dayNumber: Int(Self.split(milliseconds + Int64(secondsFromUTC) * 1000).day))
    }

    private static let perDay: Int64 = 86_400_000

    private static func split(_ milliseconds: Int64) -> (day: Int64, rest: Int64) {
        let rest = milliseconds % perDay
        let day = milliseconds / perDay
        return rest < 0 ? (day - 1, rest + perDay) : (day, rest)
    }
}

extension Instant: LosslessStringConvertible {
    /// ISO 8601 in UTC with milliseconds, `YYYY-MM-DDThh:mm:ss.sssZ`; texts order as their moments do.
    public var description: String {
        let (day, rest) = Self.split(milliseconds)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }
        return "\(LocalDate(dayNumber: Int(day)))T\(time.joined(separator: ":")).\(padded(rest % 1000, 3))Z"
    }

    /// Reads `YYYY-MM-DDThh:mm:ss`, one to nine decimals of a second or none, and `Z`.
    ///
    /// Digits beyond the millisecond are cut off. Offsets other than `Z` and leap seconds are refused.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 30, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = LocalDate(String(decoding: bytes[0..<10], as: UTF8.self))
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
            let second = number(17..<19), second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            guard bytes.count > 21, bytes[19] == UInt8(ascii: "."), let digits = number(20..<bytes.count - 1) else {
                return nil
            }
            let places = bytes.count - 21
            fraction = digits
            for _ in min(places, 3)..<3 { fraction *= 10 }
            for _ in 3..<max(places, 3) { fraction /= 10 }
        }
        let time = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
        self.init(milliseconds: Int64(date.dayNumber) * Self.perDay + time)
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no moment YYYY-MM-DDThh:mm:ss.sssZ")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
