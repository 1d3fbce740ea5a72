/// Goes through all schedules that may be shorter than the best known: branch and bound for problems of up to 64 activities
/// (分支定界).
///
/// Time moves from one completion to the next. Of what could start then, each activity is first started, then left for
/// later. A branch is cut when an activity is past its latest start, when the work left is more than some resource can
/// do by the dates at which it must be done, when an activity left for later had room all the while, or when the same
/// activities were started before in a way that left at least as much room.
///
/// The first two cuts lose nothing. What the others lose has a schedule in its place that is no longer and that lies in a
/// branch gone through before, as starting comes before leaving; so a search that ends has proved its best to be shortest.
///
/// - Source: Stinson, Davis, Khumawala, *Multiple resource-constrained scheduling using branch and bound*, AIIE Transactions 10
///   (1978) 252–259, doi:10.1080/05695557808975212; Demeulemeester, Herroelen, *New benchmark results for the
///   resource-constrained project scheduling problem*, Management Science 43 (1997) 1485–1492, doi:10.1287/mnsc.43.11.1485,
///   for cutsets. Dates by which work must be done come from `Refutation`, further resources from `RedundantResources`.
struct ExactSearch {
    private let problem: PackedProblem
    private let backward: Bool
    /// Own number → rank, by latest start; sets of activities are bits by own number.
    private let ranks: [Int]
    private let all: UInt64
    private let duration: [Int32]
    private let needs: [UInt64]
    /// What takes no time or no teams; it starts as soon as it can.
    private let free: UInt64
    private let before: [UInt64]
    private let after: [UInt64]
    private let resources: RedundantResources

    /// Of a schedule shorter than the best known.
    private var deadline: [Int32]
    private var latestStart: [Int32]
    private var byDeadline: [Int]

    private var finish: [Int32]
    /// Since when an activity left for later has had room; −1 when it has none.
    private var roomSince: [Int32]
    private var undo: [(activity: Int, since: Int32)] = []
    private var cutsets = CutsetTable()
    private var bestFinish: [Int32] = []
    private var bestLength: Int
    /// Activities placed.
    private(set) var placements = 0
    private var ending = Ending.open

    private enum Ending {
        case open
        /// Told to stop.
        case stopped
        /// Nothing shorter than the best can exist.
        case refuted
    }

    /// The share of the budget at which it begins, and the one at which it gives up.
    static let begin = 0.3
    static let end = 0.6
    /// With more activities it would hardly ever end.
    static let mostActivities = 40

    static func suits(_ problem: PackedProblem) -> Bool {
        problem.count <= mostActivities && problem.words == 1 && problem.calendar.isEmpty && !problem.isPortfolio
            && problem.ready.allSatisfy { $0 == 0 } && problem.links[0].distances.allSatisfy { $0 == 0 }
            && problem.horizon * RedundantResources.greatestCapacity(problem) < Int(Int32.max)
    }

    /// - Parameter best: the length of a schedule that is known.
    /// - Precondition: `suits`.
    init(_ problem: PackedProblem, backward: Bool, below best: Int) {
        self.problem = problem
        self.backward = backward
        bestLength = best
        let tails = backward ? problem.heads : problem.tails
        let ranks = (0..<problem.count).sorted {
            (-tails[$0] - problem.duration[$0], $0) < (-tails[$1] - problem.duration[$1], $1)
        }
        self.ranks = ranks
        var number = [Int](repeating: 0, count: ranks.count)
        for (own, rank) in ranks.enumerated() { number[rank] = own }
        func sets(_ links: PackedProblem.Links) -> [UInt64] {
            ranks.map { rank in
                links.range(rank).reduce(into: UInt64(0)) { $0 |= 1 << UInt64(number[Int(links.ends[$1])]) }
            }
        }
        before = sets(problem.links[backward ? 1 : 0])
        after = sets(problem.links[backward ? 0 : 1])
        all = ranks.count == 64 ? .max : 1 << UInt64(ranks.count) - 1
        duration = ranks.map { problem.duration[$0] }
        needs = ranks.map { problem.needs[$0] }
        free = ranks.indices.reduce(into: UInt64(0)) { set, own in
            if problem.duration[ranks[own]] == 0 || problem.needs[ranks[own]] == 0 { set |= 1 << UInt64(own) }
        }
        resources = RedundantResources(problem, ranks: ranks)
        finish = Array(repeating: 0, count: ranks.count)
        deadline = finish
        latestStart = finish
        byDeadline = Array(ranks.indices)
        roomSince = Array(repeating: -1, count: ranks.count)
    }

    /// By rank: the starts of the best schedule found, if it is shorter than what was known.
    var best: [Int32]? {
        guard !bestFinish.isEmpty else { return nil }
        var start = bestFinish
        for (own, rank) in ranks.enumerated() {
            start[rank] = backward ? Int32(bestLength) - bestFinish[own] : bestFinish[own] - duration[own]
        }
        return start
    }

    /// - Parameter isSpent: asked every 64 placements, with their number.
    /// - Returns: whether nothing shorter than the best is left.
    mutating func run(isSpent: (Int) -> Bool) -> Bool {
        aim()
        if ending == .open { advance(to: 0, started: 0, left: problem.base[0], isSpent) }
        return ending != .stopped
    }

