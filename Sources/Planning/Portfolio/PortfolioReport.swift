import CaseEngine
import WorkCalendar
import WorkflowModel

/// What came of a portfolio (组合推演报告): how the projects of each kind fared, and what each department had to do.
public struct PortfolioReport: Sendable {
    public let seed: UInt64
    /// The first arrival; `nil` without a member.
    public let start: LocalDate?
    /// The last date that was played.
    public let through: LocalDate?
    /// Whether the run was stopped before all cases had ended.
    public let isPartial: Bool
    /// Items that were finished, over all cases.
    public let completions: Int
    public let events: Int
    /// Corrections, special procedures and rounds of rectification that are over, in working days.
    public let interludes: [Interlude.Kind: DaySample]
    /// Applications that were refused, and filed again.
    public let refusals: Int
    /// By ``PortfolioSimulation/Member/kind``.
    public let kinds: [Kind]
    /// Departments with limited teams, in order of id.
    public let departments: [Department]

    /// The projects that went through one plan.
    public struct Kind: Sendable {
        public let workflow: WorkflowDefinition
        public let projects: Int
        /// Those that had arrived by the end of the run.
        public let arrived: Int
        /// Those whose cases were completed.
        public let finished: Int
        /// Calendar days from arrival to completion.
        public let duration: DaySample
        public let targets: [Attainment]
    }

    /// How often a target was kept (目标达成).
    public struct Attainment: Sendable {
        public let target: Target
        /// Whole days of the target's unit, by its own measure, of projects whose window has closed.
        public let days: DaySample
        /// Projects that exceeded the limit, also of those whose window is still open; 0 without a limit.
        public let missed: Int
        /// Projects that kept it; 0 without a limit.
        public let met: Int

        /// `nil` without a limit, and while nothing is decided.
        public var share: Double? { met + missed == 0 ? nil : Double(met) / Double(met + missed) }
    }

    /// A department with limited teams.
    public struct Department: Sendable {
        public let id: String
        /// As the first workflow that has it calls it.
        public let title: LocalizedText
        public let teams: Int
        /// Pieces of work begun.
        public let served: Int
        /// Working days that each of them had waited for a team.
        public let waits: DaySample
        /// Most pieces of work that waited at once.
        public let longestQueue: Int
        /// Pieces of work that waited at the end of the run.
        public let waiting: Int
        /// How many waited at the closing of every seventh date from the start.
        public let weeklyQueue: [Int]
        /// The share of the teams' working days that was used, from when the department was first asked to when it was last
        /// needed; `nil` when it was not asked.
        public let utilisation: Double?
    }

    /// - Parameter outcome: of that simulation.
    public init(of simulation: PortfolioSimulation, _ outcome: PortfolioOutcome) {
        let through = outcome.through
        let start = simulation.members.map(\.arrival).min()
        seed = simulation.seed
        self.start = start
        self.through = through
        isPartial = outcome.isPartial
        completions = outcome.completions
        events = outcome.events
        interludes = Dictionary(grouping: outcome.interludes, by: \.kind).mapValues { those in
            DaySample(
                those.map { simulation.members[$0.member].machine.calendar.workingDays(after: $0.from, through: $0.to) }
            )
        }
        refusals = outcome.refusals
        var indices: [[Int]] = Array(repeating: [], count: (simulation.members.map(\.kind).max() ?? -1) + 1)
        for (index, member) in simulation.members.enumerated() { indices[member.kind].append(index) }
        kinds = indices.compactMap { Kind($0, simulation, outcome, asOf: through ?? .latest) }
        departments = DepartmentFigures(simulation, outcome, from: start, through: through).departments
    }

    /// Kept targets of all that are decided, over all kinds; `nil` when none is.
    public var attainment: Double? {
        let targets = kinds.flatMap(\.targets)
        let met = targets.reduce(0) { $0 + $1.met }
        let missed = targets.reduce(0) { $0 + $1.missed }
        return met + missed == 0 ? nil : Double(met) / Double(met + missed)
    }

    /// Calendar days from arrival to completion, over all kinds.
    public var duration: DaySample { DaySample(kinds.flatMap(\.duration.sorted)) }

    /// Working days waited for teams, over all departments; a session that waits for several counts in each.
    public var totalWait: Int { departments.reduce(0) { $0 + $1.waits.total } }
}

extension PortfolioReport.Kind {
    fileprivate init?(
        _ members: [Int], _ simulation: PortfolioSimulation, _ outcome: PortfolioOutcome, asOf: LocalDate
    ) {
        guard let first = members.first else { return nil }
        let machine = simulation.members[first].machine
        let arrived = members.filter { outcome.states[$0].status != .unopened }
        let finished = arrived.filter { outcome.states[$0].status == .completed }
        workflow = machine.plan.workflow
        projects = members.count
        self.arrived = arrived.count
        self.finished = finished.count
        duration = DaySample(
            finished.compactMap { outcome.states[$0].closedOn?.days(since: simulation.members[$0].arrival) })
        let actual = arrived.map { index in
            ActualMeasures(machine: simulation.members[index].machine, state: outcome.states[index], asOf: asOf)
        }
        targets = workflow.targets.compactMap { target in
            guard machine.plan[target.from] != nil, machine.plan[target.to] != nil else { return nil }
            return PortfolioReport.Attainment(target, of: actual)
        }
    }
}

extension PortfolioReport.Attainment {
    fileprivate init(_ target: Target, of cases: [ActualMeasures]) {
        var days: [Int] = []
        var met = 0
        var missed = 0
        for (measured, isClosed) in cases.lazy.compactMap({ $0.days(of: target) }) {
            if isClosed { days.append(measured.minutes / DayAmount.minutesPerDay) }
            guard let limit = target.limit else { continue }
            if measured.minutes > limit.minutes { missed += 1 } else if isClosed { met += 1 }
        }
        self.target = target
        self.days = DaySample(days)
        self.met = met
        self.missed = missed
    }
}
