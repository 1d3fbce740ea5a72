import WorkCalendar

/// A time of day to the minute (时刻), written as `18:40`; 24:00 is the end of the day.
public struct TimeOfDay: Hashable, Sendable, Comparable {
    /// Minutes since midnight, 0…1440.
    public let minutes: Int

    public init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// - Parameter text: two digits, a colon and two digits.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (48...57).contains(digits[$0]) })
        else { return nil }
        let hour = Int(digits[0] - 48) * 10 + Int(digits[1] - 48)
        let minute = Int(digits[3] - 48) * 10 + Int(digits[4] - 48)
        guard minute < 60 else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minutes < b.minutes }
}

extension TimeOfDay: CustomStringConvertible {
    public var description: String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}

extension TimeOfDay: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = TimeOfDay(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time of day: \(text)")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Where an application comes in (申报渠道).
///
/// - Source: 粤府办〔2018〕51号 二(一)2, 3 (网上办、就近办); 乳山规划 三章一节, 五章一节三 (上门).
public enum ArrivalChannel: String, Hashable, Sendable, Codable, CaseIterable {
    /// 网上办
    case online
    /// 窗口
    case window
    /// 就近办: a town's centre or a device near the applicant.
    case nearby
    /// 邮寄
    case mail
    /// 预约上门
    case home

    public var title: LocalizedText {
        switch self {
        case .online: LocalizedText(zh: "网上", en: "online")
        case .window: LocalizedText(zh: "窗口", en: "at the window")
        case .nearby: LocalizedText(zh: "就近", en: "nearby")
        case .mail: LocalizedText(zh: "邮寄", en: "by mail")
        case .home: LocalizedText(zh: "上门", en: "at the applicant's")
        }
    }

    /// Whether the applicant has to go somewhere 跑一次.
    public var isVisit: Bool { self == .window || self == .nearby }

    /// Whether it is somewhere that has a name.
    var needsPlace: Bool { self == .nearby || self == .home }
}

/// How an application came in (收件情况): all of it is told by who takes it in, and none has to be.
public struct Arrival: Hashable, Sendable, Codable {
    public let channel: ArrivalChannel?
    /// When on the day; `nil` is within hours.
    public let at: TimeOfDay?
    /// Where, for what is not taken in at the window itself.
    public let place: String?
    /// Who saw the applicant first and answers for the case being handled 首问责任人.
    public let firstContact: String?

    public init(
        channel: ArrivalChannel? = nil, at: TimeOfDay? = nil, place: String? = nil, firstContact: String? = nil
    ) {
        self.channel = channel
        self.at = at
        self.place = place
        self.firstContact = firstContact
    }

    /// In few words: how, when, where and by whom.
    public var words: LocalizedText {
        let zh = [
            channel?.title.zh, place, at.map(\.description), firstContact.map { "首问\($0)" },
        ].compactMap(\.self)
        let en = [
            channel?.title.en, place, at.map(\.description), firstContact.map { "first contact \($0)" },
        ].compactMap(\.self)
        return LocalizedText(zh: zh.joined(separator: " "), en: en.joined(separator: ", "))
    }
}

extension TimeOfDay: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) { json.quoted { $0.plain(description) } }
}

extension ArrivalChannel: CanonicallyWritten {}

extension Arrival: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("at", at)
            $0.member("channel", channel)
            $0.member("firstContact", firstContact)
            $0.member("place", place)
        }
    }
}
