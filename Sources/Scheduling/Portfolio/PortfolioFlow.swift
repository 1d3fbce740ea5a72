/// How a portfolio went: when every activity was ready, began and finished, and how busy the departments were.
///
/// Activities go by index among those of all projects (``Portfolio/activities(of:)``).
public struct PortfolioFlow: Sendable {
    /// Working minutes.
    public let durations: [Int32]
    /// When its predecessors were done, or the project arrived: from then on it waits for a team.
    public let ready: [Int32]
    public let start: [Int32]
    /// By department.
    public let loads: [Load]

    /// What a department had to do.
    public struct Load: Sendable, Hashable {
        /// Activities done.
        public internal(set) var served = 0
        /// Working minutes for which activities waited, all together.
        public internal(set) var waiting = 0
        /// Working minutes for which teams worked, all together.
        public internal(set) var busy = 0
        /// Most activities that waited at once.
        public internal(set) var longestQueue = 0
    }

    public func finish(of activity: Int) -> Int { Int(start[activity] + durations[activity]) }

    /// When the last activity of a project is finished; its arrival when it has none.
    public func finish(of project: Int, in portfolio: Portfolio) -> Int {
        portfolio.activities(of: project).map { finish(of: $0) }.max() ?? portfolio.projects[project].arrival
    }
}

extension Portfolio {
    /// Plays all projects through the departments, who take whoever came first.
    ///
    /// At one instant activities finish in their order, each handing its team to the first in line before its successors
    /// ask for theirs; then projects arrive in their order. So the same input gives the same flow.
    ///
    /// - Parameter durations: of all activities, 0...`latest` working minutes.
    /// - Complexity: O((activities + projects) log(activities under way)) and O(relations); no allocation a step.
    public func flow(durations: [Int32]) throws(PortfolioError) -> PortfolioFlow {
        guard durations.count == activityCount else {
            throw .wrongDurations(count: durations.count, activities: activityCount)
        }
        if let activity = durations.firstIndex(where: { $0 < 0 }) {
            throw .durationOutOfRange(Int(durations[activity]), activity: activity)
        }
        var run = FlowRun(self, durations: durations)
        guard run.play() else { throw .tooLong }
        return PortfolioFlow(durations: durations, ready: run.ready, start: run.start, loads: run.loads)
    }
}

/// A discrete-event run: the heap holds what is under way, the lines who waits.
private struct FlowRun {
    private let portfolio: Portfolio
    private let durations: [Int32]
    /// Activity of a project → of its template.
    private var templateActivity: [Int32] = []
    private var outstanding: [Int32] = []
    private(set) var ready: [Int32]
    private(set) var start: [Int32]
    private var finishes = EventHeap()

    private var free: [Int32]
    /// The lines are linked: who waits behind an activity, and the two ends of each line.
    private var behind: [Int32]
    private var first: [Int32]
    private var last: [Int32]
    private var queue: [Int32]
    private(set) var loads: [PortfolioFlow.Load]
    private var isTooLong = false

    init(_ portfolio: Portfolio, durations: [Int32]) {
        self.portfolio = portfolio
        self.durations = durations
        let count = durations.count
        templateActivity.reserveCapacity(count)
        outstanding.reserveCapacity(count)
        for project in portfolio.projects {
            let range = portfolio.templateStart[project.template]..<portfolio.templateStart[project.template + 1]
            for activity in range { templateActivity.append(Int32(activity)) }
            outstanding += portfolio.predecessorCount[range]
        }
        ready = [Int32](repeating: 0, count: count)
        start = ready
        behind = [Int32](repeating: -1, count: count)
        free = portfolio.departments.map { Int32(clamping: $0.teams) }
        first = [Int32](repeating: -1, count: free.count)
        last = first
        queue = [Int32](repeating: 0, count: free.count)
        loads = [PortfolioFlow.Load](repeating: .init(), count: free.count)
    }

