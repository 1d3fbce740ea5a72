import Scheduling
import WorkCalendar
import WorkflowModel

/// Dates of projects that wait for review teams, beside those they would have if nobody waited (资源受限进度).
public struct TeamReport: Sendable {
    public let plan: TeamPlan
    /// Project by project, in the order of its workflow.
    public let rows: [Row]
    public let projects: [ProjectRow]
    /// The departments that have teams, by id.
    public let departments: [DepartmentRow]
    /// Working days from the first start to the last finish, and what no schedule can do without, in minutes.
    public let length: Int
    public let lowerBound: Int
    public let schedules: Int
    public let ending: ResourceSchedule.Ending

    public struct Row: Sendable {
        public let project: String
        public let activity: PlanActivity
        /// Departments of which it holds a team.
        public let departments: [String]
        /// Dates when nobody waits for a team, and when teams are shared; closings.
        public let earlyStart: LocalDate
        public let earlyFinish: LocalDate
        public let start: LocalDate
        public let finish: LocalDate
        /// Working minutes between being ready and a team being free.
        public let waiting: Int
    }

    public struct ProjectRow: Sendable {
        public let name: String
        public let workflow: String
        public let start: LocalDate
        public let earlyFinish: LocalDate
        public let finish: LocalDate
        /// Working minutes by which teams delay the project.
        public let delay: Int
    }

    public struct DepartmentRow: Sendable {
        public let id: String
        public let title: LocalizedText
        public let teams: Int
        /// Working minutes that its teams work, and that activities wait with it among what they wait for.
        public let work: Int
        public let waiting: Int
        /// Working minutes by which all projects together, and the last of them, finish earlier with one more team;
        /// `nil` when nothing waits.
        public let oneMore: (all: Int, last: Int)?
    }

    /// (length − bound) / bound.
    public var gap: Double { lowerBound > 0 ? max(0, Double(length - lowerBound) / Double(lowerBound)) : 0 }
}

/// Why projects could not be scheduled.
public enum TeamPlanError: Error, Sendable {
    case problem(ResourceProblemError)
    case network(NetworkError)
}

extension TeamPlan {
    /// Finds dates under the teams.
    ///
    /// - Parameters:
    ///   - schedules: the most schedules that are tried, and again for each department that is waited for.
    ///   - spent: the share of the time allowed that is used up, for the first of these searches.
    ///   - onImprovement: called with every better schedule of the first of these searches.
    public func report(
        schedules: Int = 5000, seed: UInt64 = 1, spent: @escaping () -> Double = { 0 },
        onImprovement: @escaping (SearchProgress) -> Void = { _ in }
    ) throws(TeamPlanError) -> TeamReport {
        let network = TeamNetwork(self)
        let free = try network.solvedDates(handovers: [])
        let (schedule, shared) = try network.levelled(
            schedules: schedules, seed: seed, spent: spent, onImprovement: onImprovement)
        let waiting = network.waiting(in: shared)
        let delay = { (dates: Schedule, entry: Int) in network.finish(of: entry, in: dates) }
        var departments: [TeamReport.DepartmentRow] = []
        for name in network.departments {
            let own = network.nodes.indices.filter { network.nodes[$0].departments.contains(name) }
            let waited = own.reduce(0) { $0 + waiting[$1] }
            var oneMore: (all: Int, last: Int)?
            if waited > 0 {
                let other = TeamNetwork(with(teams: (teams[name] ?? 0) + 1, of: name))
                let (_, dates) = try other.levelled(schedules: schedules, seed: seed)
                let working = network.times.working
                let gains = entries.indices.map { working.work(from: delay(dates, $0), to: delay(shared, $0)) }
                oneMore = (gains.reduce(0, +), working.work(from: dates.projectFinish, to: shared.projectFinish))
            }
            departments.append(
                TeamReport.DepartmentRow(
                    id: name, title: title(of: name), teams: teams[name] ?? 0,
                    work: own.reduce(0) { $0 + TeamNetwork.working(network.nodes[$1].duration) },
                    waiting: waited, oneMore: oneMore))
        }
        let working = network.times.working
        return TeamReport(
            plan: self, rows: network.rows(free: free, shared: shared, waiting: waiting),
            projects: entries.indices.map { entry in
                let early = network.finish(of: entry, in: free)
                let late = network.finish(of: entry, in: shared)
                return TeamReport.ProjectRow(
                    name: entries[entry].name, workflow: entries[entry].plan.workflow.id, start: entries[entry].start,
                    earlyFinish: network.times.finishDate(of: early), finish: network.times.finishDate(of: late),
                    delay: max(0, working.work(from: early, to: late)))
            },
            departments: departments, length: working.work(from: shared.start, to: shared.projectFinish),
            lowerBound: max(
                working.work(from: free.start, to: free.projectFinish),
                network.isExact ? schedule.lowerBound * network.period : 0),
            schedules: schedule.schedules, ending: schedule.ending)
    }
}

