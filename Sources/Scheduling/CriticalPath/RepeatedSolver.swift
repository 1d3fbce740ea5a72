/// One network solved again and again with other durations, as simulations and advice do.
///
/// The network is compiled once and the passes write into the same arrays every time: in ranks (`RankForm`) a solution
/// allocates nothing. Values are read by activity, or all together as a `Schedule`.
public struct RepeatedSolver: Sendable {
    public let terms: ScheduleTerms
    /// Durations by index of the last solution.
    public private(set) var durations: [Int]
    private var network: ActivityNetwork
    private var ranks = RankDates()
    private var minutes = MinuteDates()
    private var table: DateTable?
    /// Which of them hold the last solution.
    private var passes = Passes.ranks

    private enum Passes { case ranks, minutes, general }

    /// Solves the network as it is.
    public init(_ network: ActivityNetwork, start: Minute, finish: Minute? = nil) {
        self.init(network, ScheduleTerms(start: start, finish: finish))
    }

    /// The same on terms that also say up to when progress is known.
    public init(_ network: ActivityNetwork, _ terms: ScheduleTerms) {
        self.network = network
        self.terms = terms
        durations = network.activities.map(\.duration)
        solve()
    }

    /// Solves it with these durations, by index in the input.
    /// - Precondition: as many as activities, each within 0...`ActivityNetwork.longestAmount`.
    /// - Complexity: that of `CriticalPath.solve`.
    public mutating func solve(durations: [Int]) {
        precondition(
            durations.allSatisfy { (0...ActivityNetwork.longestAmount).contains($0) }, "a duration out of range")
        network.read(durations: durations)
        self.durations = durations
        solve()
    }

    private mutating func solve() {
        if terms.dataDate == nil, RankPass.solve(network, start: terms.start, finish: terms.finish, into: &ranks) {
            passes = .ranks
        } else if MinutePass.solve(network, terms, into: &minutes) {
            passes = .minutes
        } else {
            table = CriticalPath.solveInGeneral(network, terms)
            passes = .general
        }
    }

    private func value(_ field: ScheduleColumn.Field, of activity: Int) -> Int {
        let position = Int(network.position[activity])
        switch passes {
        case .ranks: return ranks.value(field, at: position, in: network)
        case .minutes: return minutes.value(field, at: position, in: network)
        case .general: return table?.value(field, at: position) ?? 0
        }
    }

    public func earlyStart(of activity: Int) -> Minute { value(.earlyStart, of: activity) }
    public func earlyFinish(of activity: Int) -> Minute { value(.earlyFinish, of: activity) }
    public func lateStart(of activity: Int) -> Minute { value(.lateStart, of: activity) }
    public func lateFinish(of activity: Int) -> Minute { value(.lateFinish, of: activity) }
    public func totalFloat(of activity: Int) -> Int { value(.totalFloat, of: activity) }
    public func freeFloat(of activity: Int) -> Int { value(.freeFloat, of: activity) }

    /// The last early finish; the start when there are no activities.
    public var projectFinish: Minute {
        switch passes {
        case .ranks: ranks.projectFinish
        case .minutes: minutes.instant(minutes.projectFinish)
        case .general: table?.earlyFinish.max() ?? terms.start
        }
    }

    /// The whole solution.
    /// - Complexity: O(activities + relations).
    public var schedule: Schedule {
        Schedule(
            network: network.with(durations: durations), terms: terms,
            dates: solved)
    }

    private var solved: SolvedDates {
        switch passes {
        case .ranks: .ranks(ranks)
        case .minutes: .minutes(minutes)
        case .general: .table(table ?? DateTable(count: 0))
        }
    }
}
