/// An activity of a network (活动): work of a fixed length on one calendar. Zero length is a milestone 里程碑.
public struct Activity: Sendable, Hashable {
    /// Unique in its network.
    public var id: String
    /// Working minutes of its calendar, 0...`ActivityNetwork.longestAmount`.
    public var duration: Int
    /// Index into the network's calendars.
    public var calendar: Int
    public var constraints: DateConstraints
    /// `nil` as long as it has not started.
    public var progress: ActivityProgress?

    public init(
        _ id: String, duration: Int, calendar: Int = 0, constraints: DateConstraints = .none,
        progress: ActivityProgress? = nil
    ) {
        self.id = id
        self.duration = duration
        self.calendar = calendar
        self.constraints = constraints
        self.progress = progress
    }

    /// Working minutes that are left to do.
    public var work: Int { progress?.remaining ?? duration }

    /// Whether it is scheduled at its late dates; what has started no longer is.
    var isAsLateAsPossible: Bool { constraints.asLateAsPossible && progress == nil }
}

/// Dates that bind an activity besides its relations (日期约束).
///
/// Pushes (`startNoEarlier`, `finishNoEarlier`) delay; where nothing comes before, the date takes the place of the project's
/// start, also when it is earlier. The four others *override* relations, as an activity always
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

    /// The instant of a constraint; always `nil` for `asLateAsPossible`, which has none.
    public subscript(kind: Kind) -> Minute? {
        get {
            switch kind {
            case .startNoEarlier: startNoEarlier
            case .finishNoEarlier: finishNoEarlier
            case .startNoLater: startNoLater
            case .finishNoLater: finishNoLater
            case .mustStart: mustStart
            case .mustFinish: mustFinish
            case .deadline: deadline
            case .asLateAsPossible: nil
            }
        }
        set {
            switch kind {
            case .startNoEarlier: startNoEarlier = newValue
            case .finishNoEarlier: finishNoEarlier = newValue
            case .startNoLater: startNoLater = newValue
            case .finishNoLater: finishNoLater = newValue
            case .mustStart: mustStart = newValue
            case .mustFinish: mustFinish = newValue
            case .deadline: deadline = newValue
            case .asLateAsPossible: break
            }
        }
    }

    /// The name of one date constraint, for reasons and messages.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case startNoEarlier, finishNoEarlier, startNoLater, finishNoLater, mustStart, mustFinish, deadline
        case asLateAsPossible
    }
}
