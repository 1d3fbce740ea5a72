/// One sweep over a network and its calendar tables, in either direction.
///
/// All instants are > 0, as they lie after the tables' origin.
struct MinuteSweep {
    let network: ActivityNetwork
    let form: MinuteForm
    let tables: CalendarTables
    /// Where dates may lie.
    let range: ClosedRange<Int32>

    /// Later than any instant.
    static let open = Int32.max

    private func miss(_ instant: Int32) -> MinutePass.Miss { instant < range.lowerBound ? .before : .after }

    // MARK: Forward

    /// - Parameter finish: becomes the last early finish.
    func forward(
        start: Int32, _ early: inout [SIMD2<Int32>], _ finishRanks: inout [Int32], finish: inout Int32
    ) -> MinutePass.Miss? {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        let (durations, calendarOf) = (network.durations.span, network.calendarOf.span)
        let (ruleOfLink, rules) = (network.linkRules.ruleOfLink.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (low, high) = (range.lowerBound, range.upperBound)
        let isPlain = rules.isEmpty
        let hasConstraints = !network.constraintSlot.isEmpty
        var dates = early.mutableSpan
        var ranks = finishRanks.mutableSpan
        var last = Int32.min
        var link = 0
        for position in 0..<durations.count {
            let end = Int(firstLink[position + 1])
            let duration = Int32(truncatingIfNeeded: durations[position])
            let clock = clocks[Int(calendarOf[position])]
            // What links to the start ask for, and what links to the finish do.
            var ready = link == end ? start : 0
            var finishReady: Int32 = 0
            if isPlain {
                while link < end {
                    ready = max(ready, dates[Int(predecessors[link])].y)
                    link &+= 1
                }
            }
            while link < end {
                let predecessor = Int(predecessors[link])
                let rule = rules[Int(ruleOfLink[link])]
                let from = dates[predecessor]
                let instant = from.x ^ ((from.x ^ from.y) & rule.fromFinish)
                ready = max(ready, start & rule.fromFinish & rule.toFinish)
                if rule.hasLag {
                    let lag = rule.lag(after: durations[predecessor])
                    let begin = rule.toFinish == 0 ? instant : clock.add(0 &- duration, to: instant, parts, slots)
                    ready = max(ready, clocks[Int(rule.calendar)].add(lag, to: begin, parts, slots))
                } else {
                    ready = max(ready, instant & ~rule.toFinish)
                    finishReady = max(finishReady, instant & rule.toFinish)
                }
                link &+= 1
            }
            var own: SIMD2<Int32>
            var rank = clock.rank(of: ready, parts)
            if duration > 0 {
                if !isPlain { rank = max(rank, clock.rank(of: finishReady, parts) &- duration) }
                own = SIMD2(clock.latest(rank, slots), clock.earliest(rank &+ duration, slots))
            } else {
                ready = max(ready, finishReady)
                rank = clock.rank(of: ready, parts)
                let earliest = clock.earliest(rank, slots)
                own = SIMD2(repeating: earliest == ready ? earliest : clock.latest(rank, slots))
            }
            guard own.x >= low, own.y <= high else { return own.x < low ? .before : .after }
            rank &+= duration
            if hasConstraints, let constraints = network.constraints(at: position) {
                own = place(own, constraints, at: position)
                guard own.x >= low, own.y <= high else { return own.x < low ? .before : .after }
                rank = clock.rank(of: own.y, parts)
            }
            dates[position] = own
            ranks[position] = rank
            last = max(last, own.y)
        }
        finish = last
        return nil
    }

    /// Rule 5.
    private func place(_ own: SIMD2<Int32>, _ constraints: DateConstraints, at position: Int) -> SIMD2<Int32> {
        let time = network.workingTime(at: position)
        let duration = network.durations[position]
        let placed = constraints.place(
            tables.origin + Int(own.x), duration, on: time, isFirst: network.links(into: position).isEmpty)
        let finish = placed.finish ?? time.add(duration, to: placed.start)
        return SIMD2(
            Int32(clamping: placed.start - tables.origin), Int32(clamping: finish - tables.origin))
    }

    // MARK: Backward

    /// `late` holds, until an activity's turn has come, what its successors leave of its finish and its start, and when
    /// they start or finish early in view of its finish and its start; then its late dates and floats.
    func backward(
        anchor: Int32, _ early: [SIMD2<Int32>], _ finishRanks: [Int32], _ late: inout [SIMD4<Int32>]
    ) -> MinutePass.Miss? {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        let (durations, calendarOf) = (network.durations.span, network.calendarOf.span)
        let (ruleOfLink, rules) = (network.linkRules.ruleOfLink.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (dates, ranks) = (early.span, finishRanks.span)
        let (low, high, end) = (range.lowerBound, range.upperBound, tables.end)
        let isPlain = rules.isEmpty
        let hasConstraints = !network.constraintSlot.isEmpty
        var bounds = late.mutableSpan
        let unbound = SIMD4(anchor, Self.open, Self.open, Self.open)
        for position in 0..<bounds.count { bounds[position] = unbound }
        var link = predecessors.count
        for position in (0..<durations.count).reversed() {
            let duration = Int32(truncatingIfNeeded: durations[position])
            let clock = clocks[Int(calendarOf[position])]
            let bound = bounds[position]
            guard bound.x >= low, bound.y >= low, bound.x <= high else { return bound.x > high ? .after : .before }
            var rank = clock.rank(of: bound.x, parts)
            var slackRank = clock.rank(of: min(bound.z, end), parts)
            if !isPlain {
                rank = min(rank, clock.rank(of: min(bound.y, end), parts) &+ duration)
                slackRank = min(slackRank, clock.rank(of: min(bound.w, end), parts) &+ duration)
            }
            var finish = clock.earliest(rank, slots)
            if hasConstraints, let constraints = network.constraints(at: position) {
                finish = cap(finish, constraints, at: position)
                guard finish >= low, finish <= high else { return miss(finish) }
                rank = clock.rank(of: finish, parts)
                finish = clock.earliest(rank, slots)
            }
            let start = duration == 0 ? finish : clock.latest(rank &- duration, slots)
            guard start >= low else { return .before }
            let finishRank = ranks[position]
            let float = rank &- finishRank
            let isOpen = min(bound.z, bound.w) == Self.open
            bounds[position] = SIMD4(start, finish, float, max(0, isOpen ? float : slackRank &- finishRank))
            let own = dates[position]
            let first = Int(firstLink[position])
            if isPlain {
                let left = SIMD4(start, Self.open, own.x, Self.open)
                while link > first {
                    link &-= 1
                    bounds[Int(predecessors[link])].lower(to: left)
                }
            }
            let toStart = SIMD4(start, start, own.x, own.x)
            let change = toStart ^ SIMD4(finish, finish, own.y, own.y)
            while link > first {
                link &-= 1
                let predecessor = Int(predecessors[link])
                let rule = rules[Int(ruleOfLink[link])]
                var left = toStart ^ (change & SIMD4(repeating: rule.toFinish))
                if rule.hasLag {
                    let lag = rule.lag(after: durations[predecessor])
                    let lagClock = clocks[Int(rule.calendar)]
                    let ownClock = clocks[Int(calendarOf[predecessor])]
                    let work = Int32(truncatingIfNeeded: durations[predecessor])
                    var allowed = left.x
                    var slack = left.z
                    if rule.fromFinish == 0 {
                        allowed =
                            rule.toFinish == 0
                            ? ownClock.latest(ownClock.rank(of: allowed, parts), slots)
                            : ownClock.add(work, to: allowed, parts, slots)
                    }
                    allowed = lagClock.add(0 &- lag, to: allowed, parts, slots)
                    slack =
                        rule.lagIsANumber
                        ? ownClock.earliest(ownClock.rank(of: slack, parts) &- lag, slots)
                        : lagClock.add(0 &- lag, to: slack, parts, slots)
                    left = SIMD4(allowed, allowed, slack, slack)
                    // From a start to a finish the lag runs back from the finish.
                    if rule.fromFinish == 0, rule.toFinish != 0 {
                        bounds[predecessor].lower(to: SIMD4(allowed, Self.open, Self.open, slack))
                        continue
                    }
                }
                bounds[predecessor].lower(to: left | rule.unconcerned)
            }
        }
        return nil
    }

    private func cap(_ finish: Int32, _ constraints: DateConstraints, at position: Int) -> Int32 {
        let capped = constraints.cap(
            tables.origin + Int(finish), network.durations[position], on: network.workingTime(at: position),
            hasStarted: false)
        return Int32(clamping: capped - tables.origin)
    }
}

extension SIMD4<Int32> {
    @inline(__always)
    fileprivate mutating func lower(to other: Self) { replace(with: other, where: other .< self) }
}