    /// - Returns: `false` when the work reaches past the latest instant.
    mutating func play() -> Bool {
        let projects = portfolio.projects
        let arrivals = projects.indices.sorted { (projects[$0].arrival, $0) < (projects[$1].arrival, $1) }
        for project in arrivals {
            let arrival = Int32(projects[project].arrival)
            while let event = finishes.first, EventHeap.instant(of: event) <= arrival { finishNext() }
            for activity in portfolio.activities(of: project) where outstanding[activity] == 0 {
                ask(activity, at: arrival)
            }
        }
        while finishes.first != nil { finishNext() }
        return !isTooLong
    }

    private mutating func finishNext() {
        let event = finishes.removeFirst()
        let now = EventHeap.instant(of: event)
        let activity = EventHeap.activity(of: event)
        let ofTemplate = Int(templateActivity[activity])
        let department = Int(portfolio.departmentOf[ofTemplate])
        if department >= 0 {
            let next = Int(first[department])
            if next >= 0 {
                first[department] = behind[next]
                queue[department] -= 1
                begin(next, at: now, department: department)
            } else {
                free[department] += 1
            }
        }
        let links = Int(portfolio.firstSuccessor[ofTemplate])..<Int(portfolio.firstSuccessor[ofTemplate + 1])
        for link in links {
            // A project's activities lie in the order of its template.
            let successor = activity + Int(portfolio.successor[link]) - ofTemplate
            outstanding[successor] -= 1
            if outstanding[successor] == 0 { ask(successor, at: now) }
        }
    }

    private mutating func ask(_ activity: Int, at now: Int32) {
        ready[activity] = now
        let department = Int(portfolio.departmentOf[Int(templateActivity[activity])])
        if department < 0 {
            begin(activity, at: now, department: department)
        } else if free[department] > 0 {
            free[department] -= 1
            begin(activity, at: now, department: department)
        } else {
            if first[department] < 0 {
                first[department] = Int32(activity)
            } else {
                behind[Int(last[department])] = Int32(activity)
            }
            last[department] = Int32(activity)
            queue[department] += 1
            loads[department].longestQueue = max(loads[department].longestQueue, Int(queue[department]))
        }
    }

    private mutating func begin(_ activity: Int, at now: Int32, department: Int) {
        start[activity] = now
        let duration = durations[activity]
        if department >= 0 {
            loads[department].served += 1
            loads[department].waiting += Int(now - ready[activity])
            loads[department].busy += Int(duration)
        }
        let (finish, overflow) = now.addingReportingOverflow(duration)
        if overflow { isTooLong = true }
        finishes.insert(instant: overflow ? .max : finish, activity: activity)
    }
}

/// A binary heap of instants with activities, both in one word, so that comparing is one instruction.
///
/// - Source: J. W. J. Williams, *Algorithm 232: Heapsort*, CACM 7 (1964); holes are moved down to the bottom and up again
///   as in R. W. Floyd's variant, since what comes last seldom belongs near the top.
private struct EventHeap {
    private var events: [UInt64] = []

    static func instant(of event: UInt64) -> Int32 { Int32(truncatingIfNeeded: event >> 32) }
    static func activity(of event: UInt64) -> Int { Int(event & 0xFFFF_FFFF) }

    var first: UInt64? { events.first }

    /// - Precondition: `instant` is not negative.
    mutating func insert(instant: Int32, activity: Int) {
        let event = UInt64(UInt32(bitPattern: instant)) << 32 | UInt64(activity)
        var hole = events.count
        events.append(event)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard events[parent] > event else { break }
            events[hole] = events[parent]
            hole = parent
        }
        events[hole] = event
    }

    mutating func removeFirst() -> UInt64 {
        let first = events[0]
        let moved = events.removeLast()
        let count = events.count
        guard count > 0 else { return first }
        var hole = 0
        while 2 * hole + 2 < count {
            let left = 2 * hole + 1
            let child = left + (events[left + 1] < events[left] ? 1 : 0)
            events[hole] = events[child]
            hole = child
        }
        if 2 * hole + 1 < count {
            events[hole] = events[2 * hole + 1]
            hole = 2 * hole + 1
        }
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard events[parent] > moved else { break }
            events[hole] = events[parent]
            hole = parent
        }
        events[hole] = moved
        return first
    }
}
