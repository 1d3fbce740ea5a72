import WorkCalendar

/// The teams of all departments and the lines before them (班组与排队).
///
/// A piece of work stands in the line of every department that it needs, and begins when in each of them it is among the
/// first for whom a team is free. So nobody takes the team of somebody who asked before, and work that needs several
/// departments does not starve.
struct TeamPool {
    /// A piece of work that waits or waited: the departments that it needs, by index, and since when.
    struct Ticket {
        let departments: [Int]
        let asked: LocalDate
    }

    private(set) var loads: [DepartmentLoad]
    private(set) var tickets: [Ticket] = []
    private var free: [Int]
    /// Who waits for each department, by number of ticket, in order of asking.
    private var lines: [[Int]]
    private let indexOf: [String: Int]
    private var changed: Set<Int> = []

    init(teams: [String: Int]) {
        let departments = teams.sorted { $0.key < $1.key }
        loads = departments.map { DepartmentLoad(department: $0.key, teams: $0.value) }
        free = departments.map(\.value)
        lines = Array(repeating: [], count: departments.count)
        indexOf = Dictionary(uniqueKeysWithValues: departments.enumerated().map { ($1.key, $0) })
    }

    func index(of department: String) -> Int? { indexOf[department] }

    func name(_ department: Int) -> String { loads[department].department }

    /// - Returns: the number of the ticket, and whether the work begins at once; else it waits.
    mutating func ask(_ departments: [Int], on date: LocalDate) -> (ticket: Int, begins: Bool) {
        let ticket = tickets.count
        tickets.append(Ticket(departments: departments, asked: date))
        if departments.allSatisfy({ lines[$0].count < free[$0] }) {
            take(departments)
            return (ticket, true)
        }
        for department in departments {
            lines[department].append(ticket)
            loads[department].longestQueue = max(loads[department].longestQueue, lines[department].count)
            changed.insert(department)
        }
        return (ticket, false)
    }

    /// Teams that have finished, or are not needed any more.
    mutating func release(_ departments: [Int]) { for department in departments { free[department] += 1 } }

    /// Leaves the lines without having begun.
    mutating func leave(_ ticket: Int) {
        for department in tickets[ticket].departments {
            if let place = lines[department].firstIndex(of: ticket) { lines[department].remove(at: place) }
            changed.insert(department)
        }
    }

    /// The next piece of work that can begin now, out of the lines of the departments.
    mutating func begin(in departments: [Int]) -> Int? {
        for department in departments {
            let next = lines[department].prefix(free[department]).first { ticket in
                tickets[ticket].departments.allSatisfy { lines[$0].prefix(free[$0]).contains(ticket) }
            }
            guard let next else { continue }
            leave(next)
            take(tickets[next].departments)
            return next
        }
        return nil
    }

    private mutating func take(_ departments: [Int]) { for department in departments { free[department] -= 1 } }

    mutating func note(_ departments: [Int], waited: Int, days: Int) {
        for department in departments {
            loads[department].served += 1
            loads[department].waits.append(waited)
            loads[department].busyDays += days
        }
    }

    /// Writes down the lines that changed on a date.
    mutating func close(_ date: LocalDate) {
        for department in changed {
            let step = DepartmentLoad.QueueLength(on: date, waiting: lines[department].count)
            if loads[department].queue.last?.waiting != step.waiting { loads[department].queue.append(step) }
        }
        changed.removeAll(keepingCapacity: true)
    }
}
