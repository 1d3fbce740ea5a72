/// Activities that share teams (资源受限项目排程问题): relations, renewable resources with capacity over time, and the
/// projects that the activities belong to.
///
/// Time is whole periods counted from 0; a period is whatever the caller says, such as half a working day. An activity
/// occupies the half-open range of periods from its start and all that it needs at once: a joint session that needs one
/// team of each of several departments is an activity with several needs.
///
/// A problem is checked when it is made. Numbers outside go by the index in the input.
/// - Source: the model of Kolisch, Hartmann, *Experimental investigation of heuristics for resource-constrained project
///   scheduling*, EJOR 174 (2006) 23–37, doi:10.1016/j.ejor.2005.01.065, with minimal time lags and calendars.
public struct ResourceProblem: Sendable {
    public let activities: [Activity]
    public let relations: [Relation]
    public let resources: [Resource]
    public let projects: [Project]

    let packed: PackedProblem

    /// What must be done: a fixed number of periods and of teams.
    public struct Activity: Sendable, Hashable {
        public var id: String
        /// Periods, ≥ 0; 0 is a milestone, which needs nothing.
        public var duration: Int
        /// Resource index → units, ≥ 1, held from start to finish. What is missing is not needed.
        public var needs: [Int: Int]
        /// The first period in which it may start.
        public var release: Int
        /// Index into `projects`.
        public var project: Int

        public init(_ id: String, duration: Int, needs: [Int: Int] = [:], release: Int = 0, project: Int = 0) {
            self.id = id
            self.duration = duration
            self.needs = needs
            self.release = release
            self.project = project
        }
    }

    /// `successor` waits for `predecessor`, both by index into `activities`; the lag is in periods, negative for a lead.
    public struct Relation: Sendable, Hashable {
        public var predecessor: Int
        public var successor: Int
        public var kind: Scheduling.Relation.Kind
        public var lag: Int

        public init(
            _ predecessor: Int, _ successor: Int, _ kind: Scheduling.Relation.Kind = .finishToStart, lag: Int = 0
        ) {
            self.predecessor = predecessor
            self.successor = successor
            self.kind = kind
            self.lag = lag
        }
    }

    /// Teams of one kind (可更新资源): free again when an activity finishes.
    public struct Resource: Sendable, Hashable {
        public var id: String
        /// Units in every period that no window names, 0...`ResourceProblem.largestCapacity`.
        public var capacity: Int
        /// Periods with more or fewer units; disjoint, in order of time.
        public var windows: [Window]

        public struct Window: Sendable, Hashable {
            public var periods: Range<Int>
            public var capacity: Int

            public init(_ periods: Range<Int>, capacity: Int) {
                self.periods = periods
                self.capacity = capacity
            }
        }

        public init(_ id: String, capacity: Int, windows: [Window] = []) {
            self.id = id
            self.capacity = capacity
            self.windows = windows
        }
    }

    /// One of the projects of a portfolio (项目群).
    public struct Project: Sendable, Hashable {
        public var id: String
        /// The first period in which any of its activities may start.
        public var release: Int
        /// The period by whose beginning it should be finished, if any.
        public var due: Int?
        /// How much a period of delay counts beside the other projects, 1...1000.
        public var weight: Int

        public init(_ id: String, release: Int = 0, due: Int? = nil, weight: Int = 1) {
            self.id = id
            self.release = release
            self.due = due
            self.weight = weight
        }
    }

    public static let mostActivities = 20_000
    public static let mostRelations = 500_000
    public static let mostResources = 64
    public static let largestCapacity = 32_767
    /// No start, duration, lag or sum of all of them may pass this period.
    public static let longestHorizon = 1 << 20

    /// - Throws: the first `ResourceProblemError` found.
    /// - Complexity: O(activities · resources + relations + periods of the windows).
    public init(
        activities: [Activity], relations: [Relation] = [], resources: [Resource] = [],
        projects: [Project] = [Project("project")]
    ) throws(ResourceProblemError) {
        try Self.checkSize(activities: activities, relations: relations, resources: resources, projects: projects)
        for (index, resource) in resources.enumerated() { try resource.check(index: index) }
        for (index, project) in projects.enumerated() { try project.check(index: index) }
        for (index, activity) in activities.enumerated() {
            try activity.check(index: index, resources: resources, projects: projects.count)
        }
        for (index, relation) in relations.enumerated() {
            try relation.check(index: index, activities: activities.count)
        }
        let arcs = Arcs(
            count: activities.count, predecessors: relations.map { Int32($0.predecessor) },
            successors: relations.map { Int32($0.successor) })
        guard let order = arcs.topologicalOrder() else {
            throw .cycle(activities: arcs.cycle().map { activities[relations[$0].predecessor].id })
        }
        try Self.checkHorizon(activities, relations, resources, projects)
        self.activities = activities
        self.relations = relations
        self.resources = resources
        self.projects = projects
        packed = PackedProblem(activities, relations, resources, projects, order: order.map { Int($0) })
    }

