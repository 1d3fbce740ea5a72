/// One network solved again and again with other durations, as simulations and advice do.
///
/// The network is compiled once and the passes write into the same arrays every time: in ranks (`RankForm`) a solution
/// allocates nothing. Values are read by activity, or all together as a `Schedule`.
public struct RepeatedSolver: Sendable {
    public let start: Minute
    public let finish: Minute?
    /// Durations by index of the last solution.
    public private(set) var durations: [Int]
    private var network: ActivityNetwork
    private var ranks = RankDates()
    private var table: DateTable?

    /// Solves the network as it is.
    public init(_ network: ActivityNetwork, start: Minute, finish: Minute? = nil) {
        self.network = network
        self.start = start
        self.finish = finish
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
        if RankPass.solve(network, start: start, finish: finish, into: &ranks) {
            table = nil
        } else {
            table = CriticalPath.solveInGeneral(network, ScheduleTerms(start: start, finish: finish))
        }
    }

    private func value(_ field: ScheduleColumn.Field, of activity: Int) -> Int {
        let position = Int(network.position[activity])
        if let table { return table.value(field, at: position) }
        return ranks.value(field, at: position, in: network)
    }

    public func earlyStart(of activity: Int) -> Minute { value(.earlyStart, of: activity) }
    public func earlyFinish(of activity: Int) -> Minute { value(.earlyFinish, of: activity) }
    public func lateStart(of activity: Int) -> Minute { value(.lateStart, of: activity) }
    public func lateFinish(of activity: Int) -> Minute { value(.lateFinish, of: activity) }
    public func totalFloat(of activity: Int) -> Int { value(.totalFloat, of: activity) }
    public func freeFloat(of activity: Int) -> Int { value(.freeFloat, of: activity) }

    /// The last early finish; the start when there are no activities.
    public var projectFinish: Minute {
        if let table { return table.earlyFinish.max() ?? start }
        return ranks.projectFinish
    }

    /// The whole solution.
    /// - Complexity: O(activities + relations).
    public var schedule: Schedule {
        Schedule(
            network: network.with(durations: durations), terms: ScheduleTerms(start: start, finish: finish),
            dates: table.map(SolvedDates.minutes) ?? .ranks(ranks))
    }
}
