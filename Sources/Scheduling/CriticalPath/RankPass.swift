/// The two passes over a network in `RankForm`, with floats; they add and compare 32-bit ranks and allocate nothing.
///
/// The backward pass scatters over the links into each activity, as `GeneralPass` does: a second list of links would
/// have to be read in whatever order it comes. The results are those of `GeneralPass`, to the minute; instants are made
/// of ranks when somebody asks for them (`RankDates`).
/// - Complexity: O(activities + relations); some forty bytes an activity and eight a relation are read or written.
enum RankPass {
    /// - Returns: `nil` when the network has no rank form, or its ranks do not fit 32 bits.
    static func solve(_ network: ActivityNetwork, start: Minute, finish: Minute?) -> RankDates? {
        var dates = RankDates()
        return solve(network, start: start, finish: finish, into: &dates) ? dates : nil
    }

    /// The same into arrays that are used again.
    /// - Returns: whether it could be done.
    static func solve(
        _ network: ActivityNetwork, start: Minute, finish: Minute?, into dates: inout RankDates
    ) -> Bool {
        guard let form = network.rankForm else { return false }
        dates.open(for: network, form: form, start: start)
        if form.links.isEmpty {
            forwardPlain(network, &dates)
        } else {
            forwardLinked(network, form, &dates)
        }
        guard dates.earlyRange.isInRange else { return false }
        let anchor = finish.map { dates.time.work(before: $0) - dates.origin } ?? Int(dates.earlyRange.last)
        guard let rank = Int32(exactly: anchor), abs(anchor) < RankForm.longestRank else { return false }
        dates.anchor = rank
        let least =
            form.links.isEmpty
            ? backwardPlain(network, &dates.early, &dates.late, &dates.free, anchor: rank)
            : backwardLinked(network, form, &dates.early, &dates.late, &dates.free, anchor: rank)
        return least > -RankForm.longestRank
    }

    // MARK: Finish to start without lag

    private static func forwardPlain(_ network: ActivityNetwork, _ dates: inout RankDates) {
        var range = EarlyRange()
        forwardPlain(network.firstLink, network.linkPredecessor, network.durations, &dates.early, &range)
        // Only what happens before any work is done stands where the project's start does.
        if range.last == 0 { range.lastMilestoneAtStartSide = dates.startSide ? 0 : Int32.min }
        dates.earlyRange = range
    }

    private static func forwardPlain(
        _ firstLink: [Int32], _ predecessors: [Int32], _ durations: [Int], _ finish: inout [Int32],
        _ range: inout EarlyRange
    ) {
        var last: Int32 = 0
        var bits = 0
        var link = 0
        for position in durations.indices {
            let end = Int(firstLink[position + 1])
            var start: Int32 = 0
            while link < end {
                start = max(start, finish[Int(predecessors[link])])
                link += 1
            }
            bits |= durations[position]
            let own = start &+ Int32(truncatingIfNeeded: durations[position])
            finish[position] = own
            last = max(last, own)
        }
        range.durationBits = bits
        range.last = last
    }

    /// - Returns: the least late start.
    private static func backwardPlain(
        _ network: ActivityNetwork, _ finish: inout [Int32], _ late: inout [Int32], _ free: inout [Int32],
        anchor: Int32
    ) -> Int32 {
        let (firstLink, predecessors, durations) = (network.firstLink, network.linkPredecessor, network.durations)
        for position in late.indices {
            late[position] = anchor
            free[position] = Int32.max
        }
        var least = anchor
        var link = predecessors.count
        for position in durations.indices.reversed() {
            let duration = Int32(truncatingIfNeeded: durations[position])
            let lateStart = late[position] &- duration
            let earlyStart = finish[position] &- duration
            if free[position] == Int32.max { free[position] = late[position] &- finish[position] }
            least = min(least, lateStart)
            let first = Int(firstLink[position])
            while link > first {
                link -= 1
                let predecessor = Int(predecessors[link])
                late[predecessor] = min(late[predecessor], lateStart)
                free[predecessor] = min(free[predecessor], earlyStart &- finish[predecessor])
            }
        }
        return least
    }

    // MARK: Any relation

    private static func forwardLinked(_ network: ActivityNetwork, _ form: RankForm, _ dates: inout RankDates) {
        let (firstLink, predecessors, words) = (network.firstLink, network.linkPredecessor, form.links)
        let (durations, floors) = (network.durations, form.floors)
        var range = EarlyRange()
        forwardLinked(
            firstLink, predecessors, words, durations, floors, network, &dates.early, &dates.startSides,
            startSide: dates.startSide, &range)
        dates.earlyRange = range
    }

