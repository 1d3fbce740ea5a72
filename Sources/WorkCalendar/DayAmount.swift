/// Whether days are counted on the working-day calendar or as they come (工作日、自然日).
public enum DayUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// Working day 工作日.
    case working = "wd"
    /// Calendar day 自然日.
    case calendar = "cd"
}

/// An exact amount of days with its unit (期限), such as `5 wd` or `0.25 wd`.
///
/// A day is 480 minutes and an amount is whole minutes, so sums never drift. Negative as a lag or as what is overrun.
///
/// - Source: fractions of a working day are promised in practice (Rushan promises 0.25 working day), read as
///   1 working day = 8 hours. Licensing limits are working days: 行政许可法 (2019) art. 82.
public struct DayAmount: Hashable, Sendable {
    /// Minutes in a day of either unit.
    public static let minutesPerDay = 480

    /// The amount in minutes of its unit's days.
    public let minutes: Int
    /// What its days are.
    public let unit: DayUnit

    /// So many minutes of days of a unit.
    public init(minutes: Int, unit: DayUnit) {
        self.minutes = minutes
        self.unit = unit
    }

    /// So many whole days of a unit.
    public init(days: Int, unit: DayUnit) {
        self.init(minutes: days * Self.minutesPerDay, unit: unit)
    }

    /// So many whole working days.
    public static func working(_ days: Int) -> DayAmount { DayAmount(days: days, unit: .working) }
    /// So many whole calendar days.
    public static func calendar(_ days: Int) -> DayAmount { DayAmount(days: days, unit: .calendar) }
    /// No working day.
    public static let zero = DayAmount.working(0)

    /// The amount in days, exact to a minute when written back.
    public var days: Double { Double(minutes) / Double(Self.minutesPerDay) }

    /// The number of days, fractions rounded up, also when negative: the day by whose closing the amount is used up.
    public var wholeDaysRoundedUp: Int {
        let (days, rest) = minutes.quotientAndRemainder(dividingBy: Self.minutesPerDay)
        return rest > 0 ? days + 1 : days
    }
}

extension DayAmount: LosslessStringConvertible {
    /// The longest amount that can be written, either way: a hundred years of calendar days.
    public static let maximumDays = 36_525

    /// Reads `5 wd`, `0.25wd`, `-2 cd`: a decimal number of days, at most one space, a unit.
    public init?(_ text: String) {
        guard let unit = DayUnit.allCases.first(where: { text.hasSuffix($0.rawValue) }) else { return nil }
        var number = text.dropLast(unit.rawValue.count)
        if number.last == " " { number.removeLast() }
        guard let minutes = Self.minutes(from: number) else { return nil }
        self.init(minutes: minutes, unit: unit)
    }

    /// Minutes of a decimal number of days such as `5`, `0.25` or `-1.5`: ASCII digits, at most four after the point.
    ///
    /// - Returns: `nil` when it is no such number, is beyond ±``maximumDays`` or makes no whole minute. A third of a day
    ///   is written `0.3333`: a number of four fraction digits stands for the minute that is written that way.
    public static func minutes(from number: some StringProtocol) -> Int? {
        let isNegative = number.first == "-"
        let parts = number.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = natural(parts[0], digits: 1...5) else { return nil }
        var minutes = whole * minutesPerDay
        if parts.count == 2 {
            guard var fraction = natural(parts[1], digits: 1...4) else { return nil }
            for _ in parts[1].utf8.count..<4 { fraction *= 10 }
            // Minutes times 10,000; half of the fourth digit is 240 of these.
            let scaled = fraction * minutesPerDay
            let nearest = (scaled + 5000) / 10_000
            guard abs(nearest * 10_000 - scaled) <= 240 else { return nil }
            minutes += nearest
        }
        guard minutes <= maximumDays * minutesPerDay else { return nil }
        return isNegative ? -minutes : minutes
    }

    private static func natural(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int? {
        let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isDigits && digits.contains(text.utf8.count) ? Int(text) : nil
    }

    /// `5 wd`, `0.25 wd`: at most four fraction digits, none when whole.
    public var description: String { "\(Self.number(minutes: minutes)) \(unit.rawValue)" }

    /// A number of days as people write it: `5`, `0.25`, `-1.5`.
    public static func number(minutes: Int) -> String {
        let (whole, rest) = minutes.magnitude.quotientAndRemainder(dividingBy: UInt(minutesPerDay))
        var text = (minutes < 0 ? "-" : "") + String(whole)
        if rest > 0 {
            let fraction = String((rest * 10_000 + UInt(minutesPerDay) / 2) / UInt(minutesPerDay))
            text += "." + String(repeating: "0", count: 4 - fraction.count) + fraction
            while text.last == "0" { text.removeLast() }
        }
        return text
    }
}

extension DayAmount: Codable {
    private enum CodingKeys: String, CodingKey { case amount, unit }

    /// Reads `{"amount": 5, "unit": "wd"}` within the bounds of the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let minutes = try container.decode(Double.self, forKey: .amount) * Double(Self.minutesPerDay)
        guard minutes.magnitude <= Double(Self.maximumDays * Self.minutesPerDay) else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: "an amount of days beyond ±\(Self.maximumDays)")
        }
        guard (minutes - minutes.rounded()).magnitude <= 0.024 else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: "an amount of days that makes no whole minute")
        }
        self.init(minutes: Int(minutes.rounded()), unit: try container.decode(DayUnit.self, forKey: .unit))
    }

    /// Writes `{"amount": 5, "unit": "wd"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(days, forKey: .amount)
        try container.encode(unit, forKey: .unit)
    }
}
