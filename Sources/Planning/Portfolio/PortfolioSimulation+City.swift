import CaseEngine
import WorkCalendar
import WorkflowModel

extension PortfolioSimulation {
    /// Projects of one kind, as a city's file has them.
    public struct Kind: Sendable {
        public let machine: CaseMachine
        public let opening: CaseOpening
        public let rhythm: City.Rhythm

        public init(machine: CaseMachine, opening: CaseOpening, rhythm: City.Rhythm) {
            self.machine = machine
            self.opening = opening
            self.rhythm = rhythm
        }
    }

    /// A city's projects, member by member; the n-th of the k-th kind is called `k.n`, from 1.
    ///
    /// - Precondition: as for ``init(members:teams:seed:pace:)``.
    public init(kinds: [Kind], teams: [String: Int], seed: UInt64, pace: SimulatedParties.Pace = .drawn) {
        var members: [Member] = []
        for (index, kind) in kinds.enumerated() {
            let dates = kind.rhythm.dates(on: kind.machine.calendar, seed: seed, name: "arrivals-\(index + 1)")
            for (number, date) in dates.enumerated() {
                members.append(
                    Member(
                        id: "\(index + 1).\(number + 1)", machine: kind.machine, opening: kind.opening, arrival: date,
                        kind: index))
            }
        }
        self.init(members: members, teams: teams, seed: seed, pace: pace)
    }
}

extension City.Rhythm {
    /// The dates on which projects arrive, in order of date.
    ///
    /// At random means: independently of each other, each instant as likely as another (a Poisson stream). Given how many
    /// come, they are spread evenly at random over the time that so many take on average; who comes on a day off is
    /// received on the next working day.
    ///
    /// - Source: S. M. Ross, Stochastic Processes, 2nd ed. 1996, theorem 2.3.1.
    func dates(on calendar: WorkCalendar, seed: UInt64, name: String) -> [LocalDate] {
        switch self {
        case .on(let dates): return dates.sorted()
        case .every(let gap, let from, let count):
            return (0..<count).map {
                calendar.adding(DayAmount(minutes: $0 * gap.minutes, unit: gap.unit), to: from)
            }
        case .perWeek(let rate, let from, let count):
            let days = Double(count) * 7 / rate
            return (0..<count).map { number in
                var draw = SeededDraw(seed: seed, name: "\(name)/\(number)")
                return calendar.workingDay(onOrAfter: from.adding(days: Int(draw.unit() * days)))
            }.sorted()
        }
    }
}
