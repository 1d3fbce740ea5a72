import WorkCalendar

/// When the window serves on a day (服务时间), both ends included.
public struct ServiceHours: Hashable, Sendable {
    public let from: TimeOfDay
    public let until: TimeOfDay

    /// `nil` unless it begins before it ends.
    public init?(from: TimeOfDay, until: TimeOfDay) {
        guard from < until else { return nil }
        self.from = from
        self.until = until
    }

    /// - Parameter text: such as `09:00-17:30`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let from = TimeOfDay(parts[0]), let until = TimeOfDay(parts[1]) else { return nil }
        self.init(from: from, until: until)
    }
}

extension ServiceHours: CustomStringConvertible {
    public var description: String { "\(from)-\(until)" }
}

extension ServiceHours: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hours = ServiceHours(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no hours: \(text)")
        }
        self = hours
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// When the window is open (服务日历): other than the days on which limits are counted.
///
/// The office works on working days; the window may serve longer on some of them (延时), on days of the weekend (5+X) and
/// on holidays that are named. What comes in then is received then. Days are counted on the working calendar all the
/// same, and the day of receipt is day 0 of it.
///
/// - Source: 重庆市实施“全渝通办”方案 二(四): 错时、延时、节假日受理, 5+X 工作日; what comes in after hours counts as
///   received on the next day of service: assumed.
public struct ServiceCalendar: Hashable, Sendable, Codable {
    /// On working days.
    public let hours: ServiceHours
    /// Other hours on working days of that name 延时.
    public let longer: [Weekday: ServiceHours]
    /// Days of the weekend on which the window serves 5+X; never on a holiday.
    public let extra: [Weekday: ServiceHours]
    /// Single days, holidays too; `nil` closes the window on that day.
    public let days: [LocalDate: ServiceHours?]

    public init(
        hours: ServiceHours, longer: [Weekday: ServiceHours] = [:], extra: [Weekday: ServiceHours] = [:],
        days: [LocalDate: ServiceHours?] = [:]
    ) {
        self.hours = hours
        self.longer = longer
        self.extra = extra
        self.days = days
    }

    /// The hours on a date; `nil` when the window is closed.
    public func hours(on date: LocalDate, _ calendar: WorkCalendar) -> ServiceHours? {
        if let said = days[date] { return said }
        if calendar.isWorking(date) { return longer[date.weekday] ?? hours }
        return calendar.exception(on: date) == nil ? extra[date.weekday] : nil
    }

    /// The day on which something counts as received that comes in on a date.
    ///
    /// Before the window opens counts as that day; past its closing, or on a day on which it is closed, as the next day on
    /// which it serves.
    ///
    /// - Parameter time: `nil` is within hours.
    public func received(on date: LocalDate, at time: TimeOfDay?, _ calendar: WorkCalendar) -> LocalDate {
        if let hours = hours(on: date, calendar), time.map({ $0 <= hours.until }) ?? true { return date }
        var day = date
        // Single days that close the window are at most ``Registry/partLimit``, so that a day comes.
        for _ in 0...(2 * Registry.partLimit) {
            day = day.adding(days: 1)
            if hours(on: day, calendar) != nil { return day }
        }
        return calendar.workingDay(onOrAfter: date.adding(days: 1))
    }

    // Keys of dictionaries are days, and the log's bytes are the same in every process.

    private enum CodingKeys: String, CodingKey { case hours, longer, extra, days }

    private struct WeekdayHours: Codable {
        let day: String
        let hours: ServiceHours
    }

    private struct DayHours: Codable {
        let date: LocalDate
        let hours: ServiceHours?
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func weekdays(_ key: CodingKeys) throws -> [Weekday: ServiceHours] {
            let entries = try container.decodeIfPresent([WeekdayHours].self, forKey: key) ?? []
            var hours: [Weekday: ServiceHours] = [:]
            for entry in entries {
                guard let day = Weekday(abbreviation: entry.day) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: container, debugDescription: "no day of the week: \(entry.day)")
                }
                hours[day] = entry.hours
            }
            return hours
        }
        let days = try container.decodeIfPresent([DayHours].self, forKey: .days) ?? []
        self.init(
            hours: try container.decode(ServiceHours.self, forKey: .hours), longer: try weekdays(.longer),
            extra: try weekdays(.extra), days: Dictionary(days.map { ($0.date, $0.hours) }, uniquingKeysWith: { $1 }))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        func entries(_ hours: [Weekday: ServiceHours]) -> [WeekdayHours] {
            Weekday.allCases.compactMap { day in hours[day].map { WeekdayHours(day: day.abbreviation, hours: $0) } }
        }
        try container.encode(hours, forKey: .hours)
        if !longer.isEmpty { try container.encode(entries(longer), forKey: .longer) }
        if !extra.isEmpty { try container.encode(entries(extra), forKey: .extra) }
        if !days.isEmpty {
            try container.encode(
                days.sorted { $0.key < $1.key }.map { DayHours(date: $0.key, hours: $0.value) }, forKey: .days)
        }
    }

    /// In few words.
    public var words: LocalizedText {
        func list(_ hours: [Weekday: ServiceHours], _ name: (Weekday) -> String) -> [String] {
            Weekday.allCases.compactMap { day in hours[day].map { "\(name(day)) \($0)" } }
        }
        let single = days.sorted { $0.key < $1.key }
        let zh =
            ["工作日 \(hours)"] + list(longer) { "\($0.title.zh)延时" } + list(extra) { $0.title.zh }
            + single.map { "\($0.key) " + ($0.value?.description ?? "不开放") }
        let en =
            ["working days \(hours)"] + list(longer) { "\($0.title.en) longer," } + list(extra) { $0.title.en }
            + single.map { "\($0.key) " + ($0.value?.description ?? "closed") }
        return LocalizedText(zh: zh.joined(separator: "、"), en: en.joined(separator: ", "))
    }
}

extension Weekday {
    fileprivate var title: LocalizedText {
        let position = rawValue - 1
        return LocalizedText(
            zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][position],
            en: ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"][position])
    }
}