extension TeamNetwork {
    /// Whether the problem's periods are the calendar's working time throughout: no calendar days anywhere.
    var isExact: Bool {
        nodes.allSatisfy { $0.duration.unit == .working || $0.duration.minutes == 0 }
            && relations.allSatisfy { $0.lag.unit == .working || $0.lag.minutes == 0 }
    }

    func solvedDates(handovers: [(Int, Int)]) throws(TeamPlanError) -> Schedule {
        do { return try dates(handovers: handovers) } catch { throw .network(error) }
    }

    func levelled(
        schedules: Int, seed: UInt64, spent: @escaping () -> Double = { 0 },
        onImprovement: @escaping (SearchProgress) -> Void = { _ in }
    ) throws(TeamPlanError) -> (ResourceSchedule, Schedule) {
        let problem: ResourceProblem
        do { problem = try self.problem() } catch { throw .problem(error) }
        var solver = ResourceSolver(problem, seed: seed)
        let schedule = solver.solve(schedules: schedules, spent: spent, onImprovement: onImprovement)
        return (schedule, try solvedDates(handovers: schedule.handovers))
    }

    func finish(of entry: Int, in dates: Schedule) -> Minute {
        nodes.indices.filter { nodes[$0].entry == entry }.map { dates.earlyFinish[$0] }.max() ?? dates.start
    }

    /// Working minutes from the moment when an activity's own predecessors let it start to its start.
    func waiting(in dates: Schedule) -> [Int] {
        let starts = plan.entries.map { times.closing(of: $0.start) }
        var ready = nodes.map { starts[$0.entry] }
        for relation in relations where relation.type == .finishToStart {
            let lag = times.calendars[times.calendarIndex(of: relation.lag.unit)]
            ready[relation.successor] = max(
                ready[relation.successor], lag.add(relation.lag.minutes, to: dates.earlyFinish[relation.predecessor]))
        }
        for relation in relations where relation.type == .startToStart {
            let lag = times.calendars[times.calendarIndex(of: relation.lag.unit)]
            ready[relation.successor] = max(
                ready[relation.successor], lag.add(relation.lag.minutes, to: dates.earlyStart[relation.predecessor]))
        }
        return nodes.indices.map { index in
            nodes[index].departments.isEmpty
                ? 0 : max(0, times.working.work(from: ready[index], to: dates.earlyStart[index]))
        }
    }

    func rows(free: Schedule, shared: Schedule, waiting: [Int]) -> [TeamReport.Row] {
        nodes.indices.map { index in
            let own = times.calendars[free.network.activities[index].calendar]
            return TeamReport.Row(
                project: plan.entries[nodes[index].entry].name, activity: nodes[index].activity,
                departments: nodes[index].departments,
                earlyStart: times.startDate(of: free.earlyStart[index], on: own),
                earlyFinish: times.finishDate(of: free.earlyFinish[index]),
                start: times.startDate(of: shared.earlyStart[index], on: own),
                finish: times.finishDate(of: shared.earlyFinish[index]), waiting: waiting[index])
        }
    }
}
