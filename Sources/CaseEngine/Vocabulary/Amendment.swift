import WorkCalendar

/// What somebody wants when a running case is to go on under another version of its workflow (办件迁移指令).
public struct MigrationOrder: Hashable, Sendable, Codable {
    /// The version to go on under, and the hash of its file as published.
    public let version: String
    public let definition: String
    /// Ids of items under the case's version, with the ids that they go on under; equal ids need no entry. Entries for
    /// items that the case's plan does not have are passed over, so that one order serves many cases.
    public let map: [String: String]
    /// Ids of items that finish under the case's version where they are under way.
    public let keep: [String]
    public let reason: String

    public init(version: String, definition: String, map: [String: String] = [:], keep: [String] = [], reason: String) {
        self.version = version
        self.definition = definition
        self.map = map
        self.keep = keep
        self.reason = reason
    }
}

/// A case goes on under another version (办件迁移): everything that its state needs to follow, and what it meant.
public struct CaseMigration: Hashable, Sendable, Codable {
    public let from: VersionName
    public let to: VersionName
    /// Old ids of items that go on under another id.
    public let map: [String: String]
    /// Items of the new version that start anew although the old one had an item of that id.
    public let fresh: [String]
    /// Items that go by an earlier version, all of them.
    public let kept: [KeptItem]
    /// Items that the case had and has no more; none of them was begun, unless it came to nothing.
    public let dropped: [String]
    /// Items that the case did not have.
    public let added: [String]
    /// Open items that another body has now.
    public let handed: [Handover]
    public internal(set) var deadlines: [DeadlineChange]
    public let reason: String

    public init(
        from: VersionName, to: VersionName, map: [String: String], fresh: [String], kept: [KeptItem],
        dropped: [String], added: [String], handed: [Handover], deadlines: [DeadlineChange], reason: String
    ) {
        self.from = from
        self.to = to
        self.map = map
        self.fresh = fresh
        self.kept = kept
        self.dropped = dropped
        self.added = added
        self.handed = handed
        self.deadlines = deadlines
        self.reason = reason
    }
}

/// A version of a workflow and the hash of its file as published.
public struct VersionName: Hashable, Sendable, Codable {
    public let version: String
    public let definition: String

    public init(version: String, definition: String) {
        self.version = version
        self.definition = definition
    }
}

/// An open item, or a participant's part of it, that another body goes on with (划转).
public struct Handover: Hashable, Sendable, Codable {
    public let item: String
    public let participant: String?
    public let from: String?
    public let to: String?

    public init(item: String, participant: String?, from: String?, to: String?) {
        self.item = item
        self.participant = participant
        self.from = from
        self.to = to
    }
}

/// What somebody wants when a new version of a calendar is to hold in a running case (日历变更指令).
public struct CalendarOrder: Hashable, Sendable, Codable {
    public let calendar: String
    public let version: String
    public let reason: String

    public init(calendar: String, version: String, reason: String) {
        self.calendar = calendar
        self.version = version
        self.reason = reason
    }
}

/// The days ahead of a case are counted on a new version of its calendar (工作日历变更).
public struct CalendarChange: Hashable, Sendable, Codable {
    public let calendar: String
    public let from: String
    public let to: String
    /// Days up to and including this one keep the kind they were counted as.
    public let after: LocalDate
    /// Where promises of missing materials end now, by the ids of their items; those that moved.
    public let promises: [String: LocalDate]
    /// Where what follows decisions ends now, and visits that were agreed; those that moved. `nil` in older logs.
    public let followUps: [DeadlineChange]?
    public internal(set) var deadlines: [DeadlineChange]
    public let reason: String

    public init(
        calendar: String, from: String, to: String, after: LocalDate, promises: [String: LocalDate],
        followUps: [DeadlineChange]? = nil, deadlines: [DeadlineChange], reason: String
    ) {
        self.calendar = calendar
        self.from = from
        self.to = to
        self.after = after
        self.promises = promises
        self.followUps = followUps
        self.deadlines = deadlines
        self.reason = reason
    }
}

/// An open deadline that moved, was set or fell away (期限变动).
public struct DeadlineChange: Hashable, Sendable, Codable {
    /// By its id after the change.
    public let item: String
    public let participant: String?
    public let deadline: Deadline
    public let from: LocalDate?
    public let to: LocalDate?
    /// Whether the new date rests on days of which nothing has been published.
    public let provisional: Bool

    public init(
        item: String, participant: String?, deadline: Deadline, from: LocalDate?, to: LocalDate?, provisional: Bool
    ) {
        self.item = item
        self.participant = participant
        self.deadline = deadline
        self.from = from
        self.to = to
        self.provisional = provisional
    }
}

/// What a date of an item is the last, or the first, day of (期限种类).
public enum Deadline: String, Hashable, Sendable, Codable, CaseIterable {
    /// The date from which the item may start, when a lag runs 可办日.
    case ready
    /// The working day that a filing or a correction counts as received 收件日.
    case received
    /// The last day to ask for a correction 补正告知期限.
    case admission
    /// 提醒日
    case blue
    /// 黄牌日
    case yellow
    /// The last day of the promised limit 承诺期限.
    case promised
    /// 红牌日
    case red
    /// The last day of the statutory limit 法定期限.
    case statutory
    /// 法定超期日
    case statutoryRed
    /// When the applicant is reminded of promised materials 容缺提醒日.
    case gapReminder
    /// The last day for promised materials 容缺期限.
    case promise
    /// The last day of a special procedure's announced length 特别程序期限.
    case announced
    /// When the clock goes on 恢复计时日.
    case resumption
    /// The last day to hand a result over 送达期限.
    case delivery
    /// The last day of a later check 核查期限.
    case check
    /// The last day to put a breach right 整改期限.
    case rectification
    /// The last day to name a date for a special procedure 响应期限.
    case response
    /// The last day on which a permit can be made use of 许可失效日.
    case lapse
    /// When its holder is reminded of it 失效提醒日.
    case lapseReminder
    /// The last day of the time that a firm promised 中介服务期限.
    case service
}
