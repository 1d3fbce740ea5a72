/// A schedule inside the search: left-justified, as early as its order allows, or right-justified, as late.
struct Candidate: Sendable {
    /// Rank → first period; in a right-justified schedule it may lie before the releases, even before 0.
    var start: [Int32] = []
    var isRightJustified = false
    /// What is minimised.
    var cost = Int.max
    /// Project → the period by which it is finished.
    var completion: [Int32] = []
    var latest = 0
    var earliest = 0
    /// Of the starts; equal schedules have equal prints.
    var print: UInt64 = 0
}

extension Candidate {
    /// The left-justified schedule with these starts of a problem that has no portfolio.
    init(_ start: [Int32], _ problem: PackedProblem) {
        self.start = start
        latest = start.indices.reduce(0) { max($0, Int(start[$1] + problem.duration[$1])) }
        cost = latest
        completion = [Int32(latest)]
    }
}

/// Turns orders of activities into candidates and candidates into orders.
struct Decoder: Sendable {
    let problem: PackedProblem
    private(set) var timetable: Timetable
    private var finish: [Int32]
    private var ready: [Int32]
    private var counts: [Int32] = []
    private var places: [Int32] = []
    private var waiting: [Int32] = []
    /// Whether moving a right-justified schedule to the first period keeps it feasible: then it counts as a solution.
    let isShiftable: Bool

    init(_ problem: PackedProblem) {
        self.problem = problem
        timetable = Timetable(problem)
        finish = Array(repeating: 0, count: problem.count)
        ready = finish
        isShiftable = problem.calendar.isEmpty && !problem.isPortfolio && problem.ready.allSatisfy { $0 == 0 }
    }

    var placements: Int { timetable.placements }

    /// The left-justified schedule of an order.
    /// - Returns: `nil` when it would last longer than `limit`.
    mutating func decodeForward(_ order: [Int32], limit: Int = .max, into candidate: inout Candidate) -> Bool {
        guard
            let latest = timetable.place(
                backward: false, order: order, ready: problem.ready, limit: limit, finish: &finish)
        else { return false }
        candidate.isRightJustified = false
        candidate.latest = latest
        candidate.earliest = 0
        read(into: &candidate) { finish, duration in finish - duration }
        var completion = [Int32](repeating: 0, count: problem.projects.count)
        for rank in 0..<problem.count {
            let project = Int(problem.project[rank])
            completion[project] = max(completion[project], finish[rank])
        }
        candidate.completion = completion
        candidate.cost = problem.cost(of: completion, latest: latest)
        return true
    }

    /// The right-justified schedule of an order, in which no project finishes later than in `base`.
    /// - Returns: `nil` when it would last longer than `limit`.
    mutating func decodeBackward(
        _ order: [Int32], base: Candidate, limit: Int = .max, into candidate: inout Candidate
    ) -> Bool {
        let end = base.latest
        if problem.isPortfolio {
            for rank in 0..<problem.count { ready[rank] = Int32(end) - base.completion[Int(problem.project[rank])] }
        }
        guard
            let length = timetable.place(
                backward: true, order: order, ready: ready, end: end, limit: limit, finish: &finish)
        else { return false }
        candidate.isRightJustified = true
        candidate.latest = end
        candidate.earliest = end - length
        let shift = Int32(end)
        read(into: &candidate) { finish, _ in shift - finish }
        candidate.completion = base.completion
        candidate.cost = cost(ofRightJustified: candidate)
        return true
    }

    private func read(into candidate: inout Candidate, _ start: (Int32, Int32) -> Int32) {
        if candidate.start.count != problem.count { candidate.start = finish }
        var print: UInt64 = 0xCBF2_9CE4_8422_2325
        for rank in 0..<problem.count {
            let value = start(finish[rank], problem.duration[rank])
            candidate.start[rank] = value
            print = (print ^ UInt64(truncatingIfNeeded: value)) &* 0x100_0000_01B3
        }
        candidate.print = print
    }

    /// The cost if each project moved forward by the room that justification opened before it.
    private func cost(ofRightJustified candidate: Candidate) -> Int {
        if !problem.isPortfolio && problem.ready.allSatisfy({ $0 == 0 }) {
            return candidate.latest - candidate.earliest
        }
        var room = [Int32](repeating: .max, count: problem.projects.count)
        for rank in 0..<problem.count {
            let project = Int(problem.project[rank])
            room[project] = min(room[project], candidate.start[rank] - problem.ready[rank])
        }
        var completion = candidate.completion
        for project in completion.indices where room[project] != .max { completion[project] -= room[project] }
        return problem.cost(of: completion, latest: Int(completion.max() ?? 0))
    }

    // MARK: Orders

    /// The activities in the order in which `candidate` places them, read in a direction, and their times from there.
    mutating func order(
        of candidate: Candidate, backward: Bool, into order: inout [Int32], times: inout [Int32]
    ) {
        let count = problem.count
        if order.count != count { order = Array(repeating: 0, count: count) }
        if times.count != count { times = order }
        var greatest: Int32 = 0
        let latest = Int32(candidate.latest)
        let earliest = Int32(candidate.earliest)
        for rank in 0..<count {
            let time =
                backward ? latest - candidate.start[rank] - problem.duration[rank] : candidate.start[rank] - earliest
            times[rank] = time
            greatest = max(greatest, time)
        }
        sort(by: times, greatest: Int(greatest), backward: backward, into: &order)
        if !problem.isPlain { repair(&order, backward: backward) }
    }

    /// Counting sort; ties go by rank, so that milestones keep their place in the chain.
    private mutating func sort(by times: [Int32], greatest: Int, backward: Bool, into order: inout [Int32]) {
        let count = times.count
        if counts.count < greatest + 2 { counts = Array(repeating: 0, count: greatest + 64) }
        for slot in 0...greatest + 1 { counts[slot] = 0 }
        for time in times { counts[Int(time) + 1] += 1 }
        if greatest > 0 { for slot in 1...greatest { counts[slot] += counts[slot - 1] } }
        for index in 0..<count {
            let rank = backward ? count - 1 - index : index
            let slot = Int(times[rank])
            order[Int(counts[slot])] = Int32(rank)
            counts[slot] += 1
        }
    }

    /// The nearest order that relations allow: each rank in its turn, what it waits for just before it.
    mutating func repair(_ order: inout [Int32], backward: Bool) {
        let links = problem.links[backward ? 1 : 0]
        var placed = [Bool](repeating: false, count: order.count)
        places.removeAll(keepingCapacity: true)
        for rank in order {
            waiting.append(rank)
            while let top = waiting.last {
                let before = links.range(Int(top)).first { !placed[Int(links.ends[$0])] }
                if let before {
                    waiting.append(links.ends[before])
                } else {
                    waiting.removeLast()
                    if !placed[Int(top)] { places.append(top) }
                    placed[Int(top)] = true
                }
            }
        }
        swap(&order, &places)
    }
}

extension PackedProblem {
    /// What schedules are compared by: the makespan; in a portfolio the weighted periods past due, a thousandfold, and
    /// the weighted periods from release to completion.
    func cost(of completion: [Int32], latest: Int) -> Int {
        guard isPortfolio else { return latest }
        var cost = 0
        for (project, end) in zip(projects, completion) {
            let late = project.due.map { max(0, Int(end) - $0) } ?? 0
            cost += project.weight * (1000 * late + max(0, Int(end) - project.release))
        }
        return cost
    }
}