    /// Whether a schedule is judged by its projects' delays, not by its length alone.
    public var isPortfolio: Bool { packed.isPortfolio }

    /// Makespan without any limit on resources, from the first period (关键路径长度).
    public var criticalPathLength: Int { packed.criticalPathLength }

    private static func checkSize(
        activities: [Activity], relations: [Relation], resources: [Resource], projects: [Project]
    ) throws(ResourceProblemError) {
        guard activities.count <= mostActivities else { throw .tooMany(.activities, activities.count) }
        guard relations.count <= mostRelations else { throw .tooMany(.relations, relations.count) }
        guard resources.count <= mostResources else { throw .tooMany(.resources, resources.count) }
        guard !projects.isEmpty else { throw .noProject }
        guard projects.count <= mostActivities else { throw .tooMany(.projects, projects.count) }
    }

    /// Everything one after another, after the last window and release, must fit: then every schedule does.
    private static func checkHorizon(
        _ activities: [Activity], _ relations: [Relation], _ resources: [Resource], _ projects: [Project]
    ) throws(ResourceProblemError) {
        var last = 0
        for resource in resources { last = max(last, resource.windows.last?.periods.upperBound ?? 0) }
        for activity in activities { last = max(last, activity.release) }
        for project in projects { last = max(last, project.release) }
        let work = activities.reduce(0) { $0 + $1.duration } + relations.reduce(0) { $0 + max(0, $1.lag) }
        guard last + work <= longestHorizon else { throw .horizonTooLong(last + work) }
    }
}

extension ResourceProblem.Resource {
    fileprivate func check(index: Int) throws(ResourceProblemError) {
        let range = 0...ResourceProblem.largestCapacity
        guard range.contains(capacity) else { throw .capacityOutOfRange(capacity, resource: id) }
        var end = 0
        for window in windows {
            guard range.contains(window.capacity) else { throw .capacityOutOfRange(window.capacity, resource: id) }
            guard window.periods.lowerBound >= end, !window.periods.isEmpty,
                window.periods.upperBound <= ResourceProblem.longestHorizon
            else { throw .windowOutOfOrder(window.periods, resource: id) }
            end = window.periods.upperBound
        }
    }
}

extension ResourceProblem.Project {
    fileprivate func check(index: Int) throws(ResourceProblemError) {
        guard (0...ResourceProblem.longestHorizon).contains(release) else {
            throw .periodOutOfRange(release, id: id)
        }
        if let due, !(0...ResourceProblem.longestHorizon).contains(due) { throw .periodOutOfRange(due, id: id) }
        guard (1...1000).contains(weight) else { throw .weightOutOfRange(weight, project: id) }
    }
}

extension ResourceProblem.Activity {
    fileprivate func check(
        index: Int, resources: [ResourceProblem.Resource], projects: Int
    ) throws(ResourceProblemError) {
        let range = 0...ResourceProblem.longestHorizon
        guard range.contains(duration) else { throw .periodOutOfRange(duration, id: id) }
        guard range.contains(release) else { throw .periodOutOfRange(release, id: id) }
        guard (0..<projects).contains(project) else { throw .unknownProject(project, activity: id) }
        for (resource, units) in needs.sorted(by: { $0.key < $1.key }) {
            guard resources.indices.contains(resource) else { throw .unknownResource(resource, activity: id) }
            guard units >= 1, duration > 0 else { throw .needOutOfRange(units, activity: id) }
            guard units <= resources[resource].capacity else {
                throw .needExceedsCapacity(
                    units, capacity: resources[resource].capacity, resource: resources[resource].id, activity: id)
            }
        }
    }
}

extension ResourceProblem.Relation {
    fileprivate func check(index: Int, activities: Int) throws(ResourceProblemError) {
        guard (0..<activities).contains(predecessor), (0..<activities).contains(successor) else {
            throw .unknownActivity(relation: index)
        }
        guard abs(lag) <= ResourceProblem.longestHorizon else { throw .lagOutOfRange(lag, relation: index) }
    }
}
