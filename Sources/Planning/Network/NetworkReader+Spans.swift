import Scheduling
import WorkCalendar
import WorkflowModel

/// An amount of time as it is written.
struct WrittenSpan {
    enum Unit {
        case minute, hour, day, week
    }

    /// Hundred-thousandths of the unit; of a percentage, thousandths of a percent.
    let amount: Int
    let unit: Unit
    let isElapsed: Bool
    let isPercent: Bool

    /// Hundredths of a percent of the predecessor's duration; 0 for an amount of time.
    var share: Int { isPercent ? amount / 10 : 0 }

    /// Whole minutes; 0 for a percentage, `nil` when they are not whole.
    func exactMinutes(perDay: Int) -> Int? {
        guard !isPercent else { return 0 }
        let minutes: Int =
            switch unit {
            case .minute: 1
            case .hour: 60
            case .day: isElapsed ? LocalDate.minutesPerDay : perDay
            case .week: isElapsed ? 7 * LocalDate.minutesPerDay : 5 * perDay
            }
        let (product, overflow) = amount.multipliedReportingOverflow(by: minutes)
        guard !overflow, product % Self.scale == 0 else { return nil }
        return product / Self.scale
    }

    func minutes(perDay: Int) -> Int { exactMinutes(perDay: perDay) ?? 0 }

    static let scale = 100_000

    /// Reads `480`, `3d`, `1.5 h`, `-2ed`, `50%`.
    init?(_ text: String) {
        var rest = text.utf8[...].drop { $0 == UInt8(ascii: " ") }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        func digits() -> Substring.UTF8View {
            let found = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(found.count)
            return found
        }
        let whole = digits()
        var fraction = Substring("").utf8
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = digits()
            guard !fraction.isEmpty, fraction.count <= 5 else { return nil }
        }
        guard (1...12).contains(whole.count), let high = Int(Substring(whole)),
            let low = fraction.isEmpty ? 0 : Int((String(Substring(fraction)) + "00000").prefix(5))
        else { return nil }
        let written = String(Substring(rest))
        let unit = rest.contains(UInt8(ascii: " ")) ? written.filter { $0 != " " } : written
        let isElapsed = unit.hasPrefix("e")
        switch isElapsed ? String(unit.dropFirst()) : unit {
        case "":
            guard !isElapsed else { return nil }
            self.unit = .minute
        case "m", "min", "mins", "%": self.unit = .minute
        case "h", "hr", "hrs": self.unit = .hour
        case "d", "day", "days": self.unit = .day
        case "w", "wk", "wks": self.unit = .week
        default: return nil
        }
        isPercent = unit == "%"
        let (scaled, overflow) = high.multipliedReportingOverflow(by: Self.scale)
        guard !overflow else { return nil }
        let size = isPercent ? (scaled + low) / 100 : scaled + low
        amount = isNegative ? -size : size
        self.isElapsed = isElapsed
    }
}

/// An instant as it is written: with its minute, or a date alone.
struct WrittenInstant {
    let minute: Minute
    let isDate: Bool

    /// A date alone, as a start: its first working minute, or the next there is.
    func start(on time: WorkingTime) -> Minute { isDate ? time.nextWorkingInstant(from: minute) : minute }

    /// A date alone, as a finish: its last working minute's end, or the last before.
    func finish(on time: WorkingTime) -> Minute {
        isDate ? time.previousWorkingEnd(before: minute + LocalDate.minutesPerDay) : minute
    }

    /// Reads `2024-03-01T08:00`, `2024-03-01 08:00`, `2024-03-01T08:00:00` and `2024-03-01`.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard [10, 16, 19].contains(bytes.count), let date = LocalDate(String(text.prefix(10))),
            (1900...2199).contains(date.year)
        else { return nil }
        isDate = bytes.count == 10
        guard !isDate else {
            minute = date.dayNumber * LocalDate.minutesPerDay
            return
        }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes.count == 16 || text.hasSuffix(":00"), let clock = ClockTime(bytes[11..<16])
        else { return nil }
        minute = date.dayNumber * LocalDate.minutesPerDay + clock.minute
    }
}

/// A time of day, 00:00 to 24:00.
struct ClockTime {
    let minute: Int

    init?(_ bytes: ArraySlice<UInt8>) {
        let digits = bytes.map { Int($0) - 48 }
        guard digits.count == 5, bytes[bytes.startIndex + 2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) })
        else { return nil }
        let (hour, rest) = (digits[0] * 10 + digits[1], digits[3] * 10 + digits[4])
        guard rest < 60, hour < 24 || (hour == 24 && rest == 0) else { return nil }
        minute = hour * 60 + rest
    }
}

extension NetworkReader {
    /// The amount of time that a key holds.
    func span(_ fields: Fields, _ key: String, isLag: Bool) -> WrittenSpan? {
        guard fields.has(key), let text = fields.text(key) else { return nil }
        guard let span = WrittenSpan(text), isLag || !span.isPercent else {
            report.add(.unreadableSpan(text, isLag: isLag), at: fields.span(key))
            return nil
        }
        guard let minutes = span.exactMinutes(perDay: minutesPerDay) else {
            report.add(
                abs(span.amount) < 1 << 40 ? .unreadableSpan(text, isLag: isLag) : .spanOutOfRange(text),
                at: fields.span(key))
            return nil
        }
        guard abs(minutes) <= ActivityNetwork.longestAmount, isLag || minutes >= 0,
            abs(span.share) <= Relation.largestShare
        else {
            report.add(.spanOutOfRange(text), at: fields.span(key))
            return nil
        }
        return span
    }

    /// The instant that a key holds.
    func instant(_ fields: Fields, _ key: String) -> WrittenInstant? {
        guard fields.has(key), let text = fields.text(key) else { return nil }
        guard let instant = WrittenInstant(text) else {
            report.add(.unreadableInstant(text), at: fields.span(key))
            return nil
        }
        return instant
    }
}
