import Scheduling
import WorkCalendar
import WorkflowModel

/// Plans that wait for each other's review teams (审查组): what the scheduler of teams reads.
///
/// An activity on which government or technical review runs holds one team of its department from start to finish, if the
/// department has a number of teams; a publicity period or the applicant's own work holds none. A joint session holds one of every participant's department as well: it is booked when all of them are free.
public struct TeamPlan: Sendable {
    public let entries: [Entry]
    /// Department → teams; what is missing is never waited for.
    public let teams: [String: Int]
    public let calendar: WorkCalendar
    public let basis: EstimateBasis

    /// One project of the portfolio (项目群).
    public struct Entry: Sendable {
        public let name: String
        public let plan: Plan
        /// The date at whose closing the project enters.
        public let start: LocalDate

        public init(name: String, plan: Plan, start: LocalDate) {
            self.name = name
            self.plan = plan
            self.start = start
        }
    }

    /// - Parameters:
    ///   - entries: at least one.
    ///   - teams: replaces what the workflows say of the departments that it names, each ≥ 1.
    public init(
        entries: [Entry], teams: [String: Int] = [:], calendar: WorkCalendar, basis: EstimateBasis = .likely
    ) {
        precondition(!entries.isEmpty, "a project")
        self.entries = entries
        self.calendar = calendar
        self.basis = basis
        var all: [String: Int] = [:]
        for department in entries.flatMap(\.plan.workflow.departments) {
            if let teams = department.teams { all[department.id] = max(all[department.id] ?? 0, teams) }
        }
        self.teams = all.merging(teams) { $1 }
    }

    /// The same projects with another number of teams in one department.
    func with(teams count: Int, of department: String) -> TeamPlan {
        TeamPlan(
            entries: entries, teams: teams.merging([department: count]) { $1 }, calendar: calendar, basis: basis)
    }

    /// How a department is called in the first workflow that has it.
    public func title(of department: String) -> LocalizedText {
        entries.flatMap(\.plan.workflow.departments).first { $0.id == department }?.title
            ?? LocalizedText(zh: department, en: department)
    }
}

/// A team plan as one network and as one problem with resources; activities have the same positions in both.
struct TeamNetwork: Sendable {
    struct Node: Sendable {
        let entry: Int
        let activity: PlanActivity
        let duration: DayAmount
        /// Departments of which it holds a team.
        let departments: [String]
    }

    let nodes: [Node]
    let relations: [(predecessor: Int, successor: Int, type: RelationType, lag: DayAmount)]
    let departments: [String]
    let times: OfficeTimes
    let plan: TeamPlan
    /// Minutes in a period of the problem: every amount of working time is a multiple.
    let period: Int

    init(_ plan: TeamPlan) {
        self.plan = plan
        times = OfficeTimes(calendar: plan.calendar)
        departments = plan.teams.keys.sorted()
        var nodes: [Node] = []
        var relations: [(predecessor: Int, successor: Int, type: RelationType, lag: DayAmount)] = []
        for (number, entry) in plan.entries.enumerated() {
            let graph = PlanGraph(entry.plan)
            let first = nodes.count
            for activity in graph.activities {
                nodes.append(
                    Node(
                        entry: number, activity: activity, duration: activity.duration(at: plan.basis),
                        departments: Self.departments(of: activity, in: entry.plan, teams: plan.teams)))
            }
            for relation in graph.relations {
                relations.append(
                    (first + relation.predecessor, first + relation.successor, relation.type, relation.lag))
            }
        }
        self.nodes = nodes
        self.relations = relations
        let amounts = nodes.map(\.duration) + relations.map(\.lag)
        period = amounts.reduce(DayAmount.minutesPerDay) { Self.commonDivisor($0, abs(Self.working($1))) }
    }

    private static func departments(of activity: PlanActivity, in plan: Plan, teams: [String: Int]) -> [String] {
        guard [.gov, .tech].contains(activity.clock) else { return [] }
        var all = [activity.department].compactMap(\.self)
        if activity.phase == .session, let joint = plan[activity.item]?.item.joint {
            all += joint.participants.map(\.department)
        }
        return Set(all).filter { teams[$0] != nil }.sorted()
    }

    private static func commonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonDivisor(b, a % b) }

    /// Working minutes of an amount; five of seven calendar days are worked, to the nearest half day. Only the search
    /// needs this: dates are computed on the calendars themselves.
    static func working(_ amount: DayAmount) -> Int {
        guard amount.unit == .calendar else { return amount.minutes }
        let half = DayAmount.minutesPerDay / 2
        let sign = amount.minutes < 0 ? -1 : 1
        return sign * ((abs(amount.minutes) * 5 / 7 + half / 2) / half * half)
    }

    /// The projects as a problem in working time, from the closing of the first start on.
    func problem() throws(ResourceProblemError) -> ResourceProblem {
        let origin = plan.entries.map(\.start).min().map { times.closing(of: $0) } ?? 0
        let index = Dictionary(uniqueKeysWithValues: departments.enumerated().map { ($1, $0) })
        return try ResourceProblem(
            activities: nodes.enumerated().map { number, node in
                let duration = Self.working(node.duration) / period
                var needs: [Int: Int] = [:]
                if duration > 0 { for name in node.departments { needs[index[name] ?? 0] = 1 } }
                return .init(String(number), duration: duration, needs: needs, project: node.entry)
            },
            relations: relations.map { relation in
                .init(
                    relation.predecessor, relation.successor, relation.type.relationKind,
                    lag: Self.working(relation.lag) / period)
            },
            resources: departments.map { .init($0, capacity: plan.teams[$0] ?? 0) },
            projects: plan.entries.map { entry in
                let wait = times.working.work(from: origin, to: times.closing(of: entry.start))
                return .init(entry.name, release: (wait + period - 1) / period)
            })
    }

    /// Dates on the calendars themselves.
    ///
    /// - Parameter handovers: pairs of which the second begins with the team that the first leaves.
    func dates(handovers: [(Int, Int)]) throws(NetworkError) -> Schedule {
        let starts = plan.entries.map { times.closing(of: $0.start) }
        let origin = starts.min() ?? 0
        let activities = nodes.enumerated().map { number, node in
            let unit = node.duration.minutes == 0 ? DayUnit.calendar : node.duration.unit
            let begin = starts[node.entry]
            return Activity(
                String(number), duration: node.duration.minutes, calendar: times.calendarIndex(of: unit),
                constraints: begin == origin ? .none : DateConstraints(startNoEarlier: begin))
        }
        let links =
            relations.map { relation in
                Relation(
                    String(relation.predecessor), String(relation.successor), relation.type.relationKind,
                    lag: relation.lag.minutes, lagCalendar: .calendar(times.calendarIndex(of: relation.lag.unit)))
            } + handovers.map { Relation(String($0.0), String($0.1)) }
        return CriticalPath.solve(
            try ActivityNetwork(activities: activities, relations: links, calendars: times.calendars), start: origin)
    }
}
