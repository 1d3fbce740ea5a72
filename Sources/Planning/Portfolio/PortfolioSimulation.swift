import CaseEngine
import WorkCalendar
import WorkflowModel

/// A city's projects in virtual time (项目组合推演): they arrive, parties answer, departments have only so many teams, and
/// every case is run by the case engine itself, so that what is simulated is what would happen.
///
/// What takes a department time needs a team of it from beginning to end; a session needs one of every department that
/// takes part, all on one date. Whoever asked first is served first; a session that waits for one department holds its
/// turn in the others.
public struct PortfolioSimulation: Sendable {
    /// A project that arrives.
    public struct Member: Sendable {
        /// Unique among the members; with a request's id it names a draw, so it keeps its fate in every variant.
        public let id: String
        /// Projects of one plan share their machine.
        public let machine: CaseMachine
        public let opening: CaseOpening
        public let arrival: LocalDate
        /// The index of what it is counted with in a report, ``PortfolioReport/kinds``; members of one kind have one plan.
        public let kind: Int

        public init(id: String, machine: CaseMachine, opening: CaseOpening, arrival: LocalDate, kind: Int = 0) {
            self.id = id
            self.machine = machine
            self.opening = opening
            self.arrival = arrival
            self.kind = kind
        }
    }

    /// In any order of arrival.
    public let members: [Member]
    /// How many teams a department has; one that is not named has as many as it needs.
    public let teams: [String: Int]
    public let seed: UInt64
    public let pace: SimulatedParties.Pace

    /// - Precondition: a department that is named has at least one team; ids differ.
    public init(members: [Member], teams: [String: Int] = [:], seed: UInt64, pace: SimulatedParties.Pace = .drawn) {
        precondition(teams.values.allSatisfy { $0 > 0 }, "a department without a team would never answer")
        precondition(Set(members.map(\.id)).count == members.count, "two members with one id")
        self.members = members
        self.teams = teams
        self.seed = seed
        self.pace = pace
    }

    /// The same with other teams. Draws go by names, so whatever a party draws it draws again.
    public func with(teams: [String: Int]) -> PortfolioSimulation {
        PortfolioSimulation(members: members, teams: teams, seed: seed, pace: pace)
    }

    /// Runs all cases to their ends.
    ///
    /// - Parameters:
    ///   - last: the last date that is played; `nil` plays on until nothing is left to do.
    ///   - shouldStop: asked before every date; a run that is stopped says how far it came.
    ///   - onEvents: told what happened, in the order in which it did; for logs.
    /// - Complexity: O(events · log members) and what the rules take.
    public func run(
        through last: LocalDate? = nil, shouldStop: () -> Bool = { false },
        onEvents: (_ member: Int, _ events: [CaseEvent]) -> Void = { _, _ in }
    ) -> PortfolioOutcome {
        withoutActuallyEscaping(onEvents) { onEvents in
            var run = PortfolioRun(self, onEvents: onEvents)
            run.play(through: last ?? .latest, shouldStop: shouldStop)
            return run.outcome()
        }
    }
}

/// How a portfolio went.
public struct PortfolioOutcome: Sendable {
    /// By member; unopened when the run stopped before it arrived.
    public let states: [CaseState]
    /// By the ids of departments with limited teams, in order of id.
    public let loads: [DepartmentLoad]
    /// Who had which teams and when, in order of asking; of departments with limited teams.
    public let bookings: [TeamBooking]
    /// The last date that was played; `nil` when nothing happened.
    public let through: LocalDate?
    /// Whether the run was stopped, or its last date came, before all cases had ended.
    public let isPartial: Bool
    /// Items that were finished, over all cases.
    public let completions: Int
    public let events: Int
    /// Corrections, special procedures and rounds of rectification that are over, in order of their ends.
    public let interludes: [Interlude]
    /// Applications that were refused.
    public let refusals: Int
}

/// A piece of work that needed teams (占用记录).
public struct TeamBooking: Sendable, Hashable {
    /// By index.
    public let member: Int
    /// The id of the request.
    public let request: String
    public let departments: [String]
    public let asked: LocalDate
    /// The closing from which it had its teams; `nil` while it waits, or when it was not needed any more.
    public internal(set) var begun: LocalDate?
    /// The closing at which they were free again; `nil` while it has them.
    public internal(set) var ended: LocalDate?
}

/// What a department's teams had to do.
public struct DepartmentLoad: Sendable, Hashable {
    public let department: String
    public let teams: Int
    /// Pieces of work begun.
    public internal(set) var served = 0
    /// Working days for which each of them had waited for a team, in order of beginning.
    public internal(set) var waits: [Int] = []
    /// Team-days of work begun.
    public internal(set) var busyDays = 0
    /// Most pieces of work that waited at once.
    public internal(set) var longestQueue = 0
    /// How many waited at the closing of every date on which that changed.
    public internal(set) var queue: [QueueLength] = []

    /// A step of the queue's length over time.
    public struct QueueLength: Sendable, Hashable {
        public let on: LocalDate
        public let waiting: Int
    }

    public var totalWait: Int { waits.reduce(0, +) }
}
