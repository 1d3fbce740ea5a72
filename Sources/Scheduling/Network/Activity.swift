/// An activity of a network (活动): work of a fixed length on one calendar. Zero length is a milestone 里程碑.
public struct Activity: Sendable, Hashable {
    /// Unique in its network.
    public var id: String
    /// Working minutes of its calendar, 0...`ActivityNetwork.longestAmount`.
    public var duration: Int
    /// Index into the network's calendars.
    public var calendar: Int
    public var constraints: DateConstraints

    public init(_ id: String, duration: Int, calendar: Int = 0, constraints: DateConstraints = .none) {
        self.id = id
        self.duration = duration
        self.calendar = calendar
        self.constraints = constraints
    }
}

/// Dates that bind an activity besides its relations (日期约束).
///
/// Pushes (`startNoEarlier`, `finishNoEarlier`) only delay. The four others *override* relations, as an activity always
/// honours its dates: the conflict shows as negative float of what comes before. A deadline moves no early date.
///
/// - Source: the constraint types of Microsoft Project; scheduling rules 5 and 9.
public struct DateConstraints: Sendable, Hashable {
    public var startNoEarlier: Minute?
    public var finishNoEarlier: Minute?
    public var startNoLater: Minute?
    public var finishNoLater: Minute?
    /// Not together with `mustFinish`.
    public var mustStart: Minute?
    public var mustFinish: Minute?
    /// Caps the late finish, and so may make total float negative.
    public var deadline: Minute?
    /// The activity is scheduled at its late dates and has no total float.
    public var asLateAsPossible: Bool

    public init(
        startNoEarlier: Minute? = nil, finishNoEarlier: Minute? = nil, startNoLater: Minute? = nil,
        finishNoLater: Minute? = nil, mustStart: Minute? = nil, mustFinish: Minute? = nil, deadline: Minute? = nil,
        asLateAsPossible: Bool = false
    ) {
        self.startNoEarlier = startNoEarlier
        self.finishNoEarlier = finishNoEarlier
        self.startNoLater = startNoLater
        self.finishNoLater = finishNoLater
        self.mustStart = mustStart
        self.mustFinish = mustFinish
        self.deadline = deadline
        self.asLateAsPossible = asLateAsPossible
    }

    public static let none = DateConstraints()

    /// The name of one date constraint, for reasons and messages.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case startNoEarlier, finishNoEarlier, startNoLater, finishNoLater, mustStart, mustFinish, deadline
        case asLateAsPossible
    }
}
