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
        if form.isPlain {
            forwardPlain(network, &dates)
        } else {
            forwardLinked(network, form, &dates)
        }
        guard dates.earlyRange.isInRange else { return false }
        let anchor = finish.map(dates.scale.rank) ?? Int(dates.earlyRange.last)
        guard let rank = Int32(exactly: anchor), abs(anchor) < RankForm.longestRank else { return false }
        dates.anchor = rank
        // Taken out for the pass, so that both arrays can be lent at once.
        var bounds: [Bounds] = []
        swap(&bounds, &dates.bounds)
        let least = backward(network, form, early: dates.early.span, &bounds, anchor: rank)
        dates.bounds = bounds
        return least > -RankForm.longestRank
    }

    private static func backward(
        _ network: ActivityNetwork, _ form: RankForm, early: Span<Int32>, _ all: inout [Bounds], anchor: Int32
    ) -> Int32 {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        var bounds = all.mutableSpan
        return form.isPlain
            ? backwardPlain(firstLink, predecessors, network.durations.span, early, &bounds, anchor: anchor)
            : backwardLinked(
                firstLink, predecessors, form.offsets.span, network.durations.span, early, &bounds, anchor: anchor)
    }

    // MARK: Finish to start without lag

    private static func forwardPlain(_ network: ActivityNetwork, _ dates: inout RankDates) {
        var range = EarlyRange()
        var finish = dates.early.mutableSpan
        forwardPlain(network.firstLink.span, network.linkPredecessor.span, network.durations.span, &finish, &range)
        // Only what happens before any work is done stands where the project's start does.
        if range.last == 0 { range.lastMilestoneAtStartSide = dates.scale.startSide ? 0 : Int32.min }
        dates.earlyRange = range
    }

    private static func forwardPlain(
        _ firstLink: Span<Int32>, _ predecessors: Span<Int32>, _ durations: Span<Int>,
        _ finish: inout MutableSpan<Int32>,
        _ range: inout EarlyRange
    ) {
        var last: Int32 = 0
        var bits = 0
        var link = 0
        for position in 0..<durations.count {
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
        _ firstLink: Span<Int32>, _ predecessors: Span<Int32>, _ durations: Span<Int>, _ finish: Span<Int32>,
        _ bounds: inout MutableSpan<Bounds>, anchor: Int32
    ) -> Int32 {
        let open = Bounds(anchor, Bounds.open)
        for position in 0..<bounds.count { bounds[position] = open }
        var least = anchor
        var link = predecessors.count
        for position in (0..<durations.count).reversed() {
            let duration = Int32(truncatingIfNeeded: durations[position])
            let own = bounds[position]
            let starts = Bounds(own.x, finish[position]) &- Bounds(repeating: duration)
            bounds[position] = own.withFreeFloat(of: finish[position])
            least = min(least, starts.x)
            let first = Int(firstLink[position])
            while link > first {
                link -= 1
                bounds[Int(predecessors[link])].lower(to: starts)
            }
        }
        return least
    }

    // MARK: Any relation

    private static func forwardLinked(_ network: ActivityNetwork, _ form: RankForm, _ dates: inout RankDates) {
        var range = EarlyRange()
        let startSide = dates.scale.startSide
        var (starts, sides): ([Int32], [Bool]) = ([], [])
        swap(&starts, &dates.early)
        swap(&sides, &dates.startSides)
        forwardLinked(network, form, &starts, &sides, startSide: startSide, &range)
        swap(&starts, &dates.early)
        swap(&sides, &dates.startSides)
        dates.earlyRange = range
    }

    private static func forwardLinked(
        _ network: ActivityNetwork, _ form: RankForm, _ starts: inout [Int32], _ sides: inout [Bool],
        startSide: Bool, _ range: inout EarlyRange
    ) {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        let (durations, offsets, floors) = (network.durations.span, form.offsets.span, form.floors.span)
        var early = starts.mutableSpan
        var first: Int32 = 0
        var last = Int32.min
        var bits = 0
        var link = 0
        for position in 0..<durations.count {
            let end = Int(firstLink[position + 1])
            var start = floors.isEmpty ? 0 : floors[position]
            while link < end {
                start = max(start, early[Int(predecessors[link])] &+ offsets[link])
                link += 1
            }
            early[position] = start
            if durations[position] == 0 {
                let hasStartSide = network.milestoneHasStartSide(position, early, sides, startSide: startSide)
                sides[position] = hasStartSide
                if hasStartSide { range.lastMilestoneAtStartSide = max(range.lastMilestoneAtStartSide, start) }
            }
            bits |= durations[position]
            first = min(first, start)
            last = max(last, start &+ Int32(truncatingIfNeeded: durations[position]))
        }
        range.durationBits = bits
        range.first = first
        range.last = last
    }

    /// - Returns: the least late start.
    private static func backwardLinked(
        _ firstLink: Span<Int32>, _ predecessors: Span<Int32>, _ offsets: Span<Int32>, _ durations: Span<Int>,
        _ start: Span<Int32>, _ bounds: inout MutableSpan<Bounds>, anchor: Int32
    ) -> Int32 {
        for position in 0..<bounds.count { bounds[position] = Bounds(repeating: Bounds.open) }
        var least = anchor
        var link = predecessors.count
        for position in (0..<durations.count).reversed() {
            let own = Bounds(
                min(bounds[position].x, anchor &- Int32(truncatingIfNeeded: durations[position])), bounds[position].y)
            let starts = Bounds(own.x, start[position])
            bounds[position] = own.withFreeFloat(of: start[position])
            least = min(least, starts.x)
            let first = Int(firstLink[position])
            while link > first {
                link -= 1
                bounds[Int(predecessors[link])].lower(to: starts &- Bounds(repeating: offsets[link]))
            }
        }
        return least
    }
}

extension ActivityNetwork {
    /// Whether a milestone stands on the start side of its rank (rule 4): when one of the instants that reach its rank
    /// does. A lag decides the side of its end; without one it is that of the predecessor's start or finish.
    fileprivate func milestoneHasStartSide(
        _ position: Int, _ early: borrowing MutableSpan<Int32>, _ sides: [Bool], startSide: Bool
    ) -> Bool {
        if links(into: position).isEmpty { return startSide }
        return links(into: position).contains { link in
            let rule = linkRules[link]
            let predecessor = Int(linkPredecessor[link])
            if rule.kind == .finishToFinish, early[position] == 0, startSide { return true }
            let asked = early[predecessor] &+ rule.kind.offset(lag: rule.lag, from: durations[predecessor], to: 0)
            guard asked == early[position] else { return false }
            if rule.lag != 0 { return rule.lag < 0 }
            if durations[predecessor] == 0 { return sides[predecessor] }
            return rule.kind == .startToStart || rule.kind == .startToFinish
        }
    }
}

/// What the links out of an activity leave to it: the last rank that delays nothing beyond the anchor, and the last that
/// delays no early date; of its finish in plain networks, else of its start. Once the activity's turn has come the latter makes room for its free float.
///
/// The two lanes are lowered at once.
typealias Bounds = SIMD2<Int32>

extension Bounds {
    /// Beyond what any link can leave.
    fileprivate static let open = Int32(1) << 30

    @inline(__always)
    fileprivate mutating func lower(to other: Bounds) { replace(with: other, where: other .< self) }

    @inline(__always)
    fileprivate func withFreeFloat(of early: Int32) -> Bounds {
        Bounds(x, (y >= Self.open ? x : y) &- early)
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