    /// Sets the dates that a schedule shorter than the best must keep.
    private mutating func aim() {
        let length = bestLength - 1
        var refutation = Refutation(problem, length: length)
        guard length >= problem.criticalPathLength, !refutation.isRefuted() else {
            ending = .refuted
            return
        }
        for (own, rank) in ranks.enumerated() {
            deadline[own] = Int32(backward ? length - refutation.first[rank] : refutation.last[rank])
            latestStart[own] = deadline[own] - duration[own]
        }
        byDeadline.sort { (deadline[$0], $0) < (deadline[$1], $1) }
    }
}

// MARK: - Branches

extension ExactSearch {
    /// At a completion: what waits may start.
    private mutating func advance(to time: Int32, started: UInt64, left: UInt64, _ isSpent: (Int) -> Bool) {
        guard started != all else {
            bestFinish = finish
            bestLength = finish.reduce(0) { max($0, Int($1)) }
            return aim()
        }
        let running = Members(started).reduce(into: UInt64(0)) { if finish[$1] > time { $0 |= 1 << UInt64($1) } }
        guard hasCapacity(time, started, running), !cutsets.dominates(started, time, finish) else { return }
        let finished = started & ~running
        var eligible: UInt64 = 0
        for own in Members(all & ~started) where before[own] & ~finished == 0 {
            guard time <= latestStart[own] else { return }
            eligible |= 1 << UInt64(own)
        }
        decide(eligible, later: 0, time, started, left, isSpent)
        if ending == .open { cutsets.insert(started, time, running, finish) }
    }

    /// Starts the first of what is eligible, then leaves it for later.
    private mutating func decide(
        _ eligible: UInt64, later: UInt64, _ time: Int32, _ started: UInt64, _ left: UInt64, _ isSpent: (Int) -> Bool
    ) {
        guard ending == .open else { return }
        guard eligible != 0 else { return proceed(later, time, started, left, isSpent) }
        let own = eligible.trailingZeroBitCount
        let mine: UInt64 = 1 << UInt64(own)
        let others = eligible & (eligible - 1)
        if free & mine != 0 {
            guard place(own, at: time, isSpent) else { return }
            let next = duration[own] == 0 ? others | ready(after: own, started | mine, time) : others
            return decide(next, later: later, time, started | mine, left, isSpent)
        }
        if (left &- needs[own]) & PackedProblem.guards == PackedProblem.guards, time <= latestStart[own] {
            guard place(own, at: time, isSpent) else { return }
            let since = roomSince[own]
            roomSince[own] = -1
            decide(others, later: later, time, started | mine, left &- needs[own], isSpent)
            roomSince[own] = since
        }
        if time < latestStart[own] { decide(others, later: later | mine, time, started, left, isSpent) }
    }

    private mutating func place(_ own: Int, at time: Int32, _ isSpent: (Int) -> Bool) -> Bool {
        placements += 1
        if placements % 64 == 0, isSpent(placements) { ending = .stopped }
        finish[own] = time + duration[own]
        return ending == .open && time <= latestStart[own]
    }

    /// What a milestone lets start at once.
    private func ready(after own: Int, _ started: UInt64, _ time: Int32) -> UInt64 {
        Members(after[own]).reduce(into: UInt64(0)) { set, next in
            guard before[next] & ~started == 0, Members(before[next]).allSatisfy({ finish[$0] <= time }) else { return }
            set |= 1 << UInt64(next)
        }
    }

    /// Goes to the next completion, unless something left for later could have been done meanwhile.
    private mutating func proceed(
        _ later: UInt64, _ time: Int32, _ started: UInt64, _ left: UInt64, _ isSpent: (Int) -> Bool
    ) {
        if started == all { return advance(to: time, started: started, left: left, isSpent) }
        let next = Members(started).reduce(Int32.max) { finish[$1] > time ? min($0, finish[$1]) : $0 }
        guard next != .max else { return }
        let mark = undo.count
        defer {
            while undo.count > mark {
                let last = undo.removeLast()
                roomSince[last.activity] = last.since
            }
        }
        for own in Members(later) {
            guard next <= latestStart[own] else { return }
            undo.append((own, roomSince[own]))
            if (left &- needs[own]) & PackedProblem.guards != PackedProblem.guards {
                roomSince[own] = -1
            } else {
                if roomSince[own] < 0 { roomSince[own] = time }
                if next - roomSince[own] >= duration[own] { return }
            }
        }
        let freed = Members(started & ~free).reduce(left) { finish[$1] == next ? $0 &+ needs[$1] : $0 }
        advance(to: next, started: started, left: freed, isSpent)
    }

    /// Whether every resource can do, by each date, the work that must be done by then.
    private func hasCapacity(_ time: Int32, _ started: UInt64, _ running: UInt64) -> Bool {
        var work = RedundantResources.Units(repeating: 0)
        for own in byDeadline where started >> UInt64(own) & 1 == 0 && duration[own] > 0 {
            work &+= resources.needs[own] &* duration[own]
            let end = deadline[own]
            guard end > time else { return false }
            var room = resources.capacities &* (end - time)
            for other in Members(running) { room &-= resources.needs[other] &* (min(finish[other], end) - time) }
            if any(work .> room) { return false }
        }
        return true
    }
}

/// The members of a set of bits, the least first.
private struct Members: Sequence, IteratorProtocol {
    private var rest: UInt64

    init(_ set: UInt64) { rest = set }

    mutating func next() -> Int? {
        guard rest != 0 else { return nil }
        defer { rest &= rest - 1 }
        return rest.trailingZeroBitCount
    }
}
