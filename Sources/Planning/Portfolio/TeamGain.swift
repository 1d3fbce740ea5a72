import WorkCalendar

/// What one more team of a department buys (增加一组的收益): the same projects and draws, with one team more.
public struct TeamGain: Sendable {
    public let department: String
    /// How many it has then.
    public let teams: Int
    public let after: PortfolioReport
    private let before: PortfolioReport

    init(department: String, before: PortfolioReport, after: PortfolioReport) {
        self.department = department
        self.before = before
        self.after = after
        teams = after.departments.first { $0.id == department }?.teams ?? 0
    }

    /// By how much the share of kept targets grows; negative when it falls.
    ///
    /// It can: who no longer waits for one department stands earlier in the line of the next, ahead of somebody else.
    public var attainment: Double? { difference(before.attainment, after.attainment) }
    /// By how many calendar days the mean project takes longer; negative when it is done sooner.
    public var meanDays: Double? { difference(before.duration.mean, after.duration.mean) }
    /// Working days waited for teams, over all departments: negative when it is less.
    public var totalWait: Int { after.totalWait - before.totalWait }

    private func difference(_ before: Double?, _ after: Double?) -> Double? {
        guard let before, let after else { return nil }
        return after - before
    }
}

extension PortfolioReport {
    /// Plays the portfolio once more for every department with limited teams, each time with one more team of it.
    ///
    /// - Parameters:
    ///   - last: the last date that is played, as for this report.
    ///   - shouldStop: asked before every date; departments whose run was stopped are left out.
    ///   - onStart: told each department before its run.
    /// - Returns: in order of department, and whether none was left out.
    public func oneMoreTeam(
        in simulation: PortfolioSimulation, through last: LocalDate? = nil, shouldStop: () -> Bool = { false },
        onStart: (_ department: String) -> Void = { _ in }
    ) -> (gains: [TeamGain], isWhole: Bool) {
        var gains: [TeamGain] = []
        for (department, teams) in simulation.teams.sorted(by: { $0.key < $1.key }) {
            guard !shouldStop() else { return (gains, false) }
            onStart(department)
            var more = simulation.teams
            more[department] = teams + 1
            let variant = simulation.with(teams: more)
            var isStopped = false
            let outcome = variant.run(through: last) {
                isStopped = isStopped || shouldStop()
                return isStopped
            }
            if isStopped { return (gains, false) }
            gains.append(
                TeamGain(department: department, before: self, after: PortfolioReport(of: variant, outcome)))
        }
        return (gains, true)
    }
}
