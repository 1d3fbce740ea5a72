/// What has happened of an activity (活动进度): when it really started, and when it finished or what is left of it.
public struct ActivityProgress: Sendable, Hashable {
    /// Actual start 实际开始.
    public var start: Minute
    /// Actual finish 实际完成; `nil` while it is under way.
    public var finish: Minute?
    /// Working minutes of its calendar that are left; 0 when it is finished.
    public var remaining: Int

    /// An activity under way.
    public init(start: Minute, remaining: Int) {
        self.start = start
        self.finish = nil
        self.remaining = remaining
    }

    /// A finished activity.
    public init(start: Minute, finish: Minute) {
        self.start = start
        self.finish = finish
        self.remaining = 0
    }
}

/// What relations still mean to an activity that started before they let it (超前开工).
///
/// - Source: the scheduling options of Primavera P6; scheduling rule 12.
public enum ProgressMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// What is left of it waits for its relations.
    case retainedLogic
    /// What is left of it goes on at the data date.
    case progressOverride
    /// What is left of it waits for its relations, and its actual dates bind the late dates of what comes before.
    case actualDates
}

/// What a schedule is computed from besides the network.
public struct ScheduleTerms: Sendable, Hashable {
    /// The project's start.
    public var start: Minute
    /// Where late dates are anchored; `nil` is the project's own early finish.
    public var finish: Minute?
    /// Up to when progress is known (数据日期); nothing that is left to do happens before it. `nil`: nothing is known of
    /// progress but what activities say, and what is left of them goes on at the project's start.
    public var dataDate: Minute?
    public var progressMode: ProgressMode

    public init(
        start: Minute, finish: Minute? = nil, dataDate: Minute? = nil, progressMode: ProgressMode = .retainedLogic
    ) {
        self.start = start
        self.finish = finish
        self.dataDate = dataDate
        self.progressMode = progressMode
    }

    /// From when on work that is under way goes on.
    public var resumption: Minute { dataDate ?? start }
}
