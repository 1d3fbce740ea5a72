import WorkCalendar

/// When supervision warns and what it follows up (监察规则), and the limits the law sets where an item names none.
///
/// Part of a workflow's text, `supervision:`, so a case keeps the policy that it opened with.
public struct SupervisionPolicy: Hashable, Sendable {
    /// When each card is raised.
    public var cards = CardThresholds()
    /// The cards that are raised by rule as soon as the log shows the breach; only those that the log can show.
    public var cardsByRule: [SupervisionRule: CardLevel] = [:]

    /// Within how many days of receipt a correction has to be asked for; after that it is deemed admitted.
    public var admissionLimit = DayAmount.working(5)
    /// How long before the promised date the applicant is reminded of open gaps.
    public var gapReminderBefore = DayAmount.working(1)
    /// The limit of an approval whose item names none.
    public var approvalLimit: StatutoryLimit? = StatutoryLimit(
        limit: .working(20), extension: .working(10), basis: "行政许可法 art.42")
    /// The limit of a joint item that names none.
    public var jointLimit: StatutoryLimit? = StatutoryLimit(
        limit: .working(45), extension: .working(15), basis: "行政许可法 art.42")
    /// Within how many days of the decision outputs are handed out.
    public var deliveryLimit = DayAmount.working(10)

    /// Within how many days a department explains a card.
    public var explanationLimit = DayAmount.working(3)
    /// Within how many days a follow-up is answered when the supervisor names no date.
    public var followUpLimit = DayAmount.working(5)
    /// Who takes over what a department leaves open, lowest first: ids of departments.
    public var escalation = ["coordination", "government"]
    /// Within how many days each of them answers.
    public var escalationLimit = DayAmount.working(3)
    /// The limit promised for the answer to a complaint.
    public var complaintLimit = DayAmount.working(15)
    /// The longest extension of that, granted once.
    public var complaintExtension = DayAmount.working(10)
    /// Within how many days a bad rating is answered.
    public var badRatingLimit = DayAmount.working(5)

    /// A special procedure that begins in the last so many per cent of the limit is a finding.
    public var lateProcedurePercent = 10
    /// So many stops of the clock in one application are a finding.
    public var manyPauses = 3

    public init() {}

    /// Blue one working day before, yellow at 90 %, red past the promised limit; the limits of the licensing law.
    ///
    /// - Source: 行政许可法 (2019) arts. 32 (five working days), 42 (20 + 10, joint 45 + 15), 44 (ten to deliver); answer to
    ///   a bad rating within five working days: published practice of Dezhou; the levels follow municipal supervision
    ///   rules; the other figures are assumed. All of it is configuration.
    public static let standard = SupervisionPolicy()
}

/// When the four cards are raised (亮牌条件).
public struct CardThresholds: Hashable, Sendable {
    public var blue = CardThreshold.before(.working(1), of: .promised)
    public var yellow = CardThreshold.share(percent: 90, of: .promised)
    public var red = CardThreshold.past(.promised)
    public var statutoryRed = CardThreshold.past(.statutory)

    public init() {}

    public subscript(level: CardLevel) -> CardThreshold {
        get {
            switch level {
            case .blue: blue
            case .yellow: yellow
            case .red: red
            case .statutoryRed: statutoryRed
            }
        }
        set {
            switch level {
            case .blue: blue = newValue
            case .yellow: yellow = newValue
            case .red: red = newValue
            case .statutoryRed: statutoryRed = newValue
            }
        }
    }
}

/// The moment at which a card is raised.
public enum CardThreshold: Hashable, Sendable {
    /// So long before the last day.
    case before(DayAmount, of: WarnedLimit)
    /// When so many per cent of the limit are used, 1…99.
    case share(percent: Int, of: WarnedLimit)
    /// On the first working day past the last day.
    case past(WarnedLimit)
    case never

    /// Which limit is warned of.
    public enum WarnedLimit: String, Hashable, Sendable, CaseIterable {
        /// 承诺时限
        case promised
        /// 法定时限
        case statutory
    }

    public var limit: WarnedLimit? {
        switch self {
        case .before(_, let limit), .share(_, let limit), .past(let limit): limit
        case .never: nil
        }
    }

    /// Whether the card says that a limit has passed, and not that one is near.
    public var isPast: Bool { if case .past = self { true } else { false } }
}

extension CardThreshold: CustomStringConvertible {
    /// `1 wd before promised`, `90 % of promised`, `past statutory`, `never`: as it is written in a file.
    public var description: String {
        switch self {
        case .before(let amount, let limit): "\(amount) before \(limit.rawValue)"
        case .share(let percent, let limit): "\(percent) % of \(limit.rawValue)"
        case .past(let limit): "past \(limit.rawValue)"
        case .never: "never"
        }
    }

    /// Reads what ``description`` writes; spaces inside an amount may be left out.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let words = text.split(separator: " ").map(String.init)
        guard let limit = words.last.flatMap(WarnedLimit.init) else {
            if text == "never" { self = .never } else { return nil }
            return
        }
        let amount = words.dropLast(2).joined()
        switch words.dropLast().last {
        case "past" where words.count == 2: self = .past(limit)
        case "before":
            guard let amount = DayAmount(amount), amount.minutes > 0 else { return nil }
            self = .before(amount, of: limit)
        case "of":
            guard let percent = amount.percent, (1...99).contains(percent) else { return nil }
            self = .share(percent: percent, of: limit)
        default: return nil
        }
    }
}

extension String {
    /// The number of `10 %` or `10%`.
    var percent: Int? {
        guard utf8.last == UInt8(ascii: "%"), utf8.count <= 6 else { return nil }
        return Int(dropLast().filter { $0 != " " })
    }
}
