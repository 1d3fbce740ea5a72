/// One sweep over a network and its calendar tables, in either direction.
///
/// A link makes one integer of an instant, whatever calendars stand at its ends: forward a rank of the successor's
/// calendar plus lag, backward an instant that leaves its predecessor so much and the predecessor's rank of the early
/// date less lag. So nothing is asked of a calendar that a table does not hold, and no branch depends on a link's kind.
/// Links whose lag runs on another calendar or is a share, and milestones, go the way of instants (`+Instants`).
///
/// All instants are > 0, as they lie after the tables' origin. Places that the form gave (positions, links, sources, rules,
/// calendars) are read unchecked: `MinuteForm` made them of this network, whose arrays never change their lengths, and the
/// dates are opened for as many activities. Places in the tables depend on dates and are checked.
struct MinuteSweep {
    let network: ActivityNetwork
    let form: MinuteForm
    let tables: CalendarTables
    /// Where dates may lie.
    let range: ClosedRange<Int32>

    /// Later than any instant.
    static let open = Int32.max
    /// Beyond any rank.
    private static let openRank = Int32(1) << 30

    private func miss(_ instant: Int32) -> MinutePass.Miss { instant < range.lowerBound ? .before : .after }

    // MARK: Forward

    /// - Parameter finish: becomes the last early finish.
    func forward(
        start: Int32, _ early: inout [Int32], _ finishRanks: inout [Int32], finish: inout Int32
    ) -> MinutePass.Miss? {
        let (firstLink, durations, heads) = (network.firstLink.span, network.durations.span, form.heads.span)
        let (links, rules) = (form.links.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (low, high) = (range.lowerBound, range.upperBound)
        let hasConstraints = !network.constraintSlot.isEmpty
        var dates = early.mutableSpan
        var ranks = finishRanks.mutableSpan
        var last = Int32.min
        var link = 0
        for position in 0..<durations.count {
            let end = Int(firstLink[unchecked: position + 1])
            let duration = Int32(truncatingIfNeeded: durations[unchecked: position])
            let head = heads[unchecked: position]
            let clock = clocks[unchecked: Int(head.calendar)]
            var rank: Int32
            var own: SIMD2<Int32>
            if duration > 0, head.isSum {
                rank = head.hasFloor ? clock.rank(of: start, parts) : Int32.min
                while link < end {
                    let through = links[unchecked: link]
                    let rule = Int(through.rule)
                    let asked = clock.rank(of: dates[unchecked: Int(through.source)], parts)
                    let work = duration & rules[unchecked: rule].toFinish
                    rank = max(rank, asked &+ (rules[unchecked: rule].lag &- work))
                    link &+= 1
                }
                own = SIMD2(clock.latest(rank, slots), clock.earliest(rank &+ duration, slots))
            } else {
                (own, rank) = place(position, links: link..<end, head.hasFloor ? start : 0, dates)
                link = end
            }
            guard own.x >= low, own.y <= high else { return own.x < low ? .before : .after }
            rank &+= duration
            if hasConstraints, let constraints = network.constraints(at: position) {
                own = place(own, constraints, at: position)
                guard own.x >= low, own.y <= high else { return own.x < low ? .before : .after }
                rank = clock.rank(of: own.y, parts)
            }
            dates[unchecked: 2 &* position] = own.x
            dates[unchecked: 2 &* position &+ 1] = own.y
            ranks[unchecked: position] = rank
            last = max(last, own.y)
        }
        finish = last
        return nil
    }

    // MARK: Backward

    /// `late` holds in view of an activity's start, then of its finish, until its turn has come, what its successors
    /// leave and the rank on its calendar beyond which it moves one of them; then its late dates and floats.
    func backward(
        anchor: Int32, _ early: [Int32], _ finishRanks: [Int32], _ late: inout [SIMD2<Int32>]
    ) -> MinutePass.Miss? {
        let (firstLink, durations, heads) = (network.firstLink.span, network.durations.span, form.heads.span)
        let (links, rules) = (form.links.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (dates, ranks) = (early.span, finishRanks.span)
        let (low, high, end) = (range.lowerBound, range.upperBound, tables.end)
        let hasConstraints = !network.constraintSlot.isEmpty
        var bounds = late.mutableSpan
        // Bounds are opened as far ahead as links reach, so that they are near when links lower them.
        var opened = durations.count
        var link = links.count
        for position in (0..<durations.count).reversed() {
            let duration = Int32(truncatingIfNeeded: durations[unchecked: position])
            let clock = clocks[unchecked: Int(heads[unchecked: position].calendar)]
            while opened > max(0, position &- form.longestSpan) {
                opened &-= 1
                bounds[unchecked: 2 &* opened] = SIMD2(repeating: Self.open)
                bounds[unchecked: 2 &* opened &+ 1] = SIMD2(anchor, Self.open)
            }
            let (ofStart, ofFinish) = (bounds[unchecked: 2 &* position], bounds[unchecked: 2 &* position &+ 1])
            guard ofFinish.x >= low, ofStart.x >= low, ofFinish.x <= high else {
                return ofFinish.x > high ? .after : .before
            }
            var rank = min(
                clock.rank(of: ofFinish.x, parts), clock.rank(of: min(ofStart.x, end), parts) &+ duration)
            let slackRank = min(ofFinish.y, min(ofStart.y, Self.openRank) &+ duration)
            var finish = clock.earliest(rank, slots)
            if hasConstraints, let constraints = network.constraints(at: position) {
                finish = cap(finish, constraints, at: position)
                guard finish >= low, finish <= high else { return miss(finish) }
                rank = clock.rank(of: finish, parts)
                finish = clock.earliest(rank, slots)
            }
            let startRank = rank &- duration
            let start = duration == 0 ? finish : clock.latest(startRank, slots)
            guard start >= low else { return .before }
            let float = rank &- ranks[unchecked: position]
            let slack = slackRank >= Self.openRank ? float : slackRank &- ranks[unchecked: position]
            bounds[unchecked: 2 &* position] = SIMD2(start, float)
            bounds[unchecked: 2 &* position &+ 1] = SIMD2(finish, max(0, slack))
            let own = SIMD2(dates[unchecked: 2 &* position], dates[unchecked: 2 &* position &+ 1])
            let change = own.x ^ own.y
            let first = Int(firstLink[unchecked: position])
            while link > first {
                link &-= 1
                let through = links[unchecked: link]
                let rule = Int(through.rule)
                let source = Int(through.source)
                if duration > 0, rules[unchecked: rule].isDifference {
                    let lag = rules[unchecked: rule].lag
                    let toFinish = rules[unchecked: rule].toFinish
                    let side = rules[unchecked: rule].allowedSide
                    let leading = clocks[unchecked: Int(rules[unchecked: rule].calendar)]
                    let allowed = startRank &+ (duration & toFinish) &- lag &+ side
                    let slack = leading.rank(of: own.x ^ (change & toFinish), parts) &- lag
                    bounds[unchecked: source].lower(to: SIMD2(clock.earliest(allowed, slots) &- side, slack))
                } else {
                    let left = leave(through: rules[unchecked: rule], own, SIMD2(start, finish), durations[source >> 1])
                    bounds[unchecked: source].lower(to: SIMD2(left.isOfFinish ? Self.open : left.allowed, left.slack))
                    if left.isOfFinish { bounds[unchecked: source | 1].lower(to: SIMD2(left.allowed, Self.open)) }
                }
            }
        }
        return nil
    }
}

extension SIMD2<Int32> {
    @inline(__always)
    fileprivate mutating func lower(to other: Self) { replace(with: other, where: other .< self) }
}
