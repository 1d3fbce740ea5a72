import CaseEngine
import WorkCalendar
import WorkflowModel

/// Counts what departments with limited teams had to do.
struct DepartmentFigures {
    let departments: [PortfolioReport.Department]

    init(
        _ simulation: PortfolioSimulation, _ outcome: PortfolioOutcome, from start: LocalDate?,
        through: LocalDate?
    ) {
        let titles = Self.titles(simulation)
        let usage = Self.usage(simulation, outcome, through: through ?? .earliest)
        departments = outcome.loads.map { load in
            let used = usage[load.department]
            return PortfolioReport.Department(
                id: load.department,
                title: titles[load.department] ?? LocalizedText(zh: load.department, en: load.department),
                teams: load.teams, served: load.served, waits: DaySample(load.waits),
                longestQueue: load.longestQueue, waiting: load.queue.last?.waiting ?? 0,
                weeklyQueue: Self.weekly(load.queue, from: start, through: through),
                utilisation: used.flatMap { $0.open == 0 ? nil : Double($0.busy) / Double($0.open * load.teams) })
        }
    }

    private static func titles(_ simulation: PortfolioSimulation) -> [String: LocalizedText] {
        var titles: [String: LocalizedText] = [:]
        var seen: Set<String> = []
        for member in simulation.members {
            let workflow = member.machine.plan.workflow
            guard seen.insert("\(workflow.id)@\(workflow.version)").inserted else { continue }
            for department in workflow.departments where titles[department.id] == nil {
                titles[department.id] = department.title
            }
        }
        return titles
    }

    /// Working days that teams were at work, and working days between the first request and the last end.
    private static func usage(
        _ simulation: PortfolioSimulation, _ outcome: PortfolioOutcome, through: LocalDate
    ) -> [String: (busy: Int, open: Int)] {
        var busy: [String: Int] = [:]
        var spans: [String: (first: LocalDate, last: LocalDate, calendar: WorkCalendar)] = [:]
        for booking in outcome.bookings {
            let calendar = simulation.members[booking.member].machine.calendar
            let last = min(booking.ended ?? through, through)
            let days = booking.begun.map { calendar.workingDays(after: $0, through: max($0, last)) } ?? 0
            for department in booking.departments {
                busy[department, default: 0] += days
                let known = spans[department]
                spans[department] = (
                    min(known?.first ?? booking.asked, booking.asked), max(known?.last ?? last, last),
                    known?.calendar ?? calendar
                )
            }
        }
        return busy.reduce(into: [:]) { usage, entry in
            guard let span = spans[entry.key] else { return }
            usage[entry.key] = (entry.value, span.calendar.workingDays(after: span.first, through: span.last))
        }
    }

    private static func weekly(
        _ steps: [DepartmentLoad.QueueLength], from start: LocalDate?, through: LocalDate?
    ) -> [Int] {
        guard let start, let through else { return [] }
        var lengths: [Int] = []
        var step = 0
        var date = start
        while date <= through {
            while step < steps.count, steps[step].on <= date { step += 1 }
            lengths.append(step == 0 ? 0 : steps[step - 1].waiting)
            date = date.adding(days: 7)
        }
        return lengths
    }
}
