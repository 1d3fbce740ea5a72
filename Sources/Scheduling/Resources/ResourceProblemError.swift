import WorkCalendar

/// What is wrong with the activities, relations and resources given for a problem.
public enum ResourceProblemError: Error, Sendable, Hashable {
    case tooMany(Kind, Int)
    case noProject
    /// A capacity outside 0...`ResourceProblem.largestCapacity`.
    case capacityOutOfRange(Int, resource: String)
    /// A window that is empty, begins before the one before it ends, or passes the horizon.
    case windowOutOfOrder(Range<Int>, resource: String)
    /// A duration, release or due period of an activity or project outside 0...`ResourceProblem.longestHorizon`.
    case periodOutOfRange(Int, id: String)
    case weightOutOfRange(Int, project: String)
    case unknownProject(Int, activity: String)
    case unknownResource(Int, activity: String)
    /// An activity needs less than one unit, or needs something for no time.
    case needOutOfRange(Int, activity: String)
    /// An activity needs more than there is outside all windows, so that it might never start.
    case needExceedsCapacity(Int, capacity: Int, resource: String, activity: String)
    case unknownActivity(relation: Int)
    case lagOutOfRange(Int, relation: Int)
    /// Activities wait for each other, by id.
    case cycle(activities: [String])
    /// Everything one after another would pass `ResourceProblem.longestHorizon`.
    case horizonTooLong(Int)

    public enum Kind: String, Sendable { case activities, relations, resources, projects }

    /// Where, why and what to do.
    public var message: LocalizedText {
        switch self {
        case .tooMany(let kind, let count):
            .init(
                zh: "\(kind.name.zh)有 \(count) 个，超过上限 \(kind.most)；请分成几次排程。",
                en: "there are \(count) \(kind.name.en), more than \(kind.most); schedule them in parts.")
        case .noProject:
            .init(zh: "没有项目；请给出至少一个。", en: "there is no project; give at least one.")
        case .capacityOutOfRange(let capacity, let resource):
            .init(
                zh: "资源“\(resource)”的数量 \(capacity) 不在 0…\(ResourceProblem.largestCapacity) 之内；请改用更大的单位。",
                en: """
                    resource '\(resource)' has capacity \(capacity), outside 0...\(ResourceProblem.largestCapacity); \
                    count in larger units.
                    """)
        case .windowOutOfOrder(let periods, let resource):
            .init(
                zh: "资源“\(resource)”的时段 \(periods) 为空、与前一时段重叠或超出范围；请按时间先后给出互不重叠的时段。",
                en: """
                    the window \(periods) of resource '\(resource)' is empty, overlaps the one before or lies outside \
                    the horizon; give disjoint windows in order of time.
                    """)
        case .periodOutOfRange(let period, let id):
            .init(
                zh: "“\(id)”的时间 \(period) 不在 0…\(ResourceProblem.longestHorizon) 之内；请改用更长的时间单位。",
                en:
                    "'\(id)' has a time of \(period), outside 0...\(ResourceProblem.longestHorizon); use longer periods."
            )
        case .weightOutOfRange(let weight, let project):
            .init(
                zh: "项目“\(project)”的权重 \(weight) 不在 1…1000 之内。",
                en: "project '\(project)' has weight \(weight), outside 1...1000.")
        case .unknownProject(let project, let activity):
            .init(
                zh: "活动“\(activity)”属于不存在的项目 \(project)。",
                en: "activity '\(activity)' names project \(project), which is not there.")
        case .unknownResource(let resource, let activity):
            .init(
                zh: "活动“\(activity)”需要不存在的资源 \(resource)。",
                en: "activity '\(activity)' needs resource \(resource), which is not there.")
        case .needOutOfRange(let units, let activity):
            .init(
                zh: "活动“\(activity)”需要 \(units) 个单位；占用资源的活动须历时至少 1、需要至少 1 个单位。",
                en: "activity '\(activity)' needs \(units) units; what holds a resource lasts and needs at least 1.")
        case .needExceedsCapacity(let units, let capacity, let resource, let activity):
            .init(
                zh: "活动“\(activity)”需要 \(units) 个“\(resource)”，而只有 \(capacity) 个，永远无法开始；请增加资源或减少需要。",
                en: """
                    activity '\(activity)' needs \(units) of '\(resource)', of which there are \(capacity), and can never \
                    start; add capacity or lower the need.
                    """)
        case .unknownActivity(let relation):
            .init(
                zh: "第 \(relation + 1) 条关系提到不存在的活动。",
                en: "relation \(relation + 1) names an activity that is not there.")
        case .lagOutOfRange(let lag, let relation):
            .init(
                zh: "第 \(relation + 1) 条关系的时距 \(lag) 超出范围。",
                en: "relation \(relation + 1) has a lag of \(lag), beyond ±\(ResourceProblem.longestHorizon).")
        case .cycle(let ids):
            .init(
                zh: "活动互相等待：\((ids + ids.prefix(1)).joined(separator: " → "))；请去掉其中一条关系。",
                en:
                    "activities wait for each other: \((ids + ids.prefix(1)).joined(separator: " → ")); remove a relation."
            )
        case .horizonTooLong(let periods):
            .init(
                zh: "全部活动依次进行需要 \(periods) 个时间单位，超过上限 \(ResourceProblem.longestHorizon)；请改用更长的时间单位。",
                en: """
                    everything one after another takes \(periods) periods, more than \(ResourceProblem.longestHorizon); use \
                    longer periods.
                    """)
        }
    }
}

extension ResourceProblemError: CustomStringConvertible {
    public var description: String { message.en }
}

extension ResourceProblemError.Kind {
    fileprivate var name: LocalizedText {
        switch self {
        case .activities: .init(zh: "活动", en: "activities")
        case .relations: .init(zh: "关系", en: "relations")
        case .resources: .init(zh: "资源", en: "resources")
        case .projects: .init(zh: "项目", en: "projects")
        }
    }

    fileprivate var most: Int {
        switch self {
        case .activities, .projects: ResourceProblem.mostActivities
        case .relations: ResourceProblem.mostRelations
        case .resources: ResourceProblem.mostResources
        }
    }
}