    private static func forwardLinked(
        _ firstLink: [Int32], _ predecessors: [Int32], _ words: [Int32], _ durations: [Int], _ floors: [Int32],
        _ network: ActivityNetwork, _ early: inout [Int32], _ sides: inout [Bool], startSide: Bool,
        _ range: inout EarlyRange
    ) {
        var first: Int32 = 0
        var last = Int32.min
        var bits = 0
        var link = 0
        for position in durations.indices {
            let end = Int(firstLink[position + 1])
            let duration = Int32(truncatingIfNeeded: durations[position])
            var start = floors.isEmpty ? 0 : floors[position]
            while link < end {
                let word = words[link]
                let ofPredecessor = early[2 &* Int(predecessors[link]) &+ Int(word & 1)]
                start = max(start, ofPredecessor &+ word >> 2 &- (word & 2 == 0 ? 0 : duration))
                link += 1
            }
            if duration == 0 {
                let links = Int(firstLink[position])..<end
                sides[position] = hasStartSide(
                    rank: start, links: links, predecessors, words, durations, early, sides, startSide: startSide)
                if sides[position] { range.lastMilestoneAtStartSide = max(range.lastMilestoneAtStartSide, start) }
            }
            bits |= durations[position]
            early[2 &* position] = start
            early[2 &* position &+ 1] = start &+ duration
            first = min(first, start)
            last = max(last, start &+ duration)
        }
        range.durationBits = bits
        range.first = first
        range.last = last
    }

    /// Whether a milestone stands on the start side of its rank (rule 4): when one of the instants that reach its rank
    /// does. A lag decides the side of its end; without one it is that of the predecessor's start or finish.
    @inline(never)
    private static func hasStartSide(
        rank: Int32, links: Range<Int>, _ predecessors: [Int32], _ words: [Int32], _ durations: [Int],
        _ early: [Int32], _ sides: [Bool], startSide: Bool
    ) -> Bool {
        if links.isEmpty { return startSide }
        for link in links {
            let word = words[link]
            let predecessor = Int(predecessors[link])
            if word & 3 == 3, rank == 0, startSide { return true }
            guard early[2 * predecessor + Int(word & 1)] &+ word >> 2 == rank else { continue }
            let lag = word >> 2
            let side =
                lag != 0 ? lag < 0 : durations[predecessor] == 0 ? sides[predecessor] : word & 1 == 0
            if side { return true }
        }
        return false
    }

    /// - Returns: the least late start.
    private static func backwardLinked(
        _ network: ActivityNetwork, _ form: RankForm, _ early: inout [Int32], _ late: inout [Int32],
        _ free: inout [Int32], anchor: Int32
    ) -> Int32 {
        let (firstLink, predecessors, words) = (network.firstLink, network.linkPredecessor, form.links)
        let durations = network.durations
        for position in durations.indices {
            late[2 &* position] = RankForm.longestRank &* 2 &- 1
            late[2 &* position &+ 1] = anchor
            free[position] = Int32.max
        }
        var least = anchor
        var link = predecessors.count
        for position in durations.indices.reversed() {
            let duration = Int32(truncatingIfNeeded: durations[position])
            let lateFinish = min(late[2 &* position &+ 1], late[2 &* position] &+ duration)
            let lateStart = lateFinish &- duration
            let earlyStart = early[2 &* position]
            late[2 &* position &+ 1] = lateFinish
            if free[position] == Int32.max { free[position] = lateStart &- earlyStart }
            least = min(least, lateStart)
            let first = Int(firstLink[position])
            while link > first {
                link -= 1
                let word = words[link]
                let predecessor = Int(predecessors[link])
                let end = 2 &* predecessor &+ Int(word & 1)
                let shift = word >> 2 &- (word & 2 == 0 ? 0 : duration)
                late[end] = min(late[end], lateStart &- shift)
                free[predecessor] = min(free[predecessor], earlyStart &- shift &- early[end])
            }
        }
        return least
    }
}

/// What the forward pass saw of its ranks.
struct EarlyRange: Sendable, Equatable {
    var first: Int32 = 0
    /// The last finish.
    var last: Int32 = 0
    /// The rank of the last milestone that stands on the start side.
    var lastMilestoneAtStartSide = Int32.min
    var durationBits = 0

    /// Whether nothing can have left 32 bits on the way: the first rank to leave the range would be among these.
    var isInRange: Bool {
        durationBits < RankForm.longestDuration && first > -RankForm.longestRank && last < RankForm.longestRank
    }
}
