/// The way of instants, for what has no single sum: each step is the calendar's own, and dates of the network.
extension MinuteSweep {
    /// Early dates by the instants that links ask for, and the rank of the start.
    @inline(never)
    func place(
        _ position: Int, links: Range<Int>, _ floor: Int32, _ dates: borrowing MutableSpan<Int32>
    ) -> (dates: SIMD2<Int32>, rank: Int32) {
        let (parts, slots) = (tables.parts.span, tables.slots.span)
        let clock = tables.clocks[Int(form.heads[position].calendar)]
        let duration = Int32(truncatingIfNeeded: network.durations[position])
        // What links to the start ask for, and what links to the finish do.
        var ready = floor
        var finishReady: Int32 = 0
        for link in form.links[links] {
            let source = Int(link.source)
            let rule = form.rules[Int(link.rule)]
            let instant = dates[source]
            let lag = rule.lag(after: network.durations[source >> 1])
            if rule.lag != 0 || rule.lagShare != 0 {
                let begin = rule.toFinish == 0 ? instant : clock.add(0 &- duration, to: instant, parts, slots)
                ready = max(ready, tables.clocks[Int(rule.lagCalendar)].add(lag, to: begin, parts, slots))
            } else {
                ready = max(ready, instant & ~rule.toFinish)
                finishReady = max(finishReady, instant & rule.toFinish)
            }
        }
        if duration > 0 {
            let rank = max(clock.rank(of: ready, parts), clock.rank(of: finishReady, parts) &- duration)
            return (SIMD2(clock.latest(rank, slots), clock.earliest(rank &+ duration, slots)), rank)
        }
        ready = max(ready, finishReady)
        let rank = clock.rank(of: ready, parts)
        let earliest = clock.earliest(rank, slots)
        return (SIMD2(repeating: earliest == ready ? earliest : clock.latest(rank, slots)), rank)
    }

    /// What a link leaves its predecessor.
    struct Left {
        var allowed: Int32
        /// A rank on the predecessor's calendar.
        var slack: Int32
        /// Whether `allowed` is a finish though the link begins at the start: the lag of one from start to finish runs
        /// back from the finish.
        var isOfFinish = false
    }

    @inline(never)
    func leave(
        through rule: MinuteForm.Rule, _ early: SIMD2<Int32>, _ late: SIMD2<Int32>, _ duration: Int
    ) -> Left {
        let (parts, slots) = (tables.parts.span, tables.slots.span)
        let own = tables.clocks[Int(rule.calendar)]
        var allowed = rule.toFinish == 0 ? late.x : late.y
        let slack = rule.toFinish == 0 ? early.x : early.y
        guard rule.lag != 0 || rule.lagShare != 0 else {
            return Left(allowed: allowed, slack: own.rank(of: slack, parts))
        }
        let lag = rule.lag(after: duration)
        let lagClock = tables.clocks[Int(rule.lagCalendar)]
        if rule.fromFinish == 0 {
            allowed =
                rule.toFinish == 0
                ? own.latest(own.rank(of: allowed, parts), slots)
                : own.add(Int32(truncatingIfNeeded: duration), to: allowed, parts, slots)
        }
        allowed = lagClock.add(0 &- lag, to: allowed, parts, slots)
        let slackRank =
            rule.lagIsANumber
            ? own.rank(of: slack, parts) &- lag
            : own.rank(of: lagClock.add(0 &- lag, to: slack, parts, slots), parts)
        return Left(allowed: allowed, slack: slackRank, isOfFinish: rule.fromFinish == 0 && rule.toFinish != 0)
    }

    // MARK: Dates of an activity's own

    /// Rule 5.
    func place(_ own: SIMD2<Int32>, _ constraints: DateConstraints, at position: Int) -> SIMD2<Int32> {
        let time = network.workingTime(at: position)
        let duration = network.durations[position]
        let placed = constraints.place(
            tables.origin + Int(own.x), duration, on: time, isFirst: network.links(into: position).isEmpty)
        let finish = placed.finish ?? time.add(duration, to: placed.start)
        return SIMD2(
            Int32(clamping: placed.start - tables.origin), Int32(clamping: finish - tables.origin))
    }

    func cap(_ finish: Int32, _ constraints: DateConstraints, at position: Int) -> Int32 {
        let capped = constraints.cap(
            tables.origin + Int(finish), network.durations[position], on: network.workingTime(at: position),
            hasStarted: false)
        return Int32(clamping: capped - tables.origin)
    }
}
