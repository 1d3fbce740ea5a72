import WorkCalendar

/// What happened in many cases of some system (事件日志), as process mining knows it: cases of events in order of time.
public struct EventLog: Sendable, Hashable {
    public var name: String?
    /// In order of the source.
    public var cases: [LoggedCase]

    public init(name: String? = nil, cases: [LoggedCase] = []) {
        self.name = name
        self.cases = cases
    }

    public var eventCount: Int { cases.reduce(0) { $0 + $1.events.count } }

    /// The names of all activities, each once, in order of code points.
    public var activities: [String] { Set(cases.flatMap { $0.events.map(\.activity) }).sorted() }
}

/// One case of an event log.
public struct LoggedCase: Sendable, Hashable {
    public var id: String
    /// In order of time; of equal times in order of the source.
    public private(set) var events: [LoggedEvent]

    public init(id: String, events: [LoggedEvent]) {
        self.id = id
        // Swift's sort is stable.
        self.events = events.sorted { $0.time < $1.time }
    }
}

/// One event: an activity began, ended or changed its standing.
public struct LoggedEvent: Sendable, Hashable {
    public var activity: String
    /// Tells runs of one activity in a case apart; the events of one run share it.
    public var instance: String?
    public var transition: Transition
    public var time: LogTime
    /// Who did it, 经办人.
    public var resource: String?
    /// The department of whoever did it.
    public var group: String?

    public init(
        activity: String, instance: String? = nil, transition: Transition = .complete, time: LogTime,
        resource: String? = nil, group: String? = nil
    ) {
        self.activity = activity
        self.instance = instance
        self.transition = transition
        self.time = time
        self.resource = resource
        self.group = group
    }

    /// What an event did to its activity.
    ///
    /// - Source: the standard transactional life cycle of IEEE 1849-2016 (XES), extension `lifecycle`.
    public enum Transition: String, Sendable, Hashable, CaseIterable {
        case schedule, assign, reassign, start, suspend, resume, complete, withdraw
        case skip = "autoskip"
        case manualSkip = "manualskip"
        case abortActivity = "ate_abort"
        case abortCase = "pi_abort"
        case unknown
    }
}

/// A moment as a log writes it: the civil time of the place where it happened, and how far that is ahead of UTC.
///
/// Approvals count civil days, so the date as written is kept; the order of events is that of UTC.
public struct LogTime: Sendable, Hashable {
    public let date: LocalDate
    /// 0 ..< 86,400,000.
    public let millisecondOfDay: Int
    /// −18 h … 18 h.
    public let secondsFromUTC: Int

    public init(date: LocalDate, millisecondOfDay: Int = 0, secondsFromUTC: Int = 0) {
        precondition((0..<86_400_000).contains(millisecondOfDay), "no such time of day")
        precondition(abs(secondsFromUTC) <= 18 * 3600, "no such offset")
        self.date = date
        self.millisecondOfDay = millisecondOfDay
        self.secondsFromUTC = secondsFromUTC
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int { date.dayNumber * 86_400_000 + millisecondOfDay - secondsFromUTC * 1000 }
}

extension LogTime: Comparable {
    public static func < (a: LogTime, b: LogTime) -> Bool { a.milliseconds < b.milliseconds }
}

extension LogTime: LosslessStringConvertible {
    /// Reads an `xs:dateTime`: `2010-10-02T09:20:39`, with decimals of a second or none, then `Z`, an offset such as
    /// `+02:00`, or nothing for UTC. Digits beyond the millisecond are cut off.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes.count <= 40, bytes[10] == UInt8(ascii: "T"),
            let date = LocalDate(String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Self.number(bytes[11..<13]), hour < 24, let minute = Self.number(bytes[14..<16]), minute < 60,
            let second = Self.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? Int(digits[digits.startIndex + place] - UInt8(ascii: "0")) : 0
                fraction = fraction * 10 + digit
            }
            rest = rest[digits.endIndex...]
        }
        guard let offset = Self.offset(rest) else { return nil }
        self.init(
            date: date, millisecondOfDay: ((hour * 60 + minute) * 60 + second) * 1000 + fraction, secondsFromUTC: offset
        )
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        if text.isEmpty || text.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
        let start = text.startIndex
        guard text.count == 6, text[start + 3] == UInt8(ascii: ":"), let sign = text.first,
            sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = number(text[start + 1..<start + 3]), let minutes = number(text[start + 4..<start + 6]),
            minutes < 60, hours * 60 + minutes <= 18 * 60
        else { return nil }
        return (sign == UInt8(ascii: "+") ? 60 : -60) * (hours * 60 + minutes)
    }

    /// As ``init(_:)`` reads it, always with milliseconds and an offset.
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = millisecondOfDay / 1000
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        let ahead = abs(secondsFromUTC) / 60
        let offset = "\(secondsFromUTC < 0 ? "-" : "+")\(padded(ahead / 60, 2)):\(padded(ahead % 60, 2))"
        return "\(date)T\(time).\(padded(millisecondOfDay % 1000, 3))\(offset)"
    }
}
